# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""References by name: what a user writes to the id that the XAPI wants, and back. PRIVATE to the collection.

Ids are not portable between PBXs (REALITY.md section 5), names and numbers are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

# So many names can still be read in a message; of more, only the near ones are told.
SHORT_LIST = 12


@dataclass(frozen=True)
class Entry:
    """names: all that it may be called by, the one for people first."""

    id: int
    names: tuple[str, ...]

    def __str__(self) -> str:
        more = "".join(f"{name}, " for name in self.names[1:])
        return f'"{self.names[0]}" ({more}id {self.id})'


class Directory:
    """Everything of one kind that a PBX has, found by any of its names.

    rows: (id, names), the name for people first; empty and null names are left out, and so is a row without any.
    """

    def __init__(self, noun: str, rows: Iterable[tuple[int, Iterable[str | None]]]) -> None:
        self._noun = noun
        self._by_id: dict[int, Entry] = {}
        self._by_name: dict[str, dict[int, Entry]] = defaultdict(dict)
        for id_, names in rows:
            self._add(id_, tuple(dict.fromkeys(name for name in names if name)))

    def _add(self, id_: int, names: tuple[str, ...]) -> None:
        if not names:
            return
        entry = self._by_id[id_] = Entry(id_, names)
        for name in names:
            self._by_name[name][id_] = entry

    def __contains__(self, id_: object) -> bool:
        return id_ in self._by_id

    def resolve(self, text: str) -> int:
        """The id of the one that is called so. Raises ValueError with a remedy if there is none, or more than one."""
        found = self._by_name.get(text.strip(), {})
        if not found:
            raise ValueError(self._unknown(text))
        if len(found) > 1:
            raise ValueError(self._ambiguous(text, found.values()))
        return next(iter(found))

    def name_of(self, id_: int) -> str | None:
        """The name for people, or another one if only that leads back to the id; None for an unknown id."""
        entry = self._by_id.get(id_)
        if entry is None:
            return None
        return next((name for name in entry.names if len(self._by_name[name]) == 1), entry.names[0])

    def _unknown(self, text: str) -> str:
        return f'no {self._noun} is called "{text}"; {self._choice(text)}'

    def _choice(self, text: str) -> str:
        """The near misses, else all if they are few."""
        shown = sorted(entry.names[0] for entry in self._by_id.values())
        if not shown:
            return f"the PBX has no {self._noun} that could be named here"
        near = self._near(text)
        if near:
            return "did you mean " + " or ".join(f'"{name}"' for name in near) + "?"
        if len(shown) > SHORT_LIST:
            return f"the PBX has {len(shown)} others, none of a name like it; look it up on the PBX"
        return "the PBX has " + ", ".join(f'"{name}"' for name in shown)

    def _near(self, text: str) -> list[str]:
        folded = {name.casefold(): name for name in self._by_name}
        return [folded[name] for name in get_close_matches(text.strip().casefold(), folded, n=3, cutoff=0.7)]

    def _ambiguous(self, text: str, found: Iterable[Entry]) -> str:
        candidates = " and ".join(str(entry) for entry in found)
        return f'"{text}" may be {candidates}; write a name or number that only the one you mean has'
