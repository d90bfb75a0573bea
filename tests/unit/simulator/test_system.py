# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services, outages, status, calls and backups."""

from __future__ import annotations

import pytest

from tests.unit.simulator.api import Api

SIP = "3CXPhoneSystem01"
DRAGGED = {"3CXCallFlow01", "3CXIVR01", "3CXQueueManager01"}


def act(api: Api, verb: str, *names: str) -> int | None:
    return api.post(f"Services/Pbx.{verb}", {"options": {"ServiceNames": list(names)}}).status


def states(api: Api) -> dict[str, str]:
    return {row["Name"]: row["Status"] for row in api.rows("Services")}


def settle(api: Api) -> None:
    api.pbx.clock.advance(api.pbx.switches.number("service_delay") * 3)


def test_all_services_run_at_first(api: Api) -> None:
    assert len(states(api)) == 13
    assert set(states(api).values()) == {"Running"}
    assert api.get("SystemStatus").json["HasNotRunningServices"] is False


def test_states_move_through_pending_by_the_clock() -> None:
    api = Api(service_delay=10)
    assert act(api, "Stop", "3CXGatewayService") == 204
    assert states(api)["3CXGatewayService"] == "StopPending"
    assert api.get("SystemStatus").json["HasNotRunningServices"] is True
    api.pbx.clock.advance(10)
    assert states(api)["3CXGatewayService"] == "Stopped"
    act(api, "Start", "3CXGatewayService")
    assert states(api)["3CXGatewayService"] == "StartPending"
    api.pbx.clock.advance(10)
    assert states(api)["3CXGatewayService"] == "Running"


def test_a_restart_passes_through_both_pending_states() -> None:
    api = Api(service_delay=10)
    act(api, "Restart", "3CXMediaServer")
    seen = []
    for _turn in range(4):
        seen.append(states(api)["3CXMediaServer"])
        api.pbx.clock.advance(7)
    assert seen == ["StopPending", "StopPending", "StartPending", "Running"]


def test_the_sip_server_takes_its_dependents_down_and_not_up(api: Api) -> None:
    act(api, "Stop", SIP)
    settle(api)
    assert {name for name, state in states(api).items() if state == "Stopped"} == {SIP, *DRAGGED}
    act(api, "Start", SIP)
    settle(api)
    assert {name for name, state in states(api).items() if state == "Stopped"} == DRAGGED
    free = Api(service_drag="off")
    act(free, "Stop", SIP)
    settle(free)
    assert {name for name, state in states(free).items() if state == "Stopped"} == {SIP}


def test_protected_services_can_be_restarted_but_not_stopped() -> None:
    for name in ("nginx", "postgresql@15-main", "3CXCfgServ01", "3CXPhoneSystemMC01"):
        assert act(Api(), "Stop", name) == 400
        assert act(Api(service_protected="403"), "Stop", name) == 403
        assert act(Api(service_protected="accept"), "Stop", name) == 204
    protected = [row["Name"] for row in Api().rows("Services?$filter=StartStopEnabled eq false")]
    assert len(protected) == 4
    assert act(Api(service_cut="off"), "Restart", "nginx") == 204


def test_a_refused_call_touches_no_service(api: Api) -> None:
    assert act(api, "Stop", "3CXMediaServer", "nginx") == 400
    assert states(api)["3CXMediaServer"] == "Running"


@pytest.mark.parametrize(("mode", "status"), [("400", 400), ("404", 404), ("ignore", 204)])
def test_unknown_services_are_a_switch(mode: str, status: int) -> None:
    assert act(Api(service_unknown=mode), "Stop", "NoSuchService") == status


def test_no_names_are_refused(api: Api) -> None:
    assert api.post("Services/Pbx.Stop", {"options": {}}).code == "ServiceNames XAPI.REQUIRED"


def test_a_disabled_service_stops_and_must_be_enabled_first(api: Api) -> None:
    name = "3CXGatewayService"
    assert act(api, "Disable", name) == 204
    settle(api)
    assert states(api)[name] == "Stopped"
    assert api.get("SystemStatus").json["HasNotRunningServices"] is False
    assert act(api, "Start", name) == 400
    assert (act(api, "Enable", name), act(api, "Start", name)) == (204, 204)
    settle(api)
    assert states(api)[name] == "Running"


def test_a_disabled_service_may_be_hidden() -> None:
    api = Api(service_disabled="hidden")
    act(api, "Disable", "3CXGatewayService")
    assert "3CXGatewayService" not in states(api)


@pytest.mark.parametrize("name", ["nginx", "3CXPhoneSystemMC01", "3CXCfgServ01"])
def test_restarting_what_serves_the_api_cuts_the_answer_and_takes_it_away(name: str) -> None:
    api = Api(service_outage=10)
    assert act(api, "Restart", name) is None
    assert api.get("Defs").status is None
    api.pbx.clock.advance(6)
    proxied = api.get("Defs")
    assert (proxied.status, proxied.headers["content-type"]) == (502, "text/html")
    assert "x-3cx-version" not in proxied.headers
    assert api.ask_token().status == 502
    api.pbx.clock.advance(5)
    assert api.get("Defs").status == 200
    assert states(api)[name] == "Running"


@pytest.mark.parametrize(("mode", "status"), [("refused", None), ("502", 502)])
def test_the_kind_of_outage_is_a_switch(mode: str, status: int | None) -> None:
    api = Api(service_outage=10, service_outage_mode=mode)
    act(api, "Restart", "nginx")
    for _turn in range(3):
        assert api.get("Defs").status == status
        api.pbx.clock.advance(3)


def test_tokens_may_die_with_a_restart() -> None:
    for mode, status in (("survive", 200), ("die", 401)):
        api = Api(service_outage=0, service_tokens=mode)
        act(api, "Restart", "nginx")
        assert api.get("Defs").status == status


def test_restarting_another_service_cuts_nothing(api: Api) -> None:
    assert act(api, "Restart", "3CXIVR01") == 204
    assert api.get("Defs").status == 200


def test_status_follows_the_state(api: Api) -> None:
    status = api.get("SystemStatus").json
    assert (status["FQDN"], status["Version"], status["DiskUsage"]) == ("pbx.example.com", "20.0.10.1107", 41)
    assert (status["ExtensionsTotal"], status["ExtensionsRegistered"]) == (14, 12)
    assert (status["TrunksTotal"], status["OutboundRules"], status["MaxSimCalls"]) == (3, 5, 16)
    assert status["LicenseKey"] == api.get("LicenseStatus").json["LicenseKey"] == "DEMO-1234-ABCD-5678"
    api.post("Users", {})
    assert api.get("SystemStatus").json["ExtensionsTotal"] == 15
    assert api.get("SystemStatus/Pbx.SystemHealthStatus()").json["Trunks"] is True


def test_a_call_ends_by_the_clock(api: Api) -> None:
    assert api.get("SystemStatus").json["CallsActive"] == len(api.rows("ActiveCalls")) == 1
    api.pbx.clock.advance(4)
    assert api.get("SystemStatus").json["CallsActive"] == len(api.rows("ActiveCalls")) == 0


def test_a_call_can_be_dropped(api: Api) -> None:
    call = api.rows("ActiveCalls")[0]["Id"]
    assert api.post(f"ActiveCalls({call})/Pbx.DropCall").status == 200
    assert api.rows("ActiveCalls") == []
    assert api.post(f"ActiveCalls({call})/Pbx.DropCall").status == 404


def backup(api: Api, name: str) -> int | None:
    return api.post("Backups/Pbx.Backup", {"description": {"Name": name, "Contents": {"License": True}}}).status


def test_a_backup_is_listed_when_it_is_finished() -> None:
    api = Api(backup_delay=10)
    assert backup(api, "pre.zip") == 204
    assert api.get("Backups/Pbx.GetCanCreateBackup()").json["value"] is False
    assert len(api.rows("Backups")) == 2
    assert backup(api, "other.zip") == 400
    api.pbx.clock.advance(10)
    assert [row["FileName"] for row in api.rows("Backups")][-1] == "pre.zip"
    assert api.get("Backups/Pbx.GetCanCreateBackup()").json["value"] is True
    assert backup(api, "other.zip") == 204


def test_a_backup_name_is_unique(api: Api) -> None:
    answer = api.post("Backups/Pbx.Backup", {"description": {"Name": "weekly-2026-11-08.zip"}})
    assert answer.code == "Name XAPI.DUPLICATE"
    assert backup(Api(backup_running="accept"), "a.zip") == 204


def test_backups_may_overlap_when_switched() -> None:
    api = Api(backup_delay=10, backup_running="accept")
    assert (backup(api, "a.zip"), backup(api, "b.zip")) == (204, 204)
