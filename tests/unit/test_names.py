# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Option names are property names in snake case, one to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.names import snake, snaked
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Field
from ansible_collections.tcx.pbx.plugins.module_utils._resources.resource import Resource
from tests.unit import contract
from tests.unit.sources import COLLECTION, PLUGINS, dotted, python_files

# (where, option): why the option is not called like the property. Each entry must be in use.
OTHER_NAMES = {
    ("CallFlowApps.fields", "script_hash"): "a script may hold passwords, so its hash is shown and compared instead",
    ("Holidays.fields", "date"): "one date; the XAPI has day, month, year and recurrence apart",
    ("Holidays.fields", "date_end"): "one date, as above",
    ("Holidays.fields", "time_start"): "the time of day at which it begins, not a date",
    ("Holidays.fields", "time_end"): "the time of day at which it ends, not a date",
    ("TrunkRoutes.fields", "trunk"): "a reference by name; TrunkId is a number that means nothing to people",
    ("TrunkRoutes.fields", "destination"): "the number of a destination; Id is the key of its Peer",
}


@pytest.mark.parametrize(
    ("prop", "option"),
    [
        ("Id", "id"),
        ("IPAddrMask", "ip_addr_mask"),
        ("DNRanges", "dn_ranges"),
        ("CallerID", "caller_id"),
        ("NumberLengthRanges", "number_length_ranges"),
        ("DidNumbers", "did_numbers"),
        ("FQDN", "fqdn"),
        ("Codec1Name", "codec1_name"),
        ("UseIPv6", "use_i_pv6"),
    ],
)
def test_snake(prop: str, option: str) -> None:
    assert snake(prop) == option


def test_snaked_goes_to_every_depth_and_drops_annotations() -> None:
    body = {"@odata.etag": "1", "GroupIds": [1], "Routes": [{"TrunkId": 5, "@odata.type": "x"}]}
    assert snaked(body) == {"group_ids": [1], "routes": [{"trunk_id": 5}]}


@pytest.mark.skipif(not contract.files(), reason=contract.ABSENT)
@pytest.mark.parametrize("path", contract.files() or [Path("no contract")], ids=lambda path: path.stem)
def test_no_type_of_the_contract_has_two_properties_of_one_option_name(path: Path) -> None:
    doubled = {}
    seen = 0
    for name, properties in contract.types(path):
        seen += len(properties)
        counted = Counter(snake(prop) for prop in properties)
        if more := [prop for prop in properties if counted[snake(prop)] > 1]:
            doubled[name] = more
    assert seen > 1000, "that is not a whole contract"
    assert not doubled


@cache
def declarations() -> dict[str, tuple[Field, ...]]:
    """Every tuple of fields that a file or class of _resources declares, by where it stands."""
    found: dict[str, tuple[Field, ...]] = {}
    for path in python_files("module_utils/_resources"):
        module = import_module(dotted(path))
        for name, value in vars(module).items():
            if isinstance(value, type) and value.__module__ == module.__name__:
                found |= {f"{name}.{inner}": fields for inner, fields in _field_tuples(vars(value))}
        found |= {f"{path.stem}.{name}": fields for name, fields in _field_tuples(vars(module))}
    return found


def _field_tuples(names: Any) -> Iterator[tuple[str, tuple[Field, ...]]]:
    for name, value in names.items():
        if isinstance(value, tuple) and value and all(isinstance(one, Field) for one in value):
            yield name, value


def test_fields_are_called_like_their_properties() -> None:
    assert declarations()
    different = {
        (where, field.name): f"{field.prop} should be {snake(field.prop)}"
        for where, fields in declarations().items()
        for field in fields
        if field.name != snake(field.prop)
    }
    assert set(different) == set(OTHER_NAMES), different


def test_fields_and_properties_are_one_to_one_within_a_declaration() -> None:
    for where, fields in declarations().items():
        assert len({field.name for field in fields}) == len(fields), where
        assert len({field.prop for field in fields}) == len(fields), where


def resources() -> list[type[Resource]]:
    """All resources that are classes of their own, found by loading all files of _resources.

    What is made of the catalog has its option and fields when it is made; test_declared_modules.py looks at those.
    """
    declarations()
    found: list[type[Resource]] = []
    waiting = list(Resource.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one.__module__.startswith(f"{COLLECTION}.module_utils._resources.") and getattr(one, "fields", ()):
            found.append(one)
    return sorted(set(found), key=lambda one: one.__name__)


def module_options() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((PLUGINS / "modules").glob("tcx_*.py")):
        yield path.stem, import_module(f"{COLLECTION}.modules.{path.stem}").SPEC.options


@pytest.mark.parametrize("resource", resources(), ids=lambda one: one.__name__)
def test_results_can_be_fed_back(resource: type[Resource]) -> None:
    """Every field that a resource shows is a suboption of the option that lists its items, the id included."""
    takers = {name: options[resource.option] for name, options in module_options() if resource.option in options}
    assert takers, f"no module has the option {resource.option}"
    for name, option in takers.items():
        suboptions = set(option["options"])
        shown = {"id", *(field.name for field in resource.fields)}
        assert shown <= suboptions, f"{name} {resource.option}[] does not take {sorted(shown - suboptions)}"
