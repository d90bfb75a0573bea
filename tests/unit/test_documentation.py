# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is documented is what the code takes, and no module comes without its companions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
import yaml

from ansible_collections.tcx.pbx.plugins.doc_fragments.connection import ModuleDocFragment as ConnectionFragment
from ansible_collections.tcx.pbx.plugins.doc_fragments.declared import ModuleDocFragment as DeclaredFragment
from ansible_collections.tcx.pbx.plugins.doc_fragments.managed import ModuleDocFragment as ManagedFragment
from ansible_collections.tcx.pbx.plugins.module_utils._task.connection import CONNECTION_OPTIONS
from ansible_collections.tcx.pbx.plugins.module_utils._task.declared import DECLARED_OPTIONS, UPDATE_PASSWORD
from ansible_collections.tcx.pbx.plugins.module_utils._task.manage import STATE_OPTIONS
from ansible_collections.tcx.pbx.plugins.module_utils._task.query import QUERY_OPTIONS
from tests.unit.sources import COLLECTION, PLUGINS, ROOT

ALL = sorted(path.stem for path in (PLUGINS / "modules").glob("tcx_*.py"))
# They talk to no PBX: no connection, no action group, nothing that a simulated PBX could show.
LOCAL = {"tcx_report", "tcx_window"}
MODULES = [name for name in ALL if name not in LOCAL]
SCENARIOS = ROOT / "tests" / "integration" / "scenarios"
# Modules that only read, whatever their names say.
READING = {"tcx_query", "tcx_wait"}
# What an option is, in the words that documentation and argument spec share.
FACETS: dict[str, Any] = {
    "type": "str",
    "elements": None,
    "default": None,
    "choices": None,
    "required": False,
    "aliases": [],
}
# The fragments that hold options of some modules, and these options.
SHARED: dict[str, dict[str, Any]] = {
    "tcx.pbx.managed": STATE_OPTIONS,
    "tcx.pbx.declared": DECLARED_OPTIONS,
    "tcx.pbx.declared.secrets": {"update_password": UPDATE_PASSWORD},
}
ENVIRONMENT = re.compile(r"\bE\((TCX_\w+)\)")


def module(name: str) -> ModuleType:
    return import_module(f"{COLLECTION}.modules.{name}")


def documentation(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(module(name).DOCUMENTATION)
    return found


def fragment_options(text: str) -> dict[str, dict[str, Any]]:
    options: dict[str, dict[str, Any]] = yaml.safe_load(text)["options"]
    return options


def facets(option: dict[str, Any]) -> dict[str, Any]:
    return {name: option.get(name, usual) for name, usual in FACETS.items()}


def compared(options: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: facets(option) for name, option in options.items()}


def test_connection_fragment_is_the_connection_options() -> None:
    documented = fragment_options(ConnectionFragment.DOCUMENTATION)
    assert compared(documented) == compared(CONNECTION_OPTIONS)
    assert list(documented) == list(CONNECTION_OPTIONS), "another order"


def test_connection_fragment_names_the_environment_variables() -> None:
    told = {
        name: ENVIRONMENT.findall(" ".join(option["description"]))
        for name, option in fragment_options(ConnectionFragment.DOCUMENTATION).items()
    }
    taken = {
        name: list(option["fallback"][1]) if "fallback" in option else [] for name, option in CONNECTION_OPTIONS.items()
    }
    assert told == taken
    assert all(names == [f"TCX_{name.upper()}"] for name, names in taken.items() if names)


def test_secrets_of_a_connection_are_marked() -> None:
    assert {name for name, option in CONNECTION_OPTIONS.items() if option.get("no_log")} == {
        "client_secret",
        "access_token",
    }


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        (ManagedFragment.DOCUMENTATION, "tcx.pbx.managed"),
        (DeclaredFragment.DOCUMENTATION, "tcx.pbx.declared"),
        (DeclaredFragment.SECRETS, "tcx.pbx.declared.secrets"),
    ],
)
def test_shared_fragment_is_the_options_that_it_documents(text: str, fragment: str) -> None:
    assert compared(fragment_options(text)) == compared(SHARED[fragment])


@pytest.mark.parametrize("name", MODULES)
def test_module_extends_the_fragments(name: str) -> None:
    extended = set(documentation(name)["extends_documentation_fragment"])
    assert {"tcx.pbx.connection", "tcx.pbx.attributes"} <= extended
    assert len(extended & {f"tcx.pbx.attributes.{kind}" for kind in ("full", "info", "action")}) == 1, extended
    assert ("tcx.pbx.attributes.info" in extended) == (name.endswith("_info") or name in READING)
    for fragment, options in SHARED.items():
        taken = {option: facets(one) for option, one in module(name).SPEC.options.items()}
        assert (fragment in extended) == (compared(options).items() <= taken.items()), fragment


@pytest.mark.parametrize("name", ALL)
def test_module_documents_its_own_options_and_no_others(name: str) -> None:
    """A fragment speaks for the options that modules share; a module may say more of one of them."""
    taken = set(module(name).SPEC.options)
    extended = documentation(name).get("extends_documentation_fragment", [])
    shared = {option for fragment, options in SHARED.items() if fragment in extended for option in options}
    said = set(documentation(name)["options"])
    assert taken - shared <= said <= taken
    assert not taken & set(CONNECTION_OPTIONS)


def suboptions(options: dict[str, dict[str, Any]], inner: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every option at every depth by its path. inner: what nested options are called in these."""
    for name, option in options.items():
        yield name, option
        for path, nested in suboptions(option.get(inner) or {}, inner):
            yield f"{name}.{path}", nested


@pytest.mark.parametrize("name", ALL)
def test_suboptions_are_documented_as_they_are_taken(name: str) -> None:
    """Types and choices at every depth; those that come from the catalog change with it."""
    shared = {option for options in SHARED.values() for option in options}
    documented = {option: one for option, one in documentation(name)["options"].items() if option not in shared}
    taken = {option: one for option, one in module(name).SPEC.options.items() if option in documented}
    said = {path: facets(one) for path, one in suboptions(documented, "suboptions")}
    assert said == {path: facets(one) for path, one in suboptions(taken, "options")}


@pytest.mark.parametrize("name", MODULES)
def test_module_comes_with_action_examples_and_scenarios(name: str) -> None:
    assert (PLUGINS / "action" / f"{name}.py").is_file()
    examples = yaml.safe_load(module(name).EXAMPLES)
    assert any(f"tcx.pbx.{name}" in task for task in examples)
    assert all(task.get("name") for task in examples), "each example says what it is for"
    scenarios = yaml.safe_load((SCENARIOS / f"{name}.yml").read_text(encoding="utf-8"))
    assert scenarios
    assert {scenario["module"] for scenario in scenarios} == {name}
    assert len({scenario["name"] for scenario in scenarios}) == len(scenarios), "two scenarios of one name"


def test_modules_without_a_pbx_are_those() -> None:
    assert {name for name in ALL if module(name).SPEC.local} == LOCAL


@pytest.mark.parametrize("name", sorted(LOCAL))
def test_module_without_a_pbx_has_no_connection(name: str) -> None:
    spec = module(name).SPEC
    assert spec.argument_spec == spec.options
    assert not [one for one in documentation(name).get("extends_documentation_fragment", []) if "connection" in one]
    assert (PLUGINS / "action" / f"{name}.py").is_file(), "it has to run in the worker"


def test_there_are_scenarios_for_modules_only() -> None:
    assert {path.stem for path in SCENARIOS.glob("*.yml")} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_module_returns_what_it_cost(name: str) -> None:
    returned = yaml.safe_load(module(name).RETURN)
    assert returned["api"]["returned"] == "always"
    assert set(returned["api"]["sample"]) == {"requests", "retries", "tokens"}


@pytest.mark.parametrize("name", ALL)
def test_module_returns_nothing_that_async_status_takes_for_its_own(name: str) -> None:
    """It believes that a job whose result has `started` and no `finished` is still running, for ever."""
    assert not set(yaml.safe_load(module(name).RETURN)) & {"started", "finished", "ansible_job_id", "results_file"}


def filters() -> list[str]:
    return sorted(path.stem for path in (PLUGINS / "filter").glob("*.yml"))


@pytest.mark.parametrize("name", filters())
def test_filter_has_examples_that_use_it(name: str) -> None:
    text = yaml.safe_load((PLUGINS / "filter" / f"{name}.yml").read_text(encoding="utf-8"))
    assert f"tcx.pbx.{name}" in text["EXAMPLES"]


def test_each_filter_is_documented() -> None:
    known = set()
    for path in (PLUGINS / "filter").glob("*.py"):
        known |= set(import_module(f"{COLLECTION}.filter.{path.stem}").FilterModule().filters())
    assert set(filters()) == known


def lookup_options(name: str) -> dict[str, dict[str, Any]]:
    text = import_module(f"{COLLECTION}.lookup.{name}").DOCUMENTATION
    options: dict[str, dict[str, Any]] = yaml.safe_load(text)["options"]
    return options


def test_lookup_takes_what_the_module_takes() -> None:
    """Its terms are the sets."""
    documented = {name: option for name, option in lookup_options("tcx_query").items() if name != "_terms"}
    taken = {**{name: one for name, one in QUERY_OPTIONS.items() if name != "set"}, **CONNECTION_OPTIONS}
    assert compared(documented) == compared(taken)


def test_lookup_takes_its_connection_from_the_environment_and_from_variables() -> None:
    options = lookup_options("tcx_query")
    for name, option in CONNECTION_OPTIONS.items():
        assert options[name]["vars"] == [{"name": f"tcx_{name}"}]
        from_environment = [{"name": variable} for variable in option["fallback"][1]] if "fallback" in option else []
        assert options[name].get("env", []) == from_environment
