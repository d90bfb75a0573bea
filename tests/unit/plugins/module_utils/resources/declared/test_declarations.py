# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is declared exists: every name of a field, a type or a call is one of the contract in some version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS, catalog_for, since
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.choosing import (
    declaration_for,
    known_sets,
    known_settings,
    settings_named,
)
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.declaration import Declaration
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.facts import CONCEALED, PLACES, TYPES, Facts
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.guards import GUARDS
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.sets import DECLARED
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.union import Union
from ansible_collections.tcx.pbx.plugins.module_utils._task.typed import item_options
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.secrecy import secret_name

UNION = Union()


def properties(type_name: str) -> set[str]:
    return {prop for version in VERSIONS for prop in _type(version, type_name)}


def _type(version: str, type_name: str) -> set[str]:
    types = catalog_for(version).types
    return set(types[type_name].properties) if type_name in types else set()


@pytest.mark.parametrize("type_name", TYPES)
def test_facts_are_told_of_properties_that_exist(type_name: str) -> None:
    facts: Facts = TYPES[type_name]
    named = {*facts.secrets, *facts.decided, *facts.ordered, *facts.references, *facts.elsewhere, *facts.meanings}
    named |= {name for name in (facts.key, facts.speaking, facts.turns) if name} | set(facts.blank)
    assert named <= properties(type_name), named - properties(type_name)


def test_places_and_concealed_types_exist() -> None:
    assert all(prop in properties(type_name) for type_name, prop in PLACES)
    assert all(prop in properties(type_name) for type_name, prop in CONCEALED.items())


@pytest.mark.parametrize("one", DECLARED, ids=lambda one: one.entity_set)
def test_a_declaration_speaks_of_fields_and_calls_that_exist(one: Declaration) -> None:
    shape = UNION.shape(UNION.type_of(one.entity_set))
    assert set(one.fixed) | set(one.watched) | set(one.defaults) <= set(shape.parts)
    for path in (path for identity in one.identities for path in identity.fields):
        assert path.partition(".")[0] in shape.parts, path
    for action in (bulk.action for bulk in one.bulk):
        assert since("call", action), action
    assert not one.guard or one.guard in GUARDS


def test_what_removes_many_is_there_on_every_version_that_has_the_set() -> None:
    for one in DECLARED:
        having = {version for bulk in one.bulk for version in since("call", bulk.action)}
        assert not one.bulk or having == set(since("set", one.entity_set)), one.entity_set


def test_every_set_that_can_be_changed_is_declared() -> None:
    assert {one.entity_set for one in DECLARED} == set(known_sets())


@pytest.mark.parametrize("one", DECLARED, ids=lambda one: one.entity_set)
def test_results_can_be_fed_back(one: Declaration) -> None:
    """What a result shows besides the fields that were given: the id, the identity, and what guards look at."""
    taken = item_options(one.entity_set)
    shown = {"id", *one.watched, *(path.partition(".")[0] for identity in one.identities for path in identity.fields)}
    assert shown <= set(taken)


@pytest.mark.parametrize("one", DECLARED, ids=lambda one: one.entity_set)
def test_what_sounds_like_a_secret_is_one(one: Declaration) -> None:
    """Values are masked in options by their names, in results by the declaration; the two may not fall apart."""
    for path, option in options(item_options(one.entity_set)):
        if option["type"] == "str" and "choices" not in option:
            assert secret_name(path.rpartition(".")[2]) == bool(option.get("no_log")), path


def options(spec: dict[str, dict[str, Any]], path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, option in spec.items():
        yield f"{path}.{name}" if path else name, option
        yield from options(option.get("options") or {}, f"{path}.{name}" if path else name)


@pytest.mark.parametrize("given", ["Parkings", "parkings", "PARKINGS", " parkings "])
def test_a_set_is_found_however_it_is_written(given: str) -> None:
    assert declaration_for(given).entity_set == "Parkings"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("Parking", 'no set is called "Parking"; did you mean Parkings'),
        ("mail_settings", "MailSettings is no set of things; use tcx_settings"),
        ("CallHistoryView", "CallHistoryView can only be read; use tcx_query"),
    ],
)
def test_what_is_no_set_is_told_with_a_remedy(given: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        declaration_for(given)


def test_settings_are_found_and_there_are_enough() -> None:
    assert settings_named("anti_hacking_settings") == "AntiHackingSettings"
    assert len(known_settings()) >= 37
    with pytest.raises(ValueError, match="Users is a set, use tcx_object"):
        settings_named("users")
