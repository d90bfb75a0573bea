# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a PBX is doing, judged by what was read from it. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._resources.instants import instant

OK, WARNING, CRITICAL, UNKNOWN = "ok", "warning", "critical", "unknown"
# From good to bad. What nobody could look at is worse than what is about to go wrong, and better than what did.
STATUSES = (OK, WARNING, UNKNOWN, CRITICAL)

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Limits:
    """From which value on a check is no longer ok; None for a limit that there is not.

    low: whether small values are the bad ones, such as days that are left.
    """

    warning: float | None
    critical: float | None
    low: bool = False

    def status(self, value: float) -> str:
        if self._passed(value, self.critical):
            return CRITICAL
        return WARNING if self._passed(value, self.warning) else OK

    def limit(self, status: str) -> float | None:
        """The one to tell: what was passed, else what would be next."""
        return self.critical if status == CRITICAL or self.warning is None else self.warning

    def _passed(self, value: float, limit: float | None) -> bool:
        return limit is not None and (value <= limit if self.low else value >= limit)


@dataclass(frozen=True)
class Severity:
    """For what is either so or not: the status if it is not."""

    status: str


@dataclass(frozen=True)
class Finding:
    """value: in the unit of the check; None if there is none. least: the best status that it can have."""

    value: Any
    msg: str
    least: str = OK


@dataclass(frozen=True)
class Look:
    """One check. source: the reading that it needs. low: see Limits; None for what is either so or not. unit: of value
    and limit; "" for a number of things."""

    source: str
    find: Callable[[Facts, datetime, frozenset[str]], Finding]
    low: bool | None = False
    unit: str = ""


def worst(statuses: Iterable[str]) -> str:
    return max(statuses, key=STATUSES.index, default=OK)


def judged(name: str, finding: Finding, rule: Limits | Severity) -> dict[str, Any]:
    """{name, status, value, limit, unit, msg} without what is not known."""
    limit: Any = None
    if isinstance(rule, Severity):
        status = OK if finding.value else rule.status
    elif finding.value is None:
        status = finding.least
    else:
        status = worst((rule.status(finding.value), finding.least))
        limit = rule.limit(status)
    unit = LOOKS[name].unit if finding.value is not None else ""
    known = {"value": finding.value, "limit": limit, "unit": unit or None}
    return {
        "name": name,
        "status": status,
        **{key: value for key, value in known.items() if value is not None},
        "msg": finding.msg,
    }


# Findings. Each takes the result of its reading, the time, and the names that are of no interest.


def _license(facts: Facts, now: datetime, _ignored: frozenset[str]) -> Finding:
    told = facts["license"]
    found = _until("The licence", told.get("expiration_date"), now)
    return found if told.get("license_active") else Finding(found.value, "The licence is not active.", CRITICAL)


def _maintenance(facts: Facts, now: datetime, _ignored: frozenset[str]) -> Finding:
    return _until("The maintenance", facts["license"].get("maintenance_expires_at"), now)


def _certificate(facts: Facts, now: datetime, _ignored: frozenset[str]) -> Finding:
    shown = facts["certificate"]
    if shown is None:
        return Finding(None, "The address has no TLS.")
    return _until("The certificate", shown["not_after"], now)


def _until(what: str, end: str | None, now: datetime) -> Finding:
    """Whole days that are left, negative ones after the end."""
    if not end:
        return Finding(None, f"{what} has no end that the PBX tells.")
    moment = instant(end)
    verb = "ends" if moment > now else "has ended"
    return Finding((moment - now).days, f"{what} {verb} {moment:%Y-%m-%d %H:%M} UTC.")


def _services(facts: Facts, _now: datetime, ignored: frozenset[str]) -> Finding:
    stopped = [
        one["name"]
        for one in facts["services"]
        if one["state"] != "started" and not ignored & {one["name"].lower(), str(one["display_name"]).lower()}
    ]
    return _listed(stopped, "does not run", "do not run", "All services run.")


def _trunks(facts: Facts, _now: datetime, ignored: frozenset[str]) -> Finding:
    offline = [
        one["name"] or one["number"]
        for one in facts["trunks"]
        if not one.get("is_online") and not ignored & {str(one["name"]).lower(), str(one["number"]).lower()}
    ]
    return _listed(offline, "is not registered", "are not registered", "All trunks are registered.")


def _listed(names: list[str], one: str, several: str, none: str) -> Finding:
    words = f"{', '.join(names)} {one if len(names) == 1 else several}." if names else none
    return Finding(len(names), words)


def _extensions(facts: Facts, _now: datetime, _ignored: frozenset[str]) -> Finding:
    """In percent."""
    status = facts["system_status"]
    total, there = status.get("extensions_total") or 0, status.get("extensions_registered") or 0
    return Finding(100 * there // total if total else None, f"{there} of {total} extensions are registered.")


def _disk(facts: Facts, _now: datetime, _ignored: frozenset[str]) -> Finding:
    """In percent."""
    usage = facts["system_status"].get("disk_usage")
    words = "The PBX does not tell how full its disk is." if usage is None else f"The disk is {usage} % full."
    return Finding(usage, words, UNKNOWN if usage is None else OK)


def _backup_age(facts: Facts, now: datetime, _ignored: frozenset[str]) -> Finding:
    """In hours."""
    dated = [one for one in facts["backups"] if one.get("creation_time")]
    if not dated:
        return Finding(None, "There is no backup.", CRITICAL)
    newest = max(dated, key=lambda one: instant(one["creation_time"]))
    moment = instant(newest["creation_time"])
    age = (now - moment).total_seconds() // 3600
    return Finding(int(age), f"The newest backup is {newest['file_name']} of {moment:%Y-%m-%d %H:%M} UTC.")


def _backup_schedule(facts: Facts, _now: datetime, _ignored: frozenset[str]) -> Finding:
    scheduled = bool(facts["system_status"].get("backup_scheduled"))
    return Finding(scheduled, f"The PBX makes {'backups' if scheduled else 'no backups'} by itself.")


def _console(facts: Facts, _now: datetime, _ignored: frozenset[str]) -> Finding:
    if not facts["found"]:
        raise ValueError("it has no console restrictions")
    restricted = bool(facts["found"][0].get("access_restricted"))
    words = "certain addresses only" if restricted else "any address"
    return Finding(restricted, f"The console can be reached from {words}.")


def _audit_log(facts: Facts, _now: datetime, _ignored: frozenset[str]) -> Finding:
    kept = bool(facts["system_status"].get("is_audit_log_enabled"))
    return Finding(kept, f"The audit log is {'kept' if kept else 'not kept'}.")


def _updates(facts: Facts, _now: datetime, ignored: frozenset[str]) -> Finding:
    waiting = [name for name in facts["available"] if name.lower() not in ignored]
    return Finding(len(waiting), f"There are updates: {', '.join(waiting)}." if waiting else "There are no updates.")


LOOKS: dict[str, Look] = {
    "license": Look("info", _license, low=True, unit="days"),
    "maintenance": Look("info", _maintenance, low=True, unit="days"),
    "certificate": Look("certificate", _certificate, low=True, unit="days"),
    "services": Look("info", _services),
    "trunks": Look("info", _trunks),
    "extensions": Look("info", _extensions, low=True, unit="%"),
    "disk": Look("info", _disk, unit="%"),
    "backup_age": Look("backups", _backup_age, unit="hours"),
    "backup_schedule": Look("info", _backup_schedule, low=None),
    "console_restriction": Look("console", _console, low=None),
    "audit_log": Look("info", _audit_log, low=None),
    "updates": Look("updates", _updates),
}
