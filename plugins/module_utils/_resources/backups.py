# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup files on a PBX (contract: Pbx.Backups; REALITY.md section 9). PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches

from .instants import instant
from .model import Body, Item
from .patterns import fits
from .port import Port

FIELDS = ("FileName", "CreationTime", "Size")
# Whoever has the link can fetch the file without a token (REALITY.md section 9): read it only to follow it.
LINK = "DownloadLink"
SUFFIX = ".zip"
# Of 20.0.4 only.
LONGEST_NAME = 50


@dataclass(frozen=True)
class Backup:
    """name: of the file. size: bytes. created: as the PBX writes it; None for what it does not tell."""

    name: str
    size: int | None = None
    created: str | None = None
    link: str | None = field(default=None, repr=False)

    @property
    def moment(self) -> datetime | None:
        """When it was made; None if that cannot be known."""
        try:
            return instant(self.created or "")
        except ValueError:
            return None

    @property
    def item(self) -> Item:
        return {"file_name": self.name, "creation_time": self.created, "size": self.size}


def backups_of(port: Port, *, links: bool = False) -> list[Backup]:
    """All that the PBX lists, the newest first."""
    rows = port.rows("Backups", select=(*FIELDS, LINK) if links else FIELDS, orderby="FileName")
    return newest_first(_backup(row) for row in rows)


def _backup(row: Body) -> Backup:
    size = row.get("Size")
    return Backup(row["FileName"], None if size is None else int(size), row.get("CreationTime"), row.get(LINK))


def newest_first(backups: Iterable[Backup]) -> list[Backup]:
    """Those of unknown age last. Of the same age, the last by name first: names often have a date."""
    found = sorted(backups, key=lambda one: one.name, reverse=True)
    return sorted(found, key=lambda one: one.moment.timestamp() if one.moment else float("-inf"), reverse=True)


def named(backups: Iterable[Backup], name: str) -> Backup | None:
    """The backup of this name; a PBX may have added the suffix to it."""
    by_name = {one.name: one for one in backups}
    return by_name.get(name) or by_name.get(name + SUFFIX)


def unknown(backups: Sequence[Backup], name: str) -> str:
    """What to say when there is no backup of this name."""
    names = [one.name for one in backups]
    near = get_close_matches(name, names, n=3, cutoff=0.6)
    if near:
        return f'no backup is called "{name}"; did you mean {" or ".join(near)}?'
    return f'no backup is called "{name}"; the PBX has {", ".join(names) or "none at all"}'


def fault_in(name: str) -> str:
    """Why this cannot be the name of a backup, "" if it can."""
    if not name.strip() or name != name.strip():
        return "a name must not be empty, nor begin or end with a blank"
    if any(letter in name for letter in '/\\:*?"<>|') or not name.isprintable():
        return "a name must not hold slashes, wildcards, quotes or other characters that no file name has"
    return "a name must not begin with a dot" if name.startswith(".") else ""


def surplus(backups: Iterable[Backup], keep: int, pattern: str, name: str | None) -> list[Backup]:
    """Those beyond the newest `keep` that match the pattern. name: the one that is there in any case, as the newest.

    What is of unknown age is never removed.
    """
    others = [one for one in newest_first(backups) if fits(one.name, pattern) and one.moment is not None]
    if name is None or not (fits(name, pattern) or fits(name + SUFFIX, pattern)):
        return others[keep:]
    return [one for one in others if one.name not in (name, name + SUFFIX)][max(keep - 1, 0) :]
