# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_window: papers are looked at, opened, written on and closed. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from .cabinet import Cabinet
from .options import OptionError
from .task import Task
from .window_owner import Owner, standing, this_run
from .window_papers import ID, Papers, Window, closed, seconds_since, stamp
from .window_time import refuse_late, time_of

LATEST = "latest"
HIDDEN = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def keep_window(task: Task) -> dict[str, Any]:
    desk = Desk(task)
    desk.papers.cabinet.check()
    if not task.params["step"]:
        return OPERATIONS[task.params["state"]](desk)
    time = time_of(task.params, desk.moment)
    refuse_late(time, task.params)
    return {**OPERATIONS[task.params["state"]](desk), "time": time.as_dict()}


def options_shown(params: Mapping[str, Any]) -> dict[str, Any]:
    """A snapshot holds scripts, and scripts hold passwords."""
    return {**params, "snapshot": HIDDEN if params.get("snapshot") else None}


class Desk:
    """One task on the papers of one host."""

    def __init__(self, task: Task) -> None:
        self.params = task.params
        self.dry = task.check_mode
        self.warn = task.warn
        self.host: str = task.params["host"]
        self.moment = task.clock.now()
        self.now = stamp(self.moment)
        self.papers = Papers(Cabinet("directory", task.params["directory"]))
        self.me: Owner = this_run()

    # What a task may do

    def read(self) -> dict[str, Any]:
        found = self._meant()
        result = self._told(found, changed=False)
        if found and self.params["content"]:
            result["snapshot"] = self.papers.snapshot(found)
            result["journal"] = self.papers.journal(found)
        return result

    def open(self) -> dict[str, Any]:
        """A new window, or one that is taken up: by the run that has it, or because that run is gone."""
        if self.dry:
            return self._told(*self._opening())
        self.papers.cabinet.make()
        with self.papers.cabinet.alone():
            window, changed = self._opening()
            if changed and self.papers.window(self.host, window.id):
                self.papers.change(window)
            elif changed:
                self.papers.add(window, self.params["snapshot"])
            if changed:
                self._note(window)
        return self._told(window, changed)

    def note(self) -> dict[str, Any]:
        if self.dry and self._meant() is None:
            # A task before this one would have opened it.
            return self._told(None, changed=bool(self.params["lines"]))
        window = self._there()
        self._refuse_others(window)
        if not self.dry:
            self._note(window)
        return self._told(window, changed=bool(self.params["lines"]))

    def close(self) -> dict[str, Any]:
        if self.dry and self._meant() is None:
            return self._told(None, changed=True)
        window = self._there()
        if not window.is_open:
            return self._told(window, changed=False)
        self._refuse_others(window)
        ended = closed(window, self.now, self.params["result"])
        if not self.dry:
            self._note(window)
            self.papers.change(ended)
        return self._told(ended, changed=True)

    # How

    def _opening(self) -> tuple[Window, bool]:
        """The window as it is to be, and whether that is new."""
        self._refuse_overlap()
        wanted = self.params["id"] or ""
        standing_open = next((one for one in self.papers.windows(self.host) if one.is_open), None)
        if standing_open and standing_open.id != wanted:
            raise OptionError(
                f"id: window {standing_open.id} of {self.host} is still open; take it up with its id, or close it first"
            )
        known = standing_open or self.papers.window(self.host, wanted)
        if known:
            return self._taken(known)
        if self.params["snapshot"] is None:
            raise OptionError(
                f"snapshot: there is no window {wanted or 'yet'} of {self.host}; a new one needs its snapshot"
            )
        new = Window(
            host=self.host,
            id=self._free_id(),
            pbx=self.params["pbx"] or {},
            purpose=self.params["purpose"],
            owner=self.me,
            opened=self.now,
            since=self.now,
        )
        return new, True

    def _taken(self, window: Window) -> tuple[Window, bool]:
        """The window in the hands of this run. One that was closed is opened again only to go back to its snapshot."""
        purpose = self.params["purpose"]
        if not window.is_open and purpose != "rollback":
            raise OptionError(f"id: window {window.id} of {self.host} was closed at {window.closed} ({window.result})")
        if window.is_open and standing(window.owner, self.me) == "mine" and window.purpose == purpose:
            return window, False
        return replace(window, owner=self.me, since=self.now, purpose=purpose, closed="", result=""), True

    def _refuse_overlap(self) -> None:
        """Nobody else may be at this PBX, under whatever name the inventory has it."""
        fqdn = (self.params["pbx"] or {}).get("fqdn")
        for window in self.papers.windows():
            same = window.host == self.host or bool(fqdn and window.pbx.get("fqdn") == fqdn)
            if window.is_open and same:
                self._refuse_others(window)
                self._refuse_other_name(window)

    def _refuse_others(self, window: Window) -> None:
        held = standing(window.owner, self.me)
        if not window.is_open or held in ("mine", "gone") or self.params["take_over"]:
            return
        held_by = f"window {window.id} of {window.host} is held by {window.owner} since {window.since}"
        if held == "alive":
            raise OptionError(f"host: {held_by}, and that run is alive; wait until it ends")
        raise OptionError(
            f"host: {held_by}. That controller cannot be asked from {self.me.controller}; "
            "if that run is over, take the window over with take_over=true"
        )

    def _refuse_other_name(self, window: Window) -> None:
        """Nothing of this PBX is as it was before, so a snapshot taken now would be of no use."""
        if window.host == self.host:
            return
        same = f"{window.host} and {self.host} are the same PBX, {window.pbx.get('fqdn')}"
        if standing(window.owner, self.me) == "mine":
            raise OptionError(
                f"host: {same}, and this run has window {window.id} there; leave one of the two names out"
            )
        told = f"{same}, and window {window.id} of {window.host} was interrupted and is still open"
        if not self.params["take_over"]:
            raise OptionError(
                f"host: {told}; take it up or back under that name. "
                "If nothing of it is left to do, begin all the same with take_over=true"
            )
        self.warn(told)

    def _meant(self) -> Window | None:
        wanted = self.params["id"]
        windows = list(self.papers.windows(self.host))
        still_open = next((one for one in windows if one.is_open), None)
        if not wanted or (wanted == LATEST and still_open):
            return still_open
        if wanted == LATEST:
            return windows[-1] if windows else None
        return next((one for one in windows if one.id == wanted), None)

    def _there(self) -> Window:
        window = self._meant()
        if window:
            return window
        known = ", ".join(one.id for one in self.papers.windows(self.host)) or "none"
        meant = self.params["id"] or "that is open"
        raise OptionError(
            f"id: there is no window {meant} of {self.host} in {self.papers.cabinet.path}; known: {known}"
        )

    def _free_id(self) -> str:
        """The wanted one, else that of this second or of the next that is free."""
        if self.params["id"]:
            return _checked(self.params["id"])
        taken = {one.id for one in self.papers.windows(self.host)}
        moment = self.moment
        while _id(moment) in taken:
            moment += 1
        return _id(moment)

    def _note(self, window: Window) -> None:
        lines = self.params["lines"] or []
        if lines:
            self.papers.note(window, [{"time": self.now, **line} for line in lines])

    def _told(self, window: Window | None, changed: bool) -> dict[str, Any]:
        windows = list(self.papers.windows(self.host))
        known = {
            "known": [one.id for one in windows],
            "open": next((one.id for one in windows if one.is_open), ""),
        }
        if window is None:
            return {"changed": changed, "standing": "none", "window": None, "held_by": "", **known}
        return {
            "changed": changed,
            "standing": standing(window.owner, self.me) if window.is_open else "closed",
            "window": {**window.as_dict(), "age": seconds_since(window.opened, self.moment)},
            "files": self.papers.files(window),
            "held_by": f"{window.owner} since {window.since}",
            **known,
        }


OPERATIONS: dict[str, Callable[[Desk], dict[str, Any]]] = {
    "read": Desk.read,
    "open": Desk.open,
    "noted": Desk.note,
    "closed": Desk.close,
}


def _id(moment: float) -> str:
    return stamp(moment).replace("-", "").replace(":", "")


def _checked(identity: str) -> str:
    if not ID.fullmatch(identity):
        raise OptionError(f'id: "{identity}" is not the start of a window; write one such as 20270131T210000Z')
    return identity
