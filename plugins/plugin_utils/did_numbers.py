# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DIDs as people write them and as spreadsheets spoil them. PRIVATE to the collection.

A spreadsheet takes +498955500010 for a number: it drops the plus and leading zeros, and in a narrow column it keeps
twelve digits as 4,98956E+11.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SPOILT = re.compile(r"^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$", re.IGNORECASE)
PUNCTUATION = re.compile(r"[\s()/.\u2010-\u2015-]")
# The digit that is dialled within a country only: +49 (0)89 is +49 89.
INLAND = re.compile(r"^((?:\+|00)\d[\d\s]*)\(0\)")
# What may be lost at the front.
LOST = ("", "+", "0", "00")
# With fewer digits, nobody would have written the country in front.
SHORTEST_WITH_COUNTRY = 8


def bare(text: str) -> str:
    """Only what would be dialled. A text that is no number stays what it is."""
    kept = PUNCTUATION.sub("", INLAND.sub(r"\1", text))
    return kept if re.fullmatch(r"\+?[\d*#]+", kept) else text


def known_did(text: str, known: Sequence[str]) -> str | None:
    """The one of the known DIDs that is meant; None if there is none. Raises ValueError if that cannot be told."""
    if SPOILT.match(text):
        raise ValueError(
            f'"{text}" has lost its digits to the spreadsheet; format the column as text and write it anew'
        )
    if text in known:
        return text
    wanted = bare(text)
    spellings = {start + wanted for start in LOST} | {_other_spelling(wanted)}
    meant = [did for did in known if bare(did) in spellings]
    if len(meant) > 1:
        raise ValueError(
            f'"{text}" may mean {" or ".join(meant)}; write it in full, in a column that is formatted as text'
        )
    return meant[0] if meant else None


def _other_spelling(number: str) -> str:
    """Of a number with its country: 0049 is +49 where DIDs are written so, and the other way round."""
    if number.startswith("00"):
        return f"+{number[2:]}"
    return f"00{number[1:]}" if number.startswith("+") else number


def new_did(text: str, *, add_plus: bool) -> str:
    """A DID that the trunk does not have yet. Raises ValueError if its plus may be lost."""
    number = bare(text)
    if not re.fullmatch(r"\+?[\d*#]+", number):
        raise ValueError(f'"{text}" is no number')
    if number[0] in "+0*#" or len(number) < SHORTEST_WITH_COUNTRY:
        return number
    if add_plus:
        return f"+{number}"
    raise ValueError(
        f'"{text}" may have lost its plus; write +{number} in a column that is formatted as text, '
        "or let a plus be put in front of such numbers (did_routing_add_plus)"
    )
