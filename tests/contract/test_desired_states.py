# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up desired states of every set: what check mode foretells comes true, and comes true once.

A few examples, always the same ones. TCX_EXAMPLES=200 tries so many, others each time, and makes small what fails.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS, catalog_for
from tests.contract.desired import KNOWN_BY, Desired
from tests.integration.inprocess import run
from tests.simulator.testing import Simulator

FEW = 3
COMPARED = ("changed", "diff", "created", "updated", "deleted", "failed")
EXAMPLES = int(os.environ.get("TCX_EXAMPLES", FEW))
# Making a counterexample smaller takes minutes, since each attempt is several runs of a module.
PHASES = [Phase.generate, *([Phase.shrink] if "TCX_EXAMPLES" in os.environ else [])]
FULL = {"list", "get", "create", "update", "delete"}
TRIED = (VERSIONS[0], VERSIONS[-1])
FULL_SETS = {
    version: sorted(name for name, one in catalog_for(version).sets.items() if one.verbs == FULL) for version in TRIED
}


@pytest.fixture(scope="module")
def simulators() -> Iterator[dict[str, Simulator]]:
    with Simulator(version=TRIED[0]) as oldest, Simulator(version=TRIED[1]) as newest:
        yield {TRIED[0]: oldest, TRIED[1]: newest}


def test_all_full_sets_are_tried() -> None:
    assert set(KNOWN_BY) == set(FULL_SETS[TRIED[-1]])
    assert len(KNOWN_BY) == 26


@pytest.mark.parametrize(
    ("version", "entity_set"),
    [
        pytest.param(version, name, marks=pytest.mark.xdist_group(f"desired states of {version}"))
        for version, names in FULL_SETS.items()
        for name in names
    ],
)
def test_desired_states(simulators: dict[str, Simulator], version: str, entity_set: str) -> None:
    pbx, states = simulators[version], Desired(entity_set, version).states()

    @settings(
        max_examples=EXAMPLES,
        derandomize="TCX_EXAMPLES" not in os.environ,
        database=None,
        phases=PHASES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(states, states)
    def trial(first: list[Any], second: list[Any]) -> None:
        prepare(pbx)
        there = [{"id": row["Id"]} for row in pbx.rows(entity_set, ids=True) if "Id" in row]
        for items in (first, second):
            done = as_foretold(pbx, set=entity_set, items=items)
            assert not done.get("failed"), done["msg"]
            nothing_to_do(pbx, set=entity_set, items=items)
            nothing_to_do(pbx, set=entity_set, items=done["objects"])
        # What is in use stays, so a purge of everything may be refused; one of what was made up is not.
        rest: list[Any] = []
        if as_foretold(pbx, set=entity_set, items=[], purge=True).get("failed"):
            rest = there
            assert not as_foretold(pbx, set=entity_set, items=rest, purge=True).get("failed")
        nothing_to_do(pbx, set=entity_set, items=rest, purge=True)

    trial()


def prepare(pbx: Simulator) -> None:
    pbx.reset()
    # A call that ends by itself would be a change.
    pbx.set_calls()
    # Else a PBX keeps the last trunk of its emergency rules, which nobody knows before.
    pbx.switch(trunk_delete_emergency="blank")


def as_foretold(pbx: Simulator, **options: Any) -> dict[str, Any]:
    """The result of a run that did what check mode had said, or was refused for what check mode had refused."""
    before = pbx.state()
    foretold = run(pbx, "tcx_object", options, check_mode=True)
    assert pbx.state() == before, "check mode changed the PBX"
    done = run(pbx, "tcx_object", options)
    assert told(done) == told(foretold), done.get("msg")
    return done


def told(result: dict[str, Any]) -> dict[str, Any]:
    return {name: result.get(name) for name in COMPARED}


def nothing_to_do(pbx: Simulator, **options: Any) -> None:
    pbx.clear_log()
    done = run(pbx, "tcx_object", options)
    assert not done.get("failed"), done["msg"]
    assert not done["changed"], done["diff"]
    assert pbx.writes() == []
