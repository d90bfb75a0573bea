# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module file says of itself, once, for both ways of running it. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .connection import CONNECTION_OPTIONS
from .task import Task


@dataclass(frozen=True)
class ModuleSpec:
    """options: the module's own argument spec. operation: the work; its answer is the task's result.

    shown: the options as results and logs may show them, where one holds secrets among other things, so that no_log
    would hide too much; None where no_log of single options suffices.
    local: works on files of the controller and talks to no PBX: it has no connection and always runs in the worker.
    """

    operation: Callable[[Task], dict[str, Any]]
    options: dict[str, dict[str, Any]]
    mutually_exclusive: list[list[str]] = field(default_factory=list)
    required_one_of: list[list[str]] = field(default_factory=list)
    required_together: list[list[str]] = field(default_factory=list)
    required_if: list[tuple[Any, ...]] = field(default_factory=list)
    required_by: dict[str, list[str]] = field(default_factory=dict)
    shown: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    local: bool = False

    @property
    def argument_spec(self) -> dict[str, dict[str, Any]]:
        return {**({} if self.local else CONNECTION_OPTIONS), **self.options}

    @property
    def rules(self) -> dict[str, Any]:
        """The rules between options, as AnsibleModule and ArgumentSpecValidator both take them."""
        return {
            "mutually_exclusive": self.mutually_exclusive,
            "required_one_of": self.required_one_of,
            "required_together": self.required_together,
            "required_if": self.required_if,
            "required_by": self.required_by,
        }
