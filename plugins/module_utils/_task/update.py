# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_update: check, read, choose, install, report. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._engine.problems import InvalidInput
from .._engine.wanting import given
from .._resources.declared.shapes import Shapes
from .._resources.model import Problem
from .._resources.pairs import UPDATE_SETTINGS, Settings
from .._resources.updates import Choice, Listing, Update, listing_of
from .._resources.updates_install import Installation
from .._xapi.errors import XapiError
from .offers import catalog_of
from .options import OptionError
from .pace import pace_faults, pace_of
from .task import Task


def manage_updates(task: Task) -> dict[str, Any]:
    choice = _choice(task.params)
    settings = _settings(task)
    listing = listing_of(task.client)
    chosen = choice.of(listing.updates)
    _check_guids(listing, chosen)
    _warn(task, choice, listing)
    return _foretold(task, settings, listing, chosen) if task.check_mode else _done(task, settings, listing, chosen)


def _choice(params: dict[str, Any]) -> Choice:
    problems = [Problem(None, "", option, words) for option, words in pace_faults(params)]
    problems += [
        Problem(None, "", f"{option}[{index}]", "is empty; write a name or a pattern")
        for option in ("categories", "names")
        for index, pattern in enumerate(params[option])
        if not pattern.strip()
    ]
    if problems:
        raise InvalidInput("options", problems)
    return Choice(params["categories"], params["names"], params["update_types"])


def _settings(task: Task) -> Settings | None:
    if task.params["schedule"] is None:
        return None
    settings = Settings(UPDATE_SETTINGS, Shapes(catalog_of(task.client)), given(task.params["schedule"]))
    if settings.problems:
        raise InvalidInput("schedule", settings.problems)
    settings.read(task.client)
    return settings


def _check_guids(listing: Listing, chosen: Sequence[Update]) -> None:
    nameless = [one.name for one in chosen if not one.guid]
    if chosen and not listing.key:
        raise OptionError(
            "Nothing was changed. The PBX gives no key with its list of updates, without which it installs none."
        )
    if nameless:
        raise OptionError(f"Nothing was changed. The PBX gives no guid for {', '.join(nameless)}.")


def _warn(task: Task, choice: Choice, listing: Listing) -> None:
    idle = list(choice.idle(listing.updates))
    if idle and listing.updates:
        there = ", ".join(sorted({f"{one.name} (category {one.category})" for one in listing.updates}))
        task.warn(f"Nothing that the PBX lists is meant by {', '.join(idle)}. It lists {there}.")
    passed_over = [f"{one.name} ({one.update_type or 'no type'})" for one in choice.passed_over(listing.updates)]
    if passed_over:
        task.warn(f"Left alone, since their type is not in update_types or they are ignored: {', '.join(passed_over)}.")
    if listing.maintenance_expired and choice.of(listing.updates):
        task.warn("The maintenance of this PBX has expired; it may refuse updates.")


def _foretold(task: Task, settings: Settings | None, listing: Listing, chosen: Sequence[Update]) -> dict[str, Any]:
    written = settings is not None and bool(settings.changes)
    version = task.client.known_version()
    return {
        "changed": written or bool(chosen),
        **_told(listing, chosen, version, version),
        **({} if settings is None else {"schedule": settings.after}),
        "diff": _diff(settings if written else None, chosen),
    }


def _done(task: Task, settings: Settings | None, listing: Listing, chosen: Sequence[Update]) -> dict[str, Any]:
    trouble = _write(task, settings)
    written = settings is not None and settings.sent
    sent: Sequence[Update] = []
    before = after = task.client.known_version()
    now: Listing | None = listing
    if chosen and not trouble:
        try:
            installed = Installation(task.client, listing, chosen, pace_of(task)).run()
        except XapiError as exc:
            trouble = str(exc)
        else:
            sent, before, after, now = chosen, installed.before, installed.after, installed.listing
            trouble = f"The updates were sent: {installed.trouble}" if installed.trouble else ""
            _warn_vanished(task, installed.vanished)
    result = {
        "changed": written or bool(sent),
        **_told(now or listing, sent, before, after),
        **({} if settings is None else {"schedule": settings.item}),
        "diff": _diff(settings if written else None, sent),
    }
    return result | ({"failed": True, "msg": trouble} if trouble else {})


def _write(task: Task, settings: Settings | None) -> str:
    """What went wrong, "" for nothing."""
    if settings is None or not settings.changes:
        return ""
    try:
        refused = settings.write(task.client)
    except XapiError as exc:
        return str(exc)
    return f"schedule: the PBX accepted the call but did not take: {', '.join(refused)}" if refused else ""


def _warn_vanished(task: Task, vanished: Sequence[str]) -> None:
    if vanished:
        task.warn(
            f"Services that ran before the update and that the PBX does not list any more: {', '.join(vanished)}."
        )


def _told(listing: Listing, installed: Sequence[Update], before: str, after: str) -> dict[str, Any]:
    return {
        "updates": [one.item for one in listing.updates],
        "available": [one.name for one in listing.updates if one.out_of_date],
        "installed": [one.name for one in installed],
        "version_before": before,
        "version": after,
        "maintenance_expired": listing.maintenance_expired,
        "last_successful_update": listing.last_successful_update,
    }


def _diff(settings: Settings | None, chosen: Sequence[Update]) -> dict[str, Any]:
    before: dict[str, Any] = {one.name: {"version": one.local_version} for one in chosen}
    after: dict[str, Any] = {one.name: {"version": one.server_version} for one in chosen}
    if settings is not None:
        before["schedule"], after["schedule"] = settings.diff
    return {"before": before, "after": after}
