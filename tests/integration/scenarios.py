# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios: what a user wants of a module, said once and run in every way. See docs/testing.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "scenarios"
KEYS = {"name", "versions", "switches", "before", "module", "args", "expect", "after", "again"}
# Reading actions: POST by the contract, without an effect.
READING_ACTIONS = ("/Defs/Pbx.GetRoutes",)
# What differs between any two runs: when something was made, and how long it took.
OF_THE_MOMENT = {"creation_time", "last_successful_update", "elapsed"}
# Each worker process of ansible-playbook reads a file anew, and the safe loader in Python takes its time.
QUICK_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
EVERY_VERSION = ("20.0.4", "20.0.10")


@dataclass(frozen=True)
class Scenario:
    """One entry of a scenario file.

    again: whether a second run must change nothing. versions: the first and the last that it is about.
    """

    name: str
    module: str
    args: dict[str, Any]
    expect: dict[str, Any]
    switches: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    after: list[dict[str, Any]] = field(default_factory=list)
    again: bool = True
    versions: tuple[str, str] = EVERY_VERSION

    def suits(self, version: str) -> bool:
        first, last = (_parts(one) for one in self.versions)
        return first <= _parts(version) <= last

    @property
    def title(self) -> str:
        return f"{self.module}: {self.name}"

    @property
    def fails(self) -> bool:
        return "msg" in self.expect

    def task(self, name: str) -> dict[str, Any]:
        return {"name": name, f"tcx.pbx.{self.module}": self.args}


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def load(version: str = "") -> Iterator[Scenario]:
    """Those that are about this version; without one all."""
    for path in sorted(FOLDER.glob("*.yml")):
        yield from (one for one in _read(path).values() if not version or one.suits(version))


def named(title: str) -> Scenario:
    return _read(FOLDER / f"{title.partition(':')[0]}.yml")[title]


@cache
def _read(path: Path) -> dict[str, Scenario]:
    """By title."""
    found: dict[str, Scenario] = {}
    for number, entry in enumerate(QUICK_LOADER(path.read_text(encoding="utf-8")).get_single_data()):
        unknown = set(entry) - KEYS
        assert not unknown, f"{path.name}[{number}]: unknown keys {sorted(unknown)}"
        scenario = Scenario(**entry)
        assert scenario.module == path.stem, f"{path.name}[{number}] is about another module"
        assert scenario.title not in found, f"two scenarios are called {scenario.title!r}"
        found[scenario.title] = scenario
    return found


def is_write(request: dict[str, Any]) -> bool:
    """Whether a request of the simulator's log could change the PBX."""
    if request["method"] == "GET" or request["path"].endswith("/connect/token"):
        return False
    return not request["path"].endswith(READING_ACTIONS)


def check_result(scenario: Scenario, result: dict[str, Any], *, predicted: bool) -> None:
    """The result has what the scenario expects."""
    for name, value in scenario.expect.items():
        if name == "msg":
            assert re.search(value, result["msg"]), result["msg"]
        elif name in result or not predicted:
            assert result.get(name) == value, f"{name}: {result.get(name)!r} is not {value!r}"


def check_rows(scenario: Scenario, entities: dict[str, list[dict[str, Any]]]) -> None:
    """The simulator's rows stand as the scenario says."""
    for claim in scenario.after:
        rows = [row for row in entities[claim["set"]] if matches(row, claim["where"])]
        if claim.get("absent"):
            assert not rows, f"still there: {rows}"
            continue
        assert rows, f"no {claim['set']} with {claim['where']}"
        for row in rows:
            assert matches(row, claim.get("has", {})), f"{row} has not {claim['has']}"


def matches(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(row.get(name) == value for name, value in wanted.items())


def comparable(result: dict[str, Any]) -> dict[str, Any]:
    """A result without what Ansible adds, and without the token count: only workers share tokens."""
    kept = {
        name: value
        for name, value in result.items()
        if not name.startswith("_ansible") and name not in ("invocation", "ansible_facts", "warnings", "deprecations")
    }
    if "api" in kept:
        kept["api"] = {name: value for name, value in kept["api"].items() if name != "tokens"}
    return dict(timeless(kept))


def timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: timeless(inner) for name, inner in value.items() if name not in OF_THE_MOMENT}
    return [timeless(inner) for inner in value] if isinstance(value, list) else value
