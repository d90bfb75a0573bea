# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What to say of a name that is not there: what may be meant, which versions have it. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from .._catalog.catalog import VERSIONS

NEAR = 0.6
SHOWN = 3


def plain(name: str) -> str:
    """The same for AntiHackingSettings, anti_hacking_settings and antihackingsettings."""
    return name.replace("_", "").lower()


def meant(given: str, known: Iterable[str]) -> str:
    """`; did you mean number?`, "" when nothing is near."""
    spelled = {plain(one): one for one in known}
    near = [spelled[one] for one in get_close_matches(plain(given), spelled, n=SHOWN, cutoff=NEAR)]
    return f"; did you mean {' or '.join(near)}?" if near else ""


def available(versions: tuple[str, ...]) -> str:
    """In words: `from 20.0.8 on`, `up to 20.0.7`, `in 20.0.6 and 20.0.7 only`. versions: some of VERSIONS, in order."""
    whole = versions == VERSIONS[VERSIONS.index(versions[0]) : VERSIONS.index(versions[-1]) + 1]
    if whole and versions[-1] == VERSIONS[-1]:
        return f"from {versions[0]} on"
    if whole and versions[0] == VERSIONS[0]:
        return f"up to {versions[-1]}"
    return f"in {' and '.join((', '.join(versions[:-1]), versions[-1]) if len(versions) > 1 else versions)} only"
