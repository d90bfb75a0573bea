# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Updates: a fresh key, an outage, a new build."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulator.api import Api


def install(api: Api, listing: Any, *guids: str) -> Any:
    return api.post("InstallUpdates", {"install": {"Key": listing["Key"], "Entries": list(guids)}})


def test_an_update_takes_the_api_away_and_changes_the_build(api: Api) -> None:
    before = api.get("SystemStatus").json["Version"]
    listing = api.get("GetUpdates()").json
    (entry,) = listing["Entries"]
    assert (entry["LocalVersion"], entry["OutOfDate"]) == (before, True)
    accepted = install(api, listing, entry["Guid"])
    assert (accepted.status, accepted.headers["x-3cx-version"]) == (204, before)
    assert api.get("SystemStatus").json["Version"] == before
    api.pbx.clock.advance(0.6)
    assert api.get("Defs").status is None
    api.pbx.clock.advance(1.2)
    assert api.get("Defs").status == 502
    api.pbx.clock.advance(2)
    answer = api.get("SystemStatus")
    assert answer.json["Version"] == answer.headers["x-3cx-version"] == entry["ServerVersion"] != before
    assert answer.json["LastSuccessfulUpdate"]
    assert api.get("GetUpdates()").json["Entries"] == []
    api.control("POST", "reset")
    assert api.get("SystemStatus").json["Version"] == before


def test_the_key_must_be_of_the_last_listing(api: Api) -> None:
    old = api.get("GetUpdates()").json
    api.get("GetUpdates()")
    guid = old["Entries"][0]["Guid"]
    assert install(api, old, guid).code == "Key XAPI.NOT_FOUND"
    fresh = api.get("GetUpdates()").json
    assert install(api, fresh, "00000000-0000-4000-8000-000000000009").code == "Entries XAPI.NOT_FOUND"
    assert install(api, fresh).code == "Entries XAPI.REQUIRED"
    api.pbx.switches.set({"update_stale_key": "accept"})
    assert install(api, old, guid).status == 204


def test_other_updates_cost_no_outage(api: Api) -> None:
    stats = api.get("GetUpdatesStats()").json
    assert stats["TcxUpdate"] == [{"Category": "TcxPbx", "Count": 1}]
    assert {row["Category"] for row in stats["PerPage"]} == {"PromptSets", "ServerCrm", "ClientCrm"}
    listing = api.get("GetPromptSetUpdates()").json
    build = api.pbx.build
    assert install(api, listing, listing["Entries"][0]["Guid"]).status == 204
    api.pbx.clock.advance(0.6)
    assert api.get("GetPromptSetUpdates()").json["Entries"] == []
    assert api.pbx.build == build


@pytest.mark.parametrize(("switch", "status"), [("die", 401), ("survive", 200)])
def test_tokens_outlive_an_update_or_not(switch: str, status: int) -> None:
    api = Api(update_tokens=switch)
    listing = api.get("GetUpdates()").json
    install(api, listing, listing["Entries"][0]["Guid"])
    api.pbx.clock.advance(1)
    api.get("Defs")
    api.pbx.clock.advance(5)
    assert api.get("Defs").status == status


def test_debian_is_upgraded_once(api: Api) -> None:
    assert api.get("HasDebianUpgrade()").json["value"] is True
    assert api.post("UpgradeDebian").status == 204
    api.pbx.clock.advance(1)
    assert api.get("Defs").status is None
    api.pbx.clock.advance(5)
    assert api.get("HasDebianUpgrade()").json["value"] is False
    assert api.post("UpgradeDebian").code == "UpgradeDebian XAPI.NOT_SUPPORTED"


def test_update_settings_show_in_the_status(api: Api) -> None:
    assert api.get("SystemStatus").json["AutoUpdateEnabled"] is False
    assert api.post("SetUpdateSettings", {"settings": {"AutoUpdateEnabled": True}}).status == 204
    assert api.get("GetUpdateSettings()").json["AutoUpdateEnabled"] is True
    assert api.get("SystemStatus").json["AutoUpdateEnabled"] is True


def test_details_are_those_of_an_offer() -> None:
    api = Api("20.0.10")
    guid = api.get("GetUpdates()").json["Entries"][0]["Guid"]
    assert "3CX Phone System" in api.get(f"GetUpdateDetails(key={guid},id={guid})").json["value"]
    unknown = "00000000-0000-4000-8000-000000000009"
    assert api.get(f"GetUpdateDetails(key={guid},id={unknown})").status == 404
    assert Api("20.0.9").get(f"GetUpdateDetails(key={guid},id={guid})").status == 404


def test_the_operating_system_can_be_restarted(api: Api) -> None:
    assert api.post("Services/Pbx.RestartOperatingSystem").status is None
    assert api.get("Defs").status in (None, 502)
    api.pbx.clock.advance(3)
    assert {row["Status"] for row in api.rows("Services")} == {"Running"}


def test_all_services_could_be_restarted_up_to_20_0_7() -> None:
    api = Api("20.0.7")
    assert api.post("Services/Pbx.RestartAll").status is None
    api.pbx.clock.advance(3)
    assert {row["Status"] for row in api.rows("Services")} == {"Running"}
    assert Api("20.0.8").post("Services/Pbx.RestartAll").status == 404
