# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PBX has 800 parameters, which are 900 KB. Whoever names few of them does not read the others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.inprocess import run
from tests.simulator.testing import Simulator

HELD = 800
VALUE = "v" * 1000


@pytest.fixture(scope="module")
def pbx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    path = tmp_path_factory.mktemp("seed") / "parameters.yml"
    rows = [{"name": f"PARAMETER_{number}", "value": VALUE} for number in range(HELD)]
    # JSON is YAML, and quicker to write.
    path.write_text(json.dumps({"parameters": rows}), encoding="utf-8")
    with Simulator(seed=path) as simulator:
        yield simulator


def wanted(count: int, value: str = VALUE) -> list[dict[str, Any]]:
    return [{"name": f"PARAMETER_{number}", "value": value} for number in range(count)]


@pytest.mark.parametrize(
    ("module", "options"),
    [("tcx_object", {"set": "Parameters", "items": wanted(3)}), ("tcx_parameters", {"parameters": wanted(3)})],
)
def test_few_are_asked_for_by_name(pbx: Simulator, module: str, options: dict[str, Any]) -> None:
    pbx.clear_log()
    result = run(pbx, module, options)
    assert not result["changed"], result.get("msg")
    (asked,) = [one for one in pbx.log(bodies=True) if one["method"] == "GET"]
    assert "$filter" in asked["query"]
    assert len(asked["response"]["value"]) == 3


def test_most_are_listed_page_by_page(pbx: Simulator) -> None:
    pbx.clear_log()
    assert not run(pbx, "tcx_parameters", {"parameters": wanted(700)})["changed"]
    asked = [one["query"] for one in pbx.log() if one["method"] == "GET"]
    assert len(asked) <= HELD // 100 + 1
    assert not any("$filter" in query for query in asked)
