# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan for backups, foretold or carried out, and its result. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .._resources.backups import Backup, backups_of, named
from .._resources.backups_create import Creation, can_create
from .._resources.model import Body
from .._resources.pairs import Settings
from .._xapi.errors import NotFound, XapiError
from .._xapi.odata import key
from .backup_download import Copy
from .options import OptionError
from .pace import pace_of
from .task import Task


@dataclass
class Plan:
    """What there is and what is to be done. create: the contents of the backup to make, None for none."""

    there: list[Backup]
    settings: list[Settings]
    name: str | None = None
    create: Body | None = None
    delete: list[Backup] = field(default_factory=list)
    copy: Copy | None = None

    @property
    def existing(self) -> Backup | None:
        return None if self.name is None else named(self.there, self.name)

    @property
    def to_write(self) -> list[Settings]:
        return [one for one in self.settings if one.changes]


@dataclass
class Done:
    """What was, or would be, done of a plan."""

    created: list[Backup] = field(default_factory=list)
    deleted: list[Backup] = field(default_factory=list)
    written: list[Settings] = field(default_factory=list)
    downloaded: bool = False
    doubtful: bool = False

    @property
    def changed(self) -> bool:
        return self.doubtful or self.downloaded or bool(self.created or self.deleted or self.written)


def foretold(task: Task, plan: Plan) -> dict[str, Any]:
    created = [] if plan.create is None or plan.name is None else [Backup(plan.name)]
    downloaded = plan.copy is not None and not plan.copy.is_of(plan.existing)
    done = Done(created, list(plan.delete), plan.to_write, downloaded)
    if created and not can_create(task.client):
        task.warn("The PBX says that it cannot make a backup now. The task would wait until it can.")
    result = _result(plan, done, [*created, *(one for one in plan.there if one not in plan.delete)])
    if plan.copy is not None:
        result["download"] = {"dest": str(plan.copy.path)}
    return result | {one.pair.option: one.after for one in plan.settings}


def carried_out(task: Task, plan: Plan) -> dict[str, Any]:
    work = Work(task, plan)
    trouble = work.run()
    backups, missed = _afterwards(task, plan, work.done)
    result = _result(plan, work.done, backups) | {one.pair.option: one.item for one in plan.settings}
    if plan.copy is not None and plan.copy.facts:
        result["download"] = plan.copy.facts
    if trouble or missed:
        result |= {"failed": True, "msg": trouble or missed}
    return result


def _result(plan: Plan, done: Done, backups: Sequence[Backup]) -> dict[str, Any]:
    return {
        "changed": done.changed,
        "backups": [one.item for one in backups],
        "created": [one.name for one in done.created],
        "deleted": [one.name for one in done.deleted],
        "updated": [one.pair.option for one in done.written],
        "diff": _diff(plan, done),
    }


def _diff(plan: Plan, done: Done) -> dict[str, Any]:
    """Size and time of what is not made yet cannot be known, so they are in no diff."""
    before: dict[str, Any] = {one.name: one.item for one in done.deleted}
    after: dict[str, Any] = {str(plan.name): {"state": "present"}} if done.created else {}
    for one in done.written:
        before[one.pair.option], after[one.pair.option] = one.diff
    if done.downloaded and plan.copy is not None:
        after[str(plan.copy.path)] = {"backup": plan.name}
    return {"before": before, "after": after}


def _afterwards(task: Task, plan: Plan, done: Done) -> tuple[list[Backup], str]:
    """The list as it is now, and what is wrong with it."""
    if not (done.created or done.deleted or done.doubtful):
        return plan.there, ""
    try:
        backups = backups_of(task.client)
    except XapiError as exc:
        return plan.there, f"the list of backups could not be read afterwards: {exc}"
    names = {one.name for one in backups}
    left = [one.name for one in done.deleted if one.name in names]
    return backups, f"the PBX accepted the call but these backups are still there: {', '.join(left)}" if left else ""


class Work:
    """Carries out a plan, as far as it goes. What failed ends it: without the new backup, no old one is removed."""

    def __init__(self, task: Task, plan: Plan) -> None:
        self._client = task.client
        self._pace = pace_of(task)
        self._plan = plan
        self._backup = plan.existing
        self.done = Done()

    def run(self) -> str:
        """What went wrong, "" for nothing."""
        try:
            return self._write() or self._make() or self._fetch() or self._delete()
        except (XapiError, OptionError) as exc:
            return str(exc)

    def _write(self) -> str:
        for one in self._plan.to_write:
            try:
                refused = one.write(self._client)
            finally:
                self.done.written += [one] if one.sent else []
            if refused:
                return f"{one.pair.option}: the PBX accepted the call but did not take: {', '.join(refused)}"
        return ""

    def _make(self) -> str:
        name, contents = self._plan.name, self._plan.create
        if name is None:
            return ""
        creation = Creation(self._client, name, contents or {}, self._pace)
        if contents is not None:
            made = creation.run()
        elif self._plan.copy is not None and not can_create(self._client):
            # A file that is listed may still be growing: the run that began it may have been interrupted.
            made = creation.finished()
        else:
            return ""
        self._backup = made.backup or self._backup
        if contents is not None and made.sent:
            self.done.created += [] if made.backup is None else [made.backup]
            self.done.doubtful = made.backup is None
        return f"{name}: {made.trouble}" if made.trouble else ""

    def _fetch(self) -> str:
        if self._plan.copy is not None and self._backup is not None:
            self.done.downloaded = self._plan.copy.fetch(self._client, self._backup)
        return ""

    def _delete(self) -> str:
        for one in self._plan.delete:
            try:
                self._client.delete(key("Backups", one.name))
            except NotFound:
                continue
            self.done.deleted.append(one)
        return ""
