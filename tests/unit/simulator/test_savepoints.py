# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""States that are kept by name."""

from __future__ import annotations

from typing import Any

from tests.unit.simulator.api import Api

HERE = {"name": "here"}
UNDER_WAY = "something is under way, such as an update; let time pass with POST /_sim/clock"


def state(api: Api) -> Any:
    return api.control("GET", "state?ids=1").json


def block(api: Api, network: str) -> None:
    assert api.post("Blocklist", {"IPAddrMask": network, "BlockType": "Block"}).status == 201


def install(api: Api) -> None:
    listing = api.get("GetUpdates()").json
    entries = [one["Guid"] for one in listing["Entries"]]
    assert api.post("InstallUpdates", {"install": {"Key": listing["Key"], "Entries": entries}}).status == 204


def test_a_state_comes_back_as_often_as_one_likes(api: Api) -> None:
    api.pbx.switches.set({"backup_delay": 0})
    assert api.post("Backups/Pbx.Backup", {"description": {"Name": "kept.zip"}}).status == 204
    block(api, "203.0.113.7")
    saved, build = state(api), api.pbx.build
    assert api.control("POST", "save", HERE).json == {"saved": "here"}
    for network in ("203.0.113.8", "203.0.113.9"):
        block(api, network)
        api.pbx.switches.set({"update_delay": 0, "update_outage": 0})
        install(api)
        assert api.get("SystemStatus").json["Version"] != build
        assert api.post("Backups/Pbx.PurgeLocalBackups").status == 204
        api.control("POST", "reset")
        assert api.control("POST", "restore", HERE).json == {"restored": "here"}
        assert (state(api), api.pbx.build) == (saved, build)
        assert "kept.zip" in [one["FileName"] for one in api.rows("Backups")], "the token still works, too"


def test_what_happens_after_a_save_does_not_get_into_it(api: Api) -> None:
    api.control("POST", "save", HERE)
    saved = state(api)
    key = api.id_of("Trunks", "Provider A")
    api.patch(f"Trunks({key})", {"SimultaneousCalls": 77})
    api.control("POST", "restore", HERE)
    api.patch(f"Trunks({key})", {"SimultaneousCalls": 78})
    api.control("POST", "restore", HERE)
    assert state(api) == saved


def test_a_state_on_its_way_to_another_one_is_not_saved(api: Api) -> None:
    build = api.pbx.build
    api.control("POST", "save", HERE)
    install(api)
    for seconds in (0.0, 0.6):
        api.pbx.clock.advance(seconds)
        refused = api.control("POST", "save", HERE)
        assert (refused.status, refused.json["error"]) == (400, UNDER_WAY)
    api.control("POST", "restore", HERE)
    api.pbx.clock.advance(10)
    assert (api.get("Defs").status, api.pbx.build) == (200, build), "the update did not happen"


def test_names_that_make_no_sense(api: Api) -> None:
    api.control("POST", "save", HERE)
    for body, told in (
        ({"name": "there"}, "name: there is no savepoint 'there'; known: here"),
        ({"name": 1}, "name: must be a text"),
        ({}, "missing 'name'"),
        ([], "body: must be an object"),
    ):
        answer = api.control("POST", "restore", body)
        assert (answer.status, answer.json["error"]) == (400, told)
