# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong with the options of tcx_backup, known without the PBX. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .._engine.problems import InvalidInput
from .._engine.wanting import given
from .._resources.backups import fault_in
from .._resources.model import Item, Problem
from .pace import pace_faults


def check(params: dict[str, Any]) -> None:
    """What can be known to be wrong without the PBX."""
    problems = [Problem(None, "", option, words) for option, words in _faults(params)]
    if problems:
        raise InvalidInput("options", problems)


def _faults(params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    name, state = params["name"], params["state"]
    fault = "" if name is None else fault_in(name)
    if fault:
        yield "name", fault
    if params["keep"] is not None and params["keep"] < 1:
        yield "keep", "the newest backup is always kept; give 1 or more"
    if ((params["schedule"] or {}).get("rotation") or 0) < 0:
        yield "schedule.rotation", "cannot be less than 0"
    yield from pace_faults(params)
    if params["dest"] is not None and name is None:
        yield "dest", "give the name of the backup that is to be downloaded"
    for option in ("dest", "keep", "contents", "schedule", "repository"):
        if params[option] is not None and state == "restored":
            yield option, "cannot go along with a restore; use another task for it"
    if params["dest"] is not None and state == "absent":
        yield "dest", "cannot go along with the removal of the backup"
    yield from _contents_faults(given(params["contents"] or {}))


def _contents_faults(contents: Item) -> Iterator[tuple[str, str]]:
    password = contents.get("encrypt_backup_password")
    if contents.get("encrypt_backup") and not password:
        yield "contents.encrypt_backup_password", "an encrypted backup needs a password"
    if password and contents.get("encrypt_backup") is False:
        yield (
            "contents.encrypt_backup",
            "there is a password, but the backup is not to be encrypted; drop one of the two",
        )
