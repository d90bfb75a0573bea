# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which environments this machine can have: a pure choice, made from the Pythons that tools/pythons found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

NEWEST, OLDEST = "2.21", "2.19"
# What one run has to cover where the Pythons exist: the oldest tested core on its first Python, the newest on 3.12 or
# newer.
NEWEST_PYTHONS = ("3.13", "3.12")
OLDEST_PYTHONS = ("3.11", "3.12", "3.13")


@dataclass(frozen=True)
class Plan:
    """One virtual environment to be: ``python`` is the interpreter that creates it."""

    role: str
    core: str
    version: str
    python: Path

    @property
    def name(self) -> str:
        """Return the name that tests show, such as ``core2.21-py3.12``."""
        return f"core{self.core}-py{self.version}"


def main_plan(found: Mapping[str, Path]) -> Plan:
    """Return the environment that runs the tests, the linters and the demo.

    Raises LookupError if no Python is usable.
    """
    # 3.14 is not a supported controller of ours, but better than refusing to work on a machine that has nothing else.
    for core, versions in ((NEWEST, NEWEST_PYTHONS), (OLDEST, ("3.11",)), (NEWEST, ("3.14",))):
        for version in versions:
            if version in found:
                return Plan("main", core, version, found[version])
    raise LookupError("No usable Python 3.11 or newer with venv was found. On Debian: apt install python3 python3-venv")


def second_plan(found: Mapping[str, Path]) -> Plan | None:
    """Return the environment with the oldest tested core, or None if it would be the main one or cannot be."""
    for version in OLDEST_PYTHONS:
        if version in found:
            plan = Plan("second", OLDEST, version, found[version])
            main = main_plan(found)
            return None if plan.name == main.name else plan
    return None


def rulebook_plan(found: Mapping[str, Path]) -> Plan:
    """Return the environment of ansible-rulebook, like the main one but apart from it: it needs Java, and much else.

    Raises LookupError if no Python is usable.
    """
    return replace(main_plan(found), role="rulebook")


def untested(found: Mapping[str, Path]) -> list[str]:
    """Return a sentence for each combination that ought to be tested and cannot be on this machine."""
    missing = []
    if "3.11" not in found:
        missing.append(f"ansible-core {OLDEST} on Python 3.11 (no usable Python 3.11 here)")
    if not set(NEWEST_PYTHONS) & set(found):
        missing.append(f"ansible-core {NEWEST} on Python 3.12 or 3.13 (no usable one here)")
    return missing
