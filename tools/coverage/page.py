# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page that says of every operation who serves it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS
from ansible_collections.tcx.pbx.plugins.module_utils._resources.naming import available
from tools.coverage.fidelity import fidelity
from tools.coverage.operations import Operation, every_operation
from tools.coverage.serving import modules_for

INTRODUCTION = """\
# Coverage of the XAPI

Every operation of every version of the XAPI from {oldest} to {newest}, the modules that make it, and how true the
simulator is to it. Written by `make coverage` from the catalog of the XAPI, from what the modules declare and from what
the simulator says of itself. `tests/contract/test_every_operation.py` makes each of these calls on each version, with
the contract of 3CX looking on.

A module is listed where it makes the call for its own purpose. Whatever can be asked or called at all, `tcx_query` and
`tcx_action` ask or call.
"""
WORDS = {
    "modelled": "rules and effects of its own: what was written is read back, and refused where the PBX would refuse",
    "stored": "what is written is read back, without rules",
    "stateful": "a call that acts on what the simulator holds, or answers from it",
    "canned": "a call that is accepted or answered with a value that the contract allows, and nothing more",
}


def page() -> str:
    """The whole page."""
    operations = every_operation()
    parts = [
        INTRODUCTION.format(oldest=VERSIONS[0], newest=VERSIONS[-1]),
        "## Versions\n",
        *_versions(operations),
        "\n## Modules\n",
        *_modules(operations),
        "\n## Simulator\n",
        *_simulator(operations),
        *_sections(operations),
    ]
    return "\n".join(parts) + "\n"


def _versions(operations: Sequence[Operation]) -> Iterator[str]:
    rows = []
    for version in VERSIONS:
        offered = [one for one in operations if version in one.versions]
        rows.append((version, len(offered), sum(1 for one in offered if modules_for(one))))
    every = ("all together", len(operations), sum(1 for one in operations if modules_for(one)))
    yield from table(("version", "operations", "served by a module"), [*rows, every])


def _modules(operations: Sequence[Operation]) -> Iterator[str]:
    counts = Counter(name for one in operations for name in modules_for(one))
    rows = ((f"`{name}`", count) for name, count in sorted(counts.items()))
    yield from table(("module", "operations"), rows)


def _simulator(operations: Sequence[Operation]) -> Iterator[str]:
    counts = Counter(fidelity(one) for one in operations)
    yield from table(("word", "operations", "meaning"), ((word, counts[word], text) for word, text in WORDS.items()))


def _sections(operations: Iterable[Operation]) -> Iterator[str]:
    for owner, some in groupby(operations, key=lambda one: one.owner):
        yield f"\n## {owner}\n"
        yield from table(("operation", "versions", "modules", "simulator"), (_row(one) for one in some))


def _row(one: Operation) -> tuple[str, ...]:
    modules = ", ".join(f"`{name}`" for name in modules_for(one))
    return f"`{one.method} {shown_path(one)}`", shown_versions(one.versions), modules, fidelity(one)


def shown_path(one: Operation) -> str:
    """Parameters of functions by their names alone: (start, end) for (start={start},end={end})."""
    if one.verb != "function":
        return one.path
    return f"{one.path.rpartition('(')[0]}({', '.join(one.catalog.calls[one.place].parameters)})"


def shown_versions(versions: tuple[str, ...]) -> str:
    return "all" if versions == VERSIONS else available(versions)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a table."""
    yield _line(head)
    yield "|" + "---|" * len(head)
    yield from (_line(row) for row in rows)


def _line(cells: Sequence[object]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
