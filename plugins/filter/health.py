# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter tcx.pbx.health."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.module_utils._resources.instants import instant
from ansible_collections.tcx.pbx.plugins.plugin_utils.health import (
    CRITICAL,
    LOOKS,
    OK,
    UNKNOWN,
    WARNING,
    Limits,
    Look,
    Severity,
    judged,
    worst,
)

SEVERITIES = (OK, WARNING, CRITICAL)
Readings = Mapping[str, Mapping[str, Any]]


def health(
    readings: Readings,
    limits: Mapping[str, Any],
    skip: Sequence[str] = (),
    ignore: Sequence[str] = (),
    now: str | None = None,
) -> list[dict[str, Any]]:
    """See health.yml."""
    try:
        rules = {name: _rule(name, look, limits.get(name)) for name, look in LOOKS.items()}
        _known(list(limits), "limits")
        _known(skip, "skip")
        moment = instant(now) if now else datetime.now(UTC)
    except ValueError as exc:
        raise AnsibleFilterError(f"health: {exc}") from None
    ignored = frozenset(str(name).lower() for name in ignore)
    return list(_checks(readings, {name: rule for name, rule in rules.items() if name not in skip}, moment, ignored))


def _known(names: Sequence[str], option: str) -> None:
    for name in names:
        if name not in LOOKS:
            raise ValueError(f'{option}: there is no check called "{name}"; there are {", ".join(LOOKS)}')


def _rule(name: str, look: Look, given: Any) -> Limits | Severity:
    """A limit that is left out or negative is none."""
    if look.low is None:
        wanted = WARNING if given is None else str(given)
        if wanted not in SEVERITIES:
            raise ValueError(f'limits.{name}: "{given}" is none of {", ".join(SEVERITIES)}')
        return Severity(wanted)
    warning, critical = (_number(name, level, (given or {}).get(level)) for level in (WARNING, CRITICAL))
    if warning is not None and critical is not None and (critical > warning if look.low else critical < warning):
        order = "above" if look.low else "below"
        raise ValueError(f"limits.{name}: critical ({critical:g}) is {order} warning ({warning:g}), which is never met")
    return Limits(warning, critical, look.low)


def _number(name: str, level: str, given: Any) -> float | None:
    """Surveys and command lines give numbers as text."""
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    try:
        number = int(given) if isinstance(given, (str, int)) else float(given)
    except (TypeError, ValueError) as exc:
        raise ValueError(f'limits.{name}.{level}: "{given}" is not a number') from exc
    return None if number < 0 else number


def _checks(
    readings: Readings, rules: Mapping[str, Limits | Severity], now: datetime, ignored: frozenset[str]
) -> Iterator[dict[str, Any]]:
    for name, rule in rules.items():
        look = LOOKS[name]
        reading = readings.get(look.source, {})
        try:
            finding = look.find(reading, now, ignored)
        except (KeyError, IndexError, ValueError) as exc:
            # Only failed tasks of this collection say msg. Else the PBX said something that nobody expected.
            reason = reading.get("msg") or f"the PBX did not tell, or not as expected ({exc})"
            yield {"name": name, "status": UNKNOWN, "msg": str(reason)}
        else:
            yield judged(name, finding, rule)


def worst_status(checks: Sequence[Mapping[str, Any]]) -> str:
    """See worst_status.yml."""
    return worst(str(check["status"]) for check in checks)


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"health": health, "worst_status": worst_status}
