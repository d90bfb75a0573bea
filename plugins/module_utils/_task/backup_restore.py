# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""tcx_backup with state restored: nothing is written before it is certain what is meant. PRIVATE to the collection."""

from __future__ import annotations

from typing import Any

from .._resources.backups import Backup, backups_of, named, unknown
from .._resources.backups_restore import extras_of, fqdn_of, restore
from .options import OptionError
from .pace import pace_of
from .task import Task


def restore_backup(task: Task) -> dict[str, Any]:
    _confirm(task)
    backups = backups_of(task.client)
    backup = named(backups, task.params["name"])
    if backup is None:
        raise OptionError(f"name: {unknown(backups, task.params['name'])}")
    footprint = _footprint(task, backup)
    result: dict[str, Any] = {
        "changed": True,
        "restored": backup.name,
        "diff": {"before": {}, "after": {backup.name: {"state": "restored"}}},
    }
    return result if task.check_mode else result | _done(task, backup, footprint)


def _confirm(task: Task) -> None:
    """The one guard against the wrong PBX: its own name, written by a person."""
    confirm, fqdn = task.params["confirm"].strip(), fqdn_of(task.client)
    if not fqdn:
        raise OptionError(
            "confirm: the PBX does not tell its FQDN, so a restore cannot be confirmed. Nothing was done."
        )
    if confirm.casefold() != fqdn.casefold():
        raise OptionError(
            f'confirm: "{confirm}" is not the FQDN of this PBX, which is {fqdn}. Nothing was done. '
            "A restore replaces all that this PBX has: make sure that it is the right one."
        )


def _footprint(task: Task, backup: Backup) -> int:
    extras = extras_of(task.client, backup)
    if extras.footprint is None:
        raise OptionError(f"name: the PBX gives no footprint for {backup.name}, without which it restores nothing")
    if extras.encrypted and not task.params["password"]:
        raise OptionError(f"password: {backup.name} is encrypted; give the password that it was made with")
    return extras.footprint


def _done(task: Task, backup: Backup, footprint: int) -> dict[str, Any]:
    done = restore(task.client, backup, footprint, task.params["password"] or "", pace_of(task))
    if done.trouble:
        return {
            "version": done.version,
            "failed": True,
            "msg": f"The restore of {backup.name} was sent: {done.trouble}",
        }
    return {"version": done.version}
