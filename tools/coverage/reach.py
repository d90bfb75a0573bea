# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The code that a module runs through: what its SPEC leads to, name by name, through all imports."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tools.checkout import ROOT

PLUGINS = ROOT / "plugins"
PREFIX = "ansible_collections.tcx.pbx.plugins."
SPEC = "SPEC"
# Where what a module asks of the PBX is written. Below it nobody knows any set by name.
WHERE = (PLUGINS / "modules", PLUGINS / "module_utils" / "_task", PLUGINS / "module_utils" / "_resources")
# What serves any set. Which of it a module uses, its declaration tells.
GENERIC = PLUGINS / "module_utils" / "_resources" / "declared"


@dataclass
class Source:
    """A file: its functions, classes and constants by name, and where its imported names come from."""

    defined: dict[str, ast.stmt] = field(default_factory=dict)
    imported: dict[str, tuple[Path, str]] = field(default_factory=dict)


def code_of(module: Path, without: Collection[str] = ()) -> list[ast.stmt]:
    """The definitions in the module and beyond, as far as they are in WHERE and not in GENERIC.

    without: methods that the module does not run.
    """
    found: dict[tuple[Path, str], ast.stmt] = {}
    waiting = [(module, SPEC)]
    while waiting:
        path, name = waiting.pop()
        source = source_of(path)
        if name in source.imported:
            waiting.append(source.imported[name])
        elif name in source.defined and (path, name) not in found:
            found[path, name] = code = _pruned(source.defined[name], without)
            waiting += [(path, one.id) for one in ast.walk(code) if isinstance(one, ast.Name)]
    return list(found.values())


def _pruned(code: ast.stmt, without: Collection[str]) -> ast.stmt:
    if not isinstance(code, ast.ClassDef):
        return code
    kept = [one for one in code.body if not (isinstance(one, ast.FunctionDef) and one.name in without)]
    return ast.ClassDef(**{**dict(ast.iter_fields(code)), "body": kept})


@cache
def source_of(path: Path) -> Source:
    """Empty for what does not count."""
    source = Source()
    if not any(path.is_relative_to(one) for one in WHERE) or path.is_relative_to(GENERIC) or not path.is_file():
        return source
    for statement in ast.parse(path.read_text("utf-8")).body:
        source.defined |= dict.fromkeys(_names(statement), statement)
        if isinstance(statement, ast.ImportFrom):
            base = _base(path, statement)
            source.imported |= {one.asname or one.name: (base, one.name) for one in statement.names}
    return source


def _names(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def _base(path: Path, statement: ast.ImportFrom) -> Path:
    """The file that names are imported from; some path that is no file for what is not ours."""
    module = statement.module or ""
    if statement.level:
        return path.parents[statement.level - 1].joinpath(*module.split(".")).with_suffix(".py")
    return PLUGINS.joinpath(*module.removeprefix(PREFIX).split(".")).with_suffix(".py")
