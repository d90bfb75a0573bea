# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every group of settings, on every version: what the PBX says is no change, and every plain field can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS, Catalog, Property, catalog_for
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.facts import CONCEALED, facts_of
from tests.integration.inprocess import run
from tests.simulator.testing import Simulator

OTHERS: dict[str, Any] = {"string": "other", "int32": 7, "boolean": True, "time": "07:30:00", "duration": "PT7H"}
# What must be one of the numbers, files or addresses that there are, or would lock the controller out.
GUARDED = {("GeneralSettingsForPbx", "OperatorExtension"), ("ConsoleRestrictions", "AccessRestricted")}
PERSONAL = {"MyUser", "MyGroup"}


@pytest.fixture(scope="module", params=VERSIONS)
def pbx(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    with Simulator(version=request.param) as simulator:
        yield simulator


def settings_of(catalog: Catalog) -> list[str]:
    return [name for name, one in catalog.singletons.items() if "update" in one.verbs]


def test_what_a_pbx_says_is_no_change(pbx: Simulator) -> None:
    pbx.reset()
    for name in settings_of(catalog_for(pbx.version)):
        body = {prop: value for prop, value in pbx.get(name).items() if "@odata" not in prop and value is not None}
        done = run(pbx, "tcx_settings", {"settings": {name: plain(catalog_for(pbx.version), name, body)}})
        assert not done.get("failed"), f"{name}: {done['msg']}"
        assert not done["changed"], f"{name}: {done['diff']}"


def plain(catalog: Catalog, name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Without what the PBX only shows as concealed."""
    properties = catalog.type(catalog.singletons[name].type).properties
    return {prop: value for prop, value in body.items() if properties[prop].type not in CONCEALED}


def test_every_plain_field_can_be_changed_and_is_taken(pbx: Simulator) -> None:
    pbx.reset()
    catalog = catalog_for(pbx.version)
    wanted = {name: values for name in settings_of(catalog) if (values := changeable(catalog, name))}
    assert len(wanted) >= 24
    done = run(pbx, "tcx_settings", {"settings": wanted})
    assert not done.get("failed"), done["msg"]
    again = run(pbx, "tcx_settings", {"settings": wanted})
    assert not again["changed"], again["diff"]


def changeable(catalog: Catalog, name: str) -> dict[str, Any]:
    type_name = catalog.singletons[name].type
    facts = facts_of(type_name)
    if name in PERSONAL:
        return {}
    return {
        one.option: OTHERS[one.type]
        for one in catalog.type(type_name).properties.values()
        if is_plain(one)
        and one.name not in facts.decided | facts.secrets
        and (name, one.name) not in GUARDED
        and one.name not in facts.references
    }


def is_plain(one: Property) -> bool:
    return one.type in OTHERS and not (one.collection or one.read_only or one.navigation)
