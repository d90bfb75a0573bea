# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules of one entity set, from the catalog and the set's declaration. PRIVATE to the collection.

How to add tcx_queues:

1. `plugins/modules/tcx_queues.py` is DOCUMENTATION, EXAMPLES, RETURN and

       SPEC = typed_spec("Queues", option="queues")

   `python -m tools.suboptions Queues` prints the suboptions as YAML, with types and choices, to be described.
2. `plugins/action/tcx_queues.py` comes from `make stubs`; the name goes to the action group in `meta/runtime.yml`.
3. The documentation extends tcx.pbx.connection, tcx.pbx.managed, tcx.pbx.declared, tcx.pbx.attributes and
   tcx.pbx.attributes.full, and tcx.pbx.declared.secrets if the set has secrets.
4. Scenarios in `tests/integration/scenarios/tcx_queues.yml`.

What the set is known by, its references, secrets and bulk calls stand in `_resources/declared/sets.py` and `facts.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._resources.declared.choosing import declaration_for
from .._resources.declared.declaration import Declaration
from .._resources.declared.shapes import Part, Shape
from .._resources.declared.union import Union
from .._resources.model import Item
from .argument_specs import ArgumentSpecs, Options, accepted
from .declared import DECLARED_OPTIONS, FORCE, UPDATE_PASSWORD, manage_declared
from .manage import STATE_OPTIONS
from .spec import ModuleSpec
from .task import Task

Operation = Callable[[Task, Declaration, str, list[Item]], dict[str, Any]]


def typed_spec(
    entity_set: str,
    *,
    option: str,
    without: Sequence[str] = (),
    plain: Sequence[str] = (),
    aliases: Mapping[str, Sequence[str]] | None = None,
    extra: Options | None = None,
    more: Options | None = None,
    operation: Operation = manage_declared,
    shown: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> ModuleSpec:
    """The spec of a module for one set.

    option: the list of items. without: fields that the module does not offer. aliases: of fields.
    plain: structured fields that also take a single value, such as a number for a destination. Ansible has no type for
    that, so that their documentation tells what they take, and Taking checks it.
    extra: more options of the module itself. more: suboptions of an item that no field of the set stands for; the
    operation has to understand them. shown: see ModuleSpec.
    operation: for a module that does more than `manage_declared`; it gets the task, the declaration, the option and
    the items.
    """
    declaration = declaration_for(entity_set)
    suboptions = {**item_options(entity_set, without=without), **(more or {})}
    for name in plain:
        suboptions[name] = {"type": "list", "elements": "raw"} if "elements" in suboptions[name] else {"type": "raw"}
    for name, others in (aliases or {}).items():
        suboptions[name]["aliases"] = list(others)

    def run(task: Task) -> dict[str, Any]:
        # What was given by an alias stands under both names.
        items = [{name: one for name, one in item.items() if name in suboptions} for item in task.params[option] or ()]
        return operation(task, declaration, option, items)

    return ModuleSpec(
        run,
        {
            option: {"type": "list", "elements": "dict", "required": True, "options": suboptions},
            **STATE_OPTIONS,
            **DECLARED_OPTIONS,
            **({"update_password": UPDATE_PASSWORD} if has_secrets(suboptions) else {}),
            **({"force": FORCE} if declaration.guard or declaration.in_use else {}),
            **(extra or {}),
        },
        shown=shown,
    )


def item_options(entity_set: str, *, without: Sequence[str] = ()) -> Options:
    """The suboptions of an item: all that can be written, and what results show besides, to be fed back."""
    union = Union()
    declaration = declaration_for(entity_set)
    shape = union.shape(union.type_of(declaration.entity_set))
    specs = ArgumentSpecs(union)
    options = specs.options(shape, _fields(shape, declaration, without))
    if "id" not in options:
        options["id"] = {"type": "str" if union.has_text_key(declaration.entity_set) else "int"}
    return {**options, "if_match": {"type": "str"}}


def _fields(shape: Shape, declaration: Declaration, without: Sequence[str]) -> list[Part]:
    watched = [shape.parts[name] for name in declaration.watched if name in shape.parts]
    known = {part.option: part for part in [*accepted(shape), *watched]}
    return [part for name, part in known.items() if name not in without]


def has_secrets(options: Options) -> bool:
    return any(one.get("no_log") or has_secrets(one.get("options") or {}) for one in options.values())
