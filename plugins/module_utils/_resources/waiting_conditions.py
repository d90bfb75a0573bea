# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be waited for, and whether it holds. PRIVATE to the collection."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from .directory import Directory
from .model import Body, Item
from .port import Port
from .services import RUNNING, ServiceNames, Services, services_of
from .waiting import PingPort, version_of

TRUNK_PROPS = ("Id", "Number", "Gateway", "IsOnline")


class Look:
    """One look at the PBX, at no more of it than is asked for. version: such as 20.0.10.1234."""

    def __init__(self, port: PingPort) -> None:
        self._port: Port = port
        self.version = version_of(port)

    @cached_property
    def services(self) -> Services:
        return services_of(self._port)

    @cached_property
    def trunks(self) -> list[Body]:
        return self._port.rows("Trunks", select=TRUNK_PROPS)

    @cached_property
    def calls(self) -> int:
        return len(self._port.rows("ActiveCalls", select=("Id",)))

    @cached_property
    def extensions(self) -> tuple[int, int]:
        """Registered, and all that there are."""
        status = self._port.get("SystemStatus", {"$select": "ExtensionsRegistered,ExtensionsTotal"})
        return int(status.get("ExtensionsRegistered") or 0), int(status.get("ExtensionsTotal") or 0)


@dataclass(frozen=True)
class Verdict:
    """unknown: names that are wrong, or that the PBX does not list yet, each with a remedy."""

    holds: bool
    reading: str
    unknown: tuple[str, ...] = ()


class Condition(Protocol):
    """name: that of the option. wanted: in words."""

    @property
    def name(self) -> str: ...

    @property
    def wanted(self) -> str: ...

    def judge(self, look: Look) -> Verdict: ...


@dataclass(frozen=True)
class FewCalls:
    most: int
    name: str = "max_calls"

    @property
    def wanted(self) -> str:
        return f"at most {self.most} active calls" if self.most else "no active calls"

    def judge(self, look: Look) -> Verdict:
        return Verdict(look.calls <= self.most, f"{look.calls} active calls")


@dataclass(frozen=True)
class ServicesRun:
    names: tuple[str, ...]
    name: str = "services"

    @property
    def wanted(self) -> str:
        return f"running: {', '.join(self.names)}"

    def judge(self, look: Look) -> Verdict:
        known, found, unknown = ServiceNames(look.services), [], []
        for text in self.names:
            try:
                found.append(look.services[known.find(text)])
            except ValueError as exc:
                unknown.append(str(exc))
        lacking = [f"{service.name} is {service.status}" for service in found if service.status != RUNNING]
        return _verdict(lacking, unknown, "all run")


@dataclass(frozen=True)
class TrunksRegistered:
    names: tuple[str, ...]
    name: str = "trunks"

    @property
    def wanted(self) -> str:
        return f"registered: {', '.join(self.names)}"

    def judge(self, look: Look) -> Verdict:
        rows = {row["Id"]: row for row in look.trunks}
        known = Directory("trunk", ((id_, (_gateway(row), row.get("Number"))) for id_, row in rows.items()))
        found, unknown = [], []
        for text in self.names:
            try:
                found.append(rows[known.resolve(text)])
            except ValueError as exc:
                unknown.append(str(exc))
        lacking = [
            f"{_gateway(row) or row.get('Number')} is not registered" for row in found if not row.get("IsOnline")
        ]
        return _verdict(lacking, unknown, "all are registered")


@dataclass(frozen=True)
class ExtensionsRegistered:
    """share: of `before`, or of all that there are where that is None."""

    share: float
    before: int | None
    name: str = "extensions_share"

    @property
    def wanted(self) -> str:
        base = "all extensions" if self.before is None else f"the {self.before} extensions registered before"
        return f"registered: {self.share:.0%} of {base}"

    def judge(self, look: Look) -> Verdict:
        registered, total = look.extensions
        # Less than a millionth is an error of arithmetic, not an extension.
        least = math.ceil(self.share * (total if self.before is None else self.before) - 1e-6)
        return Verdict(registered >= least, f"{registered} extensions registered, {least} wanted")


@dataclass(frozen=True)
class VersionIs:
    """version: all of it, or its beginning."""

    version: str
    name: str = "version"

    @property
    def wanted(self) -> str:
        return f"version {self.version}"

    def judge(self, look: Look) -> Verdict:
        return Verdict(f"{look.version}.".startswith(f"{self.version}."), f"version {look.version or 'unknown'}")


def _verdict(lacking: Sequence[str], unknown: Sequence[str], good: str) -> Verdict:
    return Verdict(not lacking and not unknown, "; ".join([*lacking, *unknown]) or good, tuple(unknown))


def _gateway(row: Mapping[str, Body]) -> str | None:
    return (row.get("Gateway") or {}).get("Name")


def ran(services: Iterable[Item]) -> list[str]:
    """Those that ran, of a list as tcx_info gives it."""
    return [str(one["name"]) for one in services if one.get("state") == "started" and one.get("name")]


def online(trunks: Iterable[Item]) -> list[str]:
    """Those that were registered, of a list as tcx_info gives it: by number, which only one of them has."""
    return [str(one.get("number") or one.get("name")) for one in trunks if one.get("is_online")]
