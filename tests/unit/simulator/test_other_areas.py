# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Smaller areas: each changes what it says it changes, and refuses what it should."""

from __future__ import annotations

import pytest

from tests.unit.simulator.api import Api


def test_a_licence_key_and_a_partner(api: Api) -> None:
    assert api.post("LicenseStatus/Pbx.ReplaceLicenseKey", {"licenseKey": "NEW"}).status == 204
    assert api.get("LicenseStatus").json["LicenseKey"] == "NEW"
    assert api.post("LicenseStatus/Pbx.ReplaceLicenseKey", {"licenseKey": ""}).code == "licenseKey XAPI.REQUIRED"
    api.post("LicenseStatus/Pbx.LinkPartner", {"resellerId": "7"})
    assert api.get("LicenseStatus").json["ResellerName"] == "Partner 7"
    api.post("LicenseStatus/Pbx.UnlinkPartner")
    assert "ResellerName" not in api.get("LicenseStatus").json
    api.post("LicenseStatus/Pbx.EditLicenseInfo", {"licenseParams": {"Phone": "+4989555"}})
    assert api.get("LicenseStatus").json["Telephone"] == "+4989555"
    assert api.get("Defs/Pbx.GetLicenseParameters()").json["IsEnterprise"] is True
    api.pbx.switches.set({"license_keys": "refuse"})
    assert api.post("LicenseStatus/Pbx.ReplaceLicenseKey", {"licenseKey": "X"}).code == "licenseKey LICENSE_NOT_FOUND"


def test_a_department_has_a_partner_and_restrictions(api: Api) -> None:
    sales = api.id_of("Groups", "Sales")
    api.post("Groups/Pbx.LinkGroupPartner", {"groupId": str(sales), "resellerId": "9"})
    assert api.get(f"Groups({sales})").json["Props"]["ResellerName"] == "Partner 9"
    users = api.get(f"Groups({sales})/Pbx.GetRestrictions()").json["Users"]
    assert users == {"Unlimited": True, "Used": 4}


def test_modes_show_where_they_are_asked_for(api: Api) -> None:
    api.post("SystemStatus/Pbx.SetChatLogStatus", {"enable": False})
    api.post("SystemStatus/Pbx.SetMultiCompanyMode", {"enable": True})
    assert api.get("SystemStatus").json["IsChatLogEnabled"] is False
    parameters = api.get("Defs/Pbx.GetSystemParameters()").json
    assert (parameters["IsMulticompanyMode"], parameters["IsChatLogEnabled"]) == (True, False)
    assert api.post("SystemStatus/Pbx.StartDBMaintenance").status == 204
    assert api.get("SystemStatus").json["DBMaintenanceInProgress"] is True
    api.pbx.clock.advance(1.5)
    assert api.get("SystemStatus").json["DBMaintenanceInProgress"] is False


def test_remote_access_is_asked_for_and_revoked(api: Api) -> None:
    status = "SystemStatus/Pbx.GetRemoteAccessStatus()"
    api.get("SystemStatus/Pbx.GetRequestHelpLink(grantPeriodDays=3)")
    assert api.get(status).json == "Requested"
    api.post("SystemStatus/Pbx.RevokeRemoteAccess")
    assert api.get(status).json == "None"


def test_the_firewall_check_runs_for_a_while(api: Api) -> None:
    assert api.post("Firewall/Pbx.StartCheck").status == 204
    assert api.get("Firewall").json["Running"] is True
    api.pbx.clock.advance(1.5)
    assert api.get("Firewall").json["Running"] is False
    assert api.get("Firewall/Pbx.GetLastResult()").json["value"] is True
    api.pbx.switches.set({"firewall_passes": "off"})
    assert api.get("SystemStatus/Pbx.SystemHealthStatus()").json["Firewall"] is False


@pytest.mark.parametrize("version", ["20.0.4", "20.0.10"])
def test_conference_servers_come_and_go(version: str) -> None:
    api = Api(version)
    path = "ConferenceSettings/Pbx.UpdateMCURequestStatus"
    assert api.post(path, {"request": {"Operation": "Create"}}).status == 204
    guid = api.get("ConferenceSettings/Pbx.GetMCURequestStatus()").json["McuId"]
    assert [row["Guid"] for row in api.get("ConferenceSettings/Pbx.GetMCURows()").value] == [guid]
    assert api.post(path, {"request": {"Operation": "Delete", "McuId": guid}}).status == 204
    assert api.get(f"ConferenceSettings/Pbx.GetMCURow(guid='{guid}')").status == 404
    assert api.post(path, {"request": {"Operation": "Delete", "McuId": guid}}).code == "McuId XAPI.NOT_FOUND"


@pytest.mark.parametrize("version", ["20.0.8", "20.0.10"])
def test_transcription_servers_come_and_go(version: str) -> None:
    api = Api(version)

    def guids() -> list[str]:
        found = api.get("VoicemailSettings/Pbx.GetConfiguredConverters()").json
        return [row["Guid"] for row in found.get("value") or found.get("ConfiguredServers") or []]

    assert api.post("VoicemailSettings/Pbx.CreateConverterConfiguration").status == 204
    (guid,) = guids()
    assert api.post("VoicemailSettings/Pbx.DeleteConverterConfiguration", {"id": guid}).status == 204
    assert guids() == []
    assert api.get("VoicemailSettings").json["UsedSpace"] > 0
    api.post("VoicemailSettings/Pbx.DeleteAllUserVoicemails")
    assert api.get("VoicemailSettings").json["UsedSpace"] == 0


def test_vector_stores_hold_files_and_page(api: Api) -> None:
    def files(after: str = "") -> dict[str, object]:
        path = f"AISettings/Pbx.GetVectorStoreFiles(id='{key}',limit=2,after='{after}')"
        answer: dict[str, object] = api.get(path).json
        return answer

    key = api.post("AISettings/Pbx.CreateVectorStore", {"model": {"Name": "Handbook"}}).json["Id"]
    api.post("AISettings/Pbx.AddVectorStoreFiles", {"model": {"VectorId": key, "FileIds": ["a", "b", "c"]}})
    assert (files()["HasMore"], files()["LastId"], files("b")["FirstId"]) == (True, "b", "c")
    changed = api.post("AISettings/Pbx.UpdateVectorStore", {"model": {"Id": key, "Name": "Manual"}}).json
    assert (changed["Name"], changed["FilesTotal"]) == ("Manual", 3)
    deletion = {"model": {"VectorId": key, "FileIds": ["a", "x"]}}
    results = api.post("AISettings/Pbx.BatchDeleteFiles", deletion).value
    assert [row["Status"] for row in results] == ["deleted", "failed"]
    assert api.post("AISettings/Pbx.DeleteVectorStore", {"id": key}).status == 204
    assert api.get(f"AISettings/Pbx.GetVectorStore(id='{key}')").status == 404


def test_properties_of_a_number(api: Api) -> None:
    body = {"dnNumber": "101", "property": {"Name": "ROOM", "Value": "4"}}
    assert api.post("DNProperties/Pbx.UpdateDNProperty", body).code == "Name XAPI.NOT_FOUND"
    assert api.post("DNProperties/Pbx.CreateDNProperty", body).status == 204
    assert api.post("DNProperties/Pbx.CreateDNProperty", body).code == "Name XAPI.ALREADY_IN_USE"
    path = "DNProperties/Pbx.GetDNPropertyByName(dnNumber='101',name='ROOM')"
    assert api.get(path).json["Value"] == "4"
    assert api.post("DNProperties/Pbx.DeleteDNProperty", {"dnNumber": "101", "propertyName": "ROOM"}).status == 204
    assert api.get(path).status == 404
    assert api.post("DNProperties/Pbx.CreateDNProperty", {**body, "dnNumber": "9"}).code == "dnNumber XAPI.NOT_FOUND"


def test_links_are_unique(api: Api) -> None:
    assert api.post("WebsiteLinks", {"Link": "sales"}).code == "Link XAPI.ALREADY_IN_USE"
    assert api.post("WebsiteLinks", {}).code == "Link XAPI.REQUIRED"
    taken = {"model": {"FriendlyName": "sales", "Pair": ""}}
    assert api.post("WebsiteLinks/Pbx.ValidateLink", taken).code == "Link XAPI.ALREADY_IN_USE"
    assert api.get("WebsiteLinks('sales')?$expand=DN").json["DN"]["Name"] == "Sales"
    assert api.post("WebsiteLinks/Pbx.BulkLinksDelete", {"ids": ["sales"]}).status == 204
    assert api.post("WebsiteLinks/Pbx.ValidateLink", taken).status == 204


def test_templates_of_the_vendor_are_fixed(api: Api) -> None:
    path = "PhoneTemplates('example.ph.xml')"
    assert api.patch(path, {"Content": "x"}).code == "Id XAPI.FORBIDDEN_CHANGE"
    assert api.delete(path).code == "Id XAPI.FORBIDDEN_CHANGE"
    assert api.patch("PhoneTemplates('own.ph.xml')", {"Content": "x"}).status == 204
    assert api.delete("PhoneTemplates('own.ph.xml')").status == 204
    assert Api(template_built_in="accept").delete(path).status == 204


def test_a_mail_template_goes_back_to_the_factory(api: Api) -> None:
    path = "EmailTemplate('welcome.html')"
    assert api.patch(path, {"Subject": "Hello"}).status == 204
    assert api.get(path).json["IsDefault"] is False
    assert api.post(f"{path}/Pbx.SetDefault").status == 204
    answer = api.get(path).json
    assert (answer["Subject"], answer["IsDefault"]) == ("Your extension", True)


def test_tokens_are_revoked_and_go_with_their_client(api: Api) -> None:
    assert api.post("SecurityTokens(2)/Pbx.RevokeToken").status == 204
    assert api.rows("SecurityTokens")[1]["ReasonRevoked"] == "Manual"
    (client,) = api.rows("OAuthClients?$expand=RefreshTokens")
    assert [row["Id"] for row in client["RefreshTokens"]] == [1]
    assert api.delete(f"OAuthClients({client['Id']})").status == 204
    assert [row["Id"] for row in api.rows("SecurityTokens")] == [2]
    api.pbx.switches.set({"revoked_tokens": "vanish"})
    api.post("SecurityTokens(2)/Pbx.RevokeToken")
    assert api.rows("SecurityTokens") == []


def test_devices_and_firmware(api: Api) -> None:
    user = api.id_of("Users", "101")
    assert api.post("DeviceInfos(1)/Pbx.Provision", {"reprovision": False, "userId": user}).status == 204
    assert api.get("DeviceInfos(1)").json["AssignedUser"] == "101"
    body = {"firmwareId": "example-d1-1.1"}
    assert api.post("SipDevices(1)/Pbx.PushFirmware", body).status == 204
    phone = api.get("Users/Pbx.GetPhoneRegistrar(mac='00155D000301')").json
    assert phone["FirmwareVersion"] == "1.1"
    before = api.rows("Fxs")[0]["Password"]
    assert api.post("Fxs('00155D000201')/Pbx.RegenerateWebCredentials").json["Password"] != before
    assert api.get("Firmwares/Pbx.GetFirmwareState()").json["Count"] == 2
    api.post("Firmwares/Pbx.CleanUp")
    assert api.get("Firmwares/Pbx.GetFirmwareState()").json["Count"] == 0
    assert api.post("SipDevices(1)/Pbx.PushFirmware", body).code == "firmwareId XAPI.NOT_FOUND"


def test_one_action_writes_costs_and_places(api: Api) -> None:
    costs = [
        {"Id": 0, "Prefix": "0049", "Rate": 0.5},
        {"Id": 0, "Prefix": "0033", "Rate": 0.25, "CountryName": "France"},
    ]
    assert api.post("CallCostSettings/Pbx.UpdateCost", {"costs": costs}).status == 204
    assert [(row["Prefix"], row["Rate"]) for row in api.rows("CallCostSettings?$orderby=Id")] == [
        ("0049", 0.5),
        ("0044", 0.03),
        ("0033", 0.25),
    ]
    places = [{"Id": "a", "FriendlyName": "Annex"}]
    assert api.post("EmergencyGeoLocations/Pbx.Update", {"locations": places}).status == 200
    assert [row["Id"] for row in api.rows("EmergencyGeoLocations")] == ["a"]


def test_trunks_of_a_provider_and_their_registration(api: Api) -> None:
    body = {"model": {"Name": "Cloud", "PhoneNumbers": [{"Sid": "1", "PhoneNumber": "+491555010077"}]}}
    made = api.post("Trunks/Pbx.FinalizeTrunkProvisioning", body).json
    assert made["DidNumbers"] == ["+491555010077"]
    assert api.post("Trunks/Pbx.RefreshRegistration", {"id": made["Id"]}).status == 204
    assert api.get(f"Trunks({made['Id']})").json["IsOnline"] is True
    assert api.post("Trunks/Pbx.RefreshRegistration", {"id": 999}).code == "id XAPI.NOT_FOUND"
    assert api.get("Trunks/Pbx.InitSlaveBridge()").json["Gateway"]["Type"] == "BridgeSlave"
    assert api.get(f"Trunks({made['Id']})/Pbx.ExportTrunk()").headers["content-type"] == "application/xml"


def test_faxes_take_space_until_they_are_cleaned_up(api: Api) -> None:
    assert api.get("FaxServerSettings/Pbx.GetFaxFilesSize()").json["value"] == 360_000
    api.post("FaxServerSettings/Pbx.CleanUpFax")
    assert api.get("FaxServerSettings/Pbx.GetFaxFilesSize()").json["value"] == 0


def test_limits_of_the_licence() -> None:
    api = Api(limit_trunks=3, limit_sbcs=1)
    assert api.post("Trunks", {"Gateway": {"Name": "More"}}).code == "Number XAPI.TOO_MANY_TRUNKS"
    assert api.post("Sbcs", {"Name": "more"}).code == "Name XAPI.TOO_MANY_SBC"


def test_settings_can_drift_behind_the_api(api: Api) -> None:
    changes = {"LoggingSettings": {"KeepLogsDays": 3}, "BackupSettings": {"Rotation": 9}, "ConsoleRestrictions": {}}
    assert api.control("PATCH", "state", changes).status == 200
    assert api.get("LoggingSettings").json["KeepLogsDays"] == 3
    assert api.get("Backups/Pbx.GetBackupSettings()").json["Rotation"] == 9
    assert api.patch("ConsoleRestrictions", {"MyIpAddress": "1"}).status == 204
    assert api.get("ConsoleRestrictions").json["MyIpAddress"] == "127.0.0.1"
