# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queries: filters in both notations, fields with and without secrets, what is asked and what is shown."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS, catalog_for
from ansible_collections.tcx.pbx.plugins.module_utils._resources.calls_values import Values
from ansible_collections.tcx.pbx.plugins.module_utils._resources.querying import InvalidQuery, Query
from ansible_collections.tcx.pbx.plugins.module_utils._resources.querying_fields import harmless, listed
from ansible_collections.tcx.pbx.plugins.module_utils._resources.querying_filter import filter_text
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import NotFound
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.secrecy import HIDDEN, secret_name

NEWEST = catalog_for("20.0.10")


class Asked:
    """A PBX that answers every question with the same rows, and remembers the questions."""

    def __init__(self, *rows: Any) -> None:
        self.answer = list(rows)
        self.questions: list[tuple[str, dict[str, Any]]] = []

    def rows(self, path: str, **options: Any) -> list[Any]:
        self.questions.append((path, options))
        return self.answer[: options["limit"]]

    def value(self, path: str) -> Any:
        return self.get(path)

    def get(self, path: str, query: dict[str, Any] | None = None) -> Any:
        self.questions.append((path, {name: value for name, value in (query or {}).items() if value is not None}))
        if not self.answer:
            raise NotFound("not there", status=404)
        return self.answer[0]


def filtered(kind: str, given: Any) -> tuple[str, list[tuple[str, str]]]:
    values = Values(NEWEST)
    return filter_text(values, given, NEWEST.type(kind)), values.troubles


@pytest.mark.parametrize(
    ("kind", "given", "text"),
    [
        ("User", {"number": "100"}, "Number eq '100'"),
        ("User", {"Number": 100}, "Number eq '100'"),
        ("User", {"last_name": "O'Brien"}, "LastName eq 'O''Brien'"),
        ("User", {"id": 5, "is_registered": False}, "Id eq 5 and IsRegistered eq false"),
        ("User", {"mobile": None}, "Mobile eq null"),
        ("Peer", {"type": ["Queue", "ringgroup"]}, "(Type eq 'Queue' or Type eq 'RingGroup')"),
        ("Peer", {"type": ["Queue"], "id": [1, 2, 1]}, "Type eq 'Queue' and (Id eq 1 or Id eq 2)"),
        ("Peer", {"name": {"contains": "ber"}}, "contains(Name,'ber')"),
        ("Peer", {"id": {"ge": 5, "lt": 10}}, "Id ge 5 and Id lt 10"),
        ("Peer", {"name": {"startswith": ["A", "B"]}}, "(startswith(Name,'A') or startswith(Name,'B'))"),
        ("Peer", {"type": {"in": ["Queue", "IVR"]}}, "(Type eq 'Queue' or Type eq 'IVR')"),
        ("Peer", {"type": {"ne": ["Queue", "IVR"]}}, "Type ne 'Queue' and Type ne 'IVR'"),
        ("Peer", {"name": {"ne": None}}, "Name ne null"),
        ("Trunk", {"gateway": {"name": "Provider A"}}, "Gateway/Name eq 'Provider A'"),
        ("Trunk", {"gateway": {"name": {"endswith": "A"}, "port": 5060}},
         "endswith(Gateway/Name,'A') and Gateway/Port eq 5060"),
        ("BlocklistAddr", {"expires_at": {"lt": "2027-01-31T01:00:00+01:00"}}, "ExpiresAt lt 2027-01-31T00:00:00Z"),
        ("Holiday", {"time_of_start_date": "PT8H"}, "TimeOfStartDate eq duration'PT8H'"),
        ("User", "startsWith(Number,'1')", "startsWith(Number,'1')"),
        ("User", {}, ""),
        ("User", None, ""),
    ],
)  # fmt: skip
def test_filters(kind: str, given: Any, text: str) -> None:
    assert filtered(kind, given) == (text, [])


@pytest.mark.parametrize(
    ("given", "place", "words"),
    [
        ({"nubmer": "1"}, "filter.nubmer", "there is no such field; did you mean number"),
        ({"id": {"about": 5}}, "filter.id.about", "is no operator; there are eq, ne, gt, ge, lt, le, contains"),
        ({"id": {"contains": 5}}, "filter.id.contains", "works with text only"),
        ({"id": "x"}, "filter.id", '"x" is not a whole number'),
        ({"number": []}, "filter.number", "is an empty list, which nothing would match"),
        ({"srtp_mode": "loud"}, "filter.srtp_mode", "has to be one of"),
        ({"agent_settings": 5}, "filter.agent_settings", "has to be a dictionary of"),
        ({"phones": {"name": "x"}}, "filter.phones", "has to be given as OData text"),
        (["number"], "filter", "has to be a dictionary of fields, or OData text"),
    ],
)
def test_wrong_filters(given: Any, place: str, words: str) -> None:
    _text, troubles = filtered("User", given)
    assert [one for one, _words in troubles] == [place]
    assert words in troubles[0][1]


@pytest.mark.parametrize("version", VERSIONS)
def test_no_secret_of_any_type_is_asked_for(version: str) -> None:
    catalog = catalog_for(version)
    guarded = 0
    for one in [*catalog.sets.values(), *catalog.singletons.values()]:
        kind = catalog.type(one.type)
        secrets = {prop.name for prop in kind.properties.values() if prop.type == "string" and secret_name(prop.name)}
        if secrets:
            guarded += 1
            assert not secrets & set(harmless(kind))
            assert harmless(kind)
    assert guarded >= 8


def test_a_query_of_users_asks_for_all_but_secrets() -> None:
    pbx = Asked({"Id": 29, "Number": "100", "AuthPassword": "x", "Phones": [{"ProvisioningLinkExt": "y", "Name": "z"}]})
    assert Query(set="users").ask(pbx, NEWEST) == [{"id": 29, "number": "100", "phones": [{"name": "z"}]}]
    ((path, options),) = pbx.questions
    assert path == "Users"
    assert {"Number", "PinProtected", "VMEnabled", "DisplayName"} <= set(options["select"])
    hidden = {"AuthPassword", "VMPIN", "DeskphonePassword", "AccessPassword", "SIPID", "Phones", "Groups"}
    assert not hidden & set(options["select"])


def test_a_secret_that_is_named_is_asked_for_and_shown() -> None:
    pbx = Asked({"Id": 29, "VMPIN": "1234", "AuthPassword": "x"})
    assert Query(set="Users", select=("vmpin",)).ask(pbx, NEWEST) == [{"vmpin": "1234"}]
    assert pbx.questions[0][1]["select"] == ("VMPIN", "Id")


def test_a_secret_within_an_expansion_has_to_be_named_there() -> None:
    row = {"Id": 29, "Phones": [{"MacAddress": "00", "ProvisioningLinkExt": "https://x"}]}
    plain, named = Asked(row), Asked(row)
    found = Query(set="Users", select=("id",), expand=["phones"]).ask(plain, NEWEST)
    assert found == [{"id": 29, "phones": [{"mac_address": "00"}]}]
    assert "ProvisioningLink" not in plain.questions[0][1]["expand"]
    inner = {"phones": {"select": ["mac_address", "provisioning_link_ext"]}}
    found = Query(set="Users", select=("id",), expand=inner).ask(named, NEWEST)
    assert found == [{"id": 29, "phones": [{"mac_address": "00", "provisioning_link_ext": "https://x"}]}]
    assert named.questions[0][1]["expand"] == "Phones($select=MacAddress,ProvisioningLinkExt)"


def test_the_value_of_a_parameter_that_is_called_like_a_secret_is_hidden() -> None:
    pbx = Asked({"Name": "SMTP_PASSWORD", "Value": "x", "Id": 1}, {"Name": "LOCALE", "Value": "de", "Id": 2})
    found = Query(set="Parameters", select=("name", "value")).ask(pbx, NEWEST)
    assert found == [{"name": "SMTP_PASSWORD", "value": HIDDEN}, {"name": "LOCALE", "value": "de"}]


def test_nothing_is_selected_where_nothing_is_secret() -> None:
    pbx = Asked()
    Query(set="Peers").ask(pbx, NEWEST)
    assert pbx.questions == [("Peers", {
        "select": (), "filter": "", "expand": "", "orderby": "Id", "search": None, "limit": None, "keyed": True,
    })]  # fmt: skip


def test_expansions_in_all_notations() -> None:
    pbx = Asked()
    given = {"groups": {"select": ["name"], "filter": {"name": "Berlin"}, "expand": ["rights"]}}
    Query(set="Queues", expand=given).ask(pbx, NEWEST)
    Query(set="Queues", expand="agents, Groups($expand=Rights;$select=Id,Name)").ask(pbx, NEWEST)
    Query(set="Queues", expand=["Agents"]).ask(pbx, NEWEST)
    assert [options["expand"] for _path, options in pbx.questions] == [
        "Groups($select=Name;$filter=Name eq 'Berlin';$expand=Rights)",
        "Agents,Groups($expand=Rights;$select=Id,Name)",
        "Agents",
    ]


def test_text_with_commas_is_a_list_outside_parentheses() -> None:
    assert listed("a, b(c,d(e,f)),g") == ["a", "b(c,d(e,f))", "g"]
    assert listed(None) == []


def test_order_ends_with_the_key_so_that_pages_fit_together() -> None:
    pbx = Asked()
    Query(set="Users", orderby=("last_name", "Number desc")).ask(pbx, NEWEST)
    Query(set="Users", orderby=("id desc",)).ask(pbx, NEWEST)
    Query(set="Backups").ask(pbx, NEWEST)
    orders = [options["orderby"] for _path, options in pbx.questions]
    assert orders == ["LastName,Number desc,Id", "Id desc", "FileName"]


def test_an_entity_by_its_key() -> None:
    pbx = Asked({"@odata.context": "x", "Id": 29, "Number": "100"})
    assert Query(set="Users", key="29", select=("number",)).ask(pbx, NEWEST) == [{"id": 29, "number": "100"}]
    assert pbx.questions == [("Users(29)", {"$select": ["Number"]})]


def test_an_entity_that_is_not_there_is_no_item() -> None:
    assert Query(set="Users", key=29).ask(Asked(), NEWEST) == []


def test_a_key_is_looked_up_with_the_fields_given() -> None:
    pbx = Asked({"Id": 29})
    Query(set="Users/Groups", key={"number": "100"}).ask(pbx, NEWEST)
    first, second = pbx.questions
    assert (first[0], first[1]["filter"], first[1]["select"], first[1]["limit"]) == (
        "Users", "Number eq '100'", ("Id",), 2,
    )  # fmt: skip
    assert second[0] == "Users(29)/Groups"


@pytest.mark.parametrize("entity_set", ["Users", "Peers"])
def test_an_alternate_key_saves_the_looking_up(entity_set: str) -> None:
    pbx = Asked({"Id": 29, "Number": "100"})
    query = Query(set=entity_set, key={"number": 100}, select=("id",))
    assert query.ask(pbx, NEWEST) == [{"id": 29, "number": "100"}]
    assert pbx.questions == [(f"{entity_set}(Number='100')", {"$select": ["Id"]})]
    with pytest.raises(InvalidQuery, match=f"key: there is nothing in {entity_set} with number 100"):
        query.ask(Asked(), NEWEST)


def test_versions_without_alternate_keys_are_asked_for_the_key_first() -> None:
    pbx = Asked({"Id": 29, "Number": "100"})
    Query(set="Users", key={"number": "100"}).ask(pbx, catalog_for("20.0.7"))
    assert [path for path, _options in pbx.questions] == ["Users", "Users(29)"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [((), "there is nothing in Users with number 100"), (({"Id": 1}, {"Id": 2}), "more than one entity in Users has")],
)
def test_a_key_that_fits_none_or_many(rows: tuple[Any, ...], words: str) -> None:
    with pytest.raises(InvalidQuery, match=f"key: {words}"):
        Query(set="Users/Groups", key={"number": "100"}).ask(Asked(*rows), NEWEST)


def test_a_set_that_cannot_be_read_by_key_is_filtered_by_it() -> None:
    pbx = Asked({"FileName": "a.zip", "Size": 5})
    assert Query(set="Backups", key="a.zip", select=("size",)).ask(pbx, NEWEST) == [{"size": 5}]
    assert (pbx.questions[0][0], pbx.questions[0][1]["filter"]) == ("Backups", "FileName eq 'a.zip'")


def test_a_singleton_is_one_item() -> None:
    pbx = Asked({"FQDN": "pbx.example.com", "LicenseKey": "x"})
    assert Query(set="system_status").ask(pbx, NEWEST) == [{"fqdn": "pbx.example.com"}]
    assert "LicenseKey" not in pbx.questions[0][1]["$select"]


def test_a_report_is_read_without_a_key() -> None:
    pbx = Asked({"Calls": 1}, {"Calls": 1})
    call = {"period_from": "2026-01-01T00:00:00Z", "period_to": "2026-02-01T00:00:00Z", "ring_group_dns": "810"}
    found = Query(function="ReportRingGroupStatistics/GetRingGroupStatisticsData", parameters=call).ask(pbx, NEWEST)
    assert len(found) == 2
    ((path, options),) = pbx.questions
    assert path == (
        "ReportRingGroupStatistics/Pbx.GetRingGroupStatisticsData(periodFrom=2026-01-01T00:00:00Z"
        ",periodTo=2026-02-01T00:00:00Z,ringGroupDns='810')"
    )
    assert (options["orderby"], options["keyed"]) == ("", False)


def test_plain_values_come_page_by_page() -> None:
    class Pages(Asked):
        def get(self, path: str, query: dict[str, Any] | None = None) -> Any:
            super().get(path, query)
            skip = (query or {}).get("$skip") or 0
            return {"value": [f"eth{number}" for number in range(250)][skip : skip + 100]}

    pbx = Pages("x")
    found = Query(function="NetworkSettings/GetIfaces").ask(pbx, NEWEST)
    assert [item["value"] for item in found] == [f"eth{number}" for number in range(250)]
    assert [query for _path, query in pbx.questions] == [
        {"$top": 100},
        *({"$top": 100, "$skip": n} for n in (100, 200)),
    ]
    assert len(Query(function="NetworkSettings/GetIfaces", limit=3).ask(pbx, NEWEST)) == 3


def test_a_function_that_answers_with_one_thing_or_a_plain_value() -> None:
    one = Query(function="Backups/GetCanCreateBackup").ask(Asked({"@odata.context": "x", "value": True}), NEWEST)
    assert one == [{"value": True}]
    bare = Query(function="SystemStatus/GetRemoteAccessStatus").ask(Asked("Requested"), NEWEST)
    assert bare == [{"value": "Requested"}], "the contract has no envelope here"
    many = Query(function="GetUpdateSettings").ask(Asked({"AutoUpdateEnabled": True}), NEWEST)
    assert many == [{"auto_update_enabled": True}]


def test_fields_of_what_a_function_answers_with_are_chosen_here() -> None:
    """The contract offers no $select for one thing that a function answers with."""
    row = {"EncryptBackup": True, "EncryptBackupPassword": "hush", "ScheduleEnabled": False}
    pbx = Asked(row)
    shown = Query(function="Backups/GetBackupSettings").ask(pbx, NEWEST)
    assert shown == [{"encrypt_backup": True, "schedule_enabled": False}]
    assert pbx.questions == [("Backups/Pbx.GetBackupSettings()", {})]
    some = Query(function="Backups/GetBackupSettings", select=("rotation", "schedule/day")).ask(
        Asked({**row, "Rotation": 3, "Schedule": {"Day": "Monday"}}), NEWEST
    )
    assert some == [{"rotation": 3, "schedule": {"day": "Monday"}}]


def test_fields_of_lists_that_take_filters_only_are_chosen_here_too() -> None:
    pbx = Asked({"Code": "en", "Name": "English"})
    function = "VoicemailSettings/GetTranscribeLanguages"
    assert Query(function=function, select=("code",), limit=5).ask(pbx, NEWEST) == [{"code": "en"}]
    ((_path, options),) = pbx.questions
    assert (options["select"], options["orderby"], options["limit"]) == ((), "", 5)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (Query(function="GetUpdateSettings", expand=["schedule"]), "expand.schedule: .*; expand: is not taken by this"),
        (Query(function="Backups/GetFailoverScripts", orderby=("filename",)), "orderby: is not taken by this function"),
        (Query(set="Holidais"), 'set: "Holidais" is no set or singleton of the XAPI; did you mean Holidays'),
        (Query(set="ActivityLog"), "use function with ActivityLog/Pbx.GetFilter or ActivityLog/Pbx.GetLogs"),
        (Query(set="Users/Phonse", key=1), "Users has nothing called Phonse to go on to; there are Groups"),
        (Query(set="Users/Groups"), "set: Users/Groups needs a key: whose Groups are meant?"),
        (Query(set="SystemStatus", key=1), "SystemStatus is one thing and has no key"),
        (Query(set="Services", key=1), "Services has no keys; use a filter"),
        (
            Query(set="CrmTemplates"),
            "CrmTemplates cannot be listed; use function with CrmTemplates/Pbx.GeCrmtTemplates",
        ),
        (Query(set="Users", key="x"), 'key: "x" is not a whole number'),
        (Query(set="Peers", key=5), "Peers has no keys; use a filter"),
        (Query(set="Peers", key={"name": "Sales"}), "Peers has no keys; use a filter"),
        (Query(set="Users", key={"nubmer": "1"}), "key.nubmer: there is no such field; did you mean number"),
        (Query(set="Users", key={}), "key: is an empty dictionary"),
        (Query(set="Users", parameters={"a": 1}), "parameters: are for functions"),
        (Query(set="Users", limit=0), "limit: has to be 1 or more"),
        (Query(set="Users", key=1, orderby=("id",)), "orderby: is for lists, and this is one thing"),
        (Query(set="SystemStatus", filter={"version": "20"}), "filter: is for lists"),
        (Query(set="Users", select=("nmae",)), r"select\[0\] \(nmae\): there is no such field"),
        (Query(set="Users", select=("number/name",)), "number/name: Number has no fields"),
        (Query(set="Users", orderby=("id upwards",)), r'orderby\[0\]: "upwards" is no direction'),
        (Query(set="Users", expand=["number"]), "expand.number: is always there and cannot be expanded"),
        (Query(set="Users", expand={"groups": {"top": 5}}), "has to be a dictionary of select, filter and expand"),
        (Query(function="Users/BatchDelete"), "function: Users/Pbx.BatchDelete is for tcx_action"),
        (Query(function="Users/GetPhoneSecret", key=1), "function: .* is for tcx_action"),
        (Query(function="CallFlowApps/GetFiles"), r"key: is needed by CallFlowApps\(#\)/Pbx.GetFiles"),
        (Query(function="GetUpdates", key=1), "key: GetUpdates takes none"),
        (Query(function="Parameters/GetParameterByName"), "parameters.name: is needed by"),
        (Query(function="Usrs/Nothing"), "function: .* is no action or function"),
    ],
)
def test_what_cannot_be_asked_is_told_before_anything_is_asked(query: Query, words: str) -> None:
    pbx = Asked({"Id": 1})
    with pytest.raises(InvalidQuery, match=words):
        query.ask(pbx, NEWEST)
    assert not pbx.questions


def test_a_set_that_this_version_lacks_is_told_with_the_versions_that_have_it() -> None:
    with pytest.raises(InvalidQuery, match=r"Holidays exists from 20\.0\.6 on; this PBX is 20\.0\.4"):
        Query(set="Holidays").ask(Asked(), catalog_for("20.0.4"))


@pytest.mark.parametrize("version", VERSIONS)
def test_every_set_singleton_and_navigation_can_be_asked(version: str) -> None:
    catalog = catalog_for(version)
    for name, one in catalog.sets.items():
        if "list" in one.verbs:
            Query(set=name, limit=1).ask(Asked(), catalog)
        for navigation in one.navigations:
            pbx = Asked()
            Query(set=f"{name}/{navigation}", key=1 if one.key_type != "string" else "a").ask(pbx, catalog)
            assert pbx.questions[0][0].endswith(f")/{navigation}")
    for name in catalog.singletons:
        Query(set=name).ask(Asked({"Id": 1}), catalog)
