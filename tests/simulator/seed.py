# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PBX described in YAML, by names. docs/simulator.md has the format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.simulator.errors import ApiError
from tests.simulator.seeding import sections
from tests.simulator.switches import Switches

if TYPE_CHECKING:
    from tests.simulator.pbx import Pbx

# The C parser, where PyYAML has it, is ten times as fast.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BUILT_IN = Path(__file__).resolve().parent / "seeds"


@cache
def parsed(text: str) -> Any:
    """What a YAML text says; nobody changes it. Many PBXs are made of one seed."""
    return LOADER(text).get_single_data()


def factory() -> dict[str, Any]:
    """What every PBX is shipped with."""
    content: dict[str, Any] = parsed((BUILT_IN / "factory.yml").read_text(encoding="utf-8"))
    return content


class SeedError(Exception):
    """A seed that cannot be loaded; the message names the file and the place in it."""


class Seed:
    """The parsed description; ``apply`` may be called again after the PBX was emptied."""

    def __init__(self, name: str) -> None:
        path = BUILT_IN / f"{name}.yml" if name in ("demo", "empty") else Path(name)
        self.label = path.name
        try:
            content = parsed(path.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as error:
            raise SeedError(f"{path}: {error}") from error
        if not isinstance(content, dict):
            raise SeedError(f"{path}: must be a mapping")
        self.content: dict[str, Any] = content
        for key in content:
            if key not in sections.SECTIONS and key != "switches":
                known = ", ".join(["switches", *sections.SECTIONS])
                raise SeedError(f"{self.label}: {key}: unknown section; known: {known}")
        try:
            self.switches = Switches.checked(content.get("switches") or {})
        except ValueError as error:
            raise SeedError(f"{self.label}: switches: {error}") from error

    def apply(self, pbx: Pbx) -> None:
        """Fills an empty PBX; SeedError names the place of what it refuses."""
        with pbx.switches.relaxed():
            self._apply(pbx)

    def _apply(self, pbx: Pbx) -> None:
        sections.foundation(pbx, factory())
        for section, load in [*sections.SECTIONS.items(), *sections.SECOND_PASS.items()]:
            given = self.content.get(section)
            if given is not None:
                self._section(pbx, section, load, given)
        sections.completion(pbx, self.content)

    def _section(self, pbx: Pbx, section: str, load: Callable[[Pbx, Any], None], given: Any) -> None:
        if section in sections.WHOLE:
            with self._place(section):
                load(pbx, given)
            return
        if not isinstance(given, list):
            raise SeedError(f"{self.label}: {section}: must be a list")
        for position, item in enumerate(given):
            with self._place(f"{section}[{position}]"):
                if not isinstance(item, dict):
                    raise ValueError("must be a mapping")
                load(pbx, item)

    @contextmanager
    def _place(self, where: str) -> Iterator[None]:
        try:
            yield
        except ApiError as problem:
            body = problem.body
            reason = body["error"]["message"].replace("\n", " ") if isinstance(body, dict) else str(problem)
            raise SeedError(f"{self.label}: {where}: {reason}") from problem
        except (ValueError, KeyError, TypeError) as error:
            reason = f"missing {error}" if isinstance(error, KeyError) else str(error)
            raise SeedError(f"{self.label}: {where}: {reason}") from error
