# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DIDs that a trunk does not have, and what may have been meant. PRIVATE to the collection.

DIDs compare as text, as the PBX compares them. But a number in several spellings is one number to people,
and YAML reads +49895550001 without quotes as an integer: the plus is lost before we see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

# Fewer common digits at the end are chance.
COMMON_END = 6
SHOWN = 3
SHORT_LIST = 8


def digits(did: str) -> str:
    """Without international and trunk prefixes: what all spellings of one number end in."""
    return "".join(sign for sign in did if sign.isdigit()).lstrip("0")


def same_number(did: str, known: Sequence[str]) -> list[str]:
    """Known DIDs that are the same number in another spelling."""
    return [other for other in known if other != did and digits(did) and digits(other) == digits(did)]


def alike(did: str, known: Sequence[str]) -> list[str]:
    """Known DIDs that may have been meant, the best first."""
    wanted = digits(did)
    ends = [other for other in known if _same_end(wanted, digits(other))]
    near = get_close_matches(did, known, n=SHOWN, cutoff=0.8)
    return list(dict.fromkeys([*same_number(did, known), *ends, *near]))[:SHOWN]


def _same_end(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= COMMON_END and long.endswith(short)


def misspelled(did: str, known: Sequence[str]) -> list[str]:
    """Known DIDs that are surely meant: the same number, and this spelling has spaces or lacks the plus."""
    return [
        other
        for other in same_number(did, known)
        if any(sign.isspace() for sign in did) or (other.startswith("+") and not did.startswith("+"))
    ]


def unknown_did(did: str, trunk: str, known: Sequence[str]) -> str:
    """The message for a DID that its trunk does not have."""
    return f'"{did}" is not among the DIDs of {trunk}; {_choice(did, known)} or set add_missing_dids: true to add it'


def _choice(did: str, known: Sequence[str]) -> str:
    if not known:
        return "the trunk has no DIDs at all; correct the trunk"
    likely = alike(did, known)
    if likely:
        return f"did you mean {_quoted(likely)}?{plus_hint(did, likely)} Correct it"
    if len(known) <= SHORT_LIST:
        return f"it has {', '.join(known)}; correct the DID"
    return f"it has {len(known)} others, none like it; correct the DID"


def misspelled_did(did: str, trunk: str, meant: Sequence[str]) -> str:
    return (
        f'"{did}" is {_quoted(meant)} in another spelling, and DIDs compare exactly as text;'
        f" write it as {trunk} has it{plus_hint(did, meant)}"
    )


def plus_hint(did: str, meant: Sequence[str]) -> str:
    if did.startswith("+") or not any(other.startswith("+") for other in meant):
        return ""
    return " (in quotes: without them YAML drops the plus)"


def _quoted(dids: Sequence[str]) -> str:
    return " or ".join(f'"{did}"' for did in dids)
