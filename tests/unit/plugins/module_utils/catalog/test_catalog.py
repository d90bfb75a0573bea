# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is offered on which version, as asked of the catalog."""

from __future__ import annotations

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import (
    VERSIONS,
    Catalog,
    Property,
    catalog_for,
    since,
)
from ansible_collections.tcx.pbx.plugins.module_utils._catalog.names import snake

OPERATIONS = {
    "20.0.4": 526,
    "20.0.5": 531,
    "20.0.6": 547,
    "20.0.7": 566,
    "20.0.8": 571,
    "20.0.9": 590,
    "20.0.10": 601,
}
SCALARS = {
    *("string", "int32", "int64", "decimal", "double", "float", "boolean"),
    *("datetime", "date", "time", "duration", "uuid", "binary", "object"),
}


@pytest.fixture(params=VERSIONS)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return catalog_for(request.param)


@pytest.fixture
def newest() -> Catalog:
    return catalog_for(VERSIONS[-1])


def properties_of(catalog: Catalog) -> list[Property]:
    """Everything that has a type."""
    found = [prop for one in catalog.types.values() for prop in one.properties.values()]
    for call in catalog.calls.values():
        found += [*call.parameters.values(), *([call.result] if call.result else [])]
    return found


def test_the_operations_of_each_version() -> None:
    assert {version: len(set(catalog_for(version).operations())) for version in VERSIONS} == OPERATIONS


def test_operations_are_written_as_in_the_contract(newest: Catalog) -> None:
    operations = newest.operations()
    assert list(operations) == sorted(operations)
    for operation in (
        "POST /Parkings",
        "GET /Parkings(Number={Number})",
        "DELETE /Backups({FileName})",
        "GET /Users({Id})/Groups",
        "GET /MyUser/Greetings",
        "PATCH /MailSettings",
        "POST /Users({Id})/Pbx.Regenerate",
        "GET /Backups/Pbx.GetBackupSettings()",
        "GET /Users/Pbx.DownloadGreeting(userId={userId},fileName={fileName})",
        "GET /GetUpdateDetails(key={key},id={id})",
        "POST /PurgeCalls",
    ):
        assert operation in operations


@pytest.mark.parametrize(
    ("version", "known"),
    [
        ("20.0.4", "20.0.4"),
        ("20.0.9", "20.0.9"),
        ("20.0.10.1234", "20.0.10"),
        ("20.0.11", "20.0.10"),
        ("20.1.0.5", "20.0.10"),
        ("21.0.0", "20.0.10"),
    ],
)
def test_the_catalog_of_a_version(version: str, known: str) -> None:
    assert catalog_for(version).version == known
    assert catalog_for(version) is catalog_for(known)


@pytest.mark.parametrize(
    ("version", "part"),
    [("20.0.3.900", "older than 20.0.4"), ("18.0.9", "older"), ("", "no version"), ("20.0", "no version")],
)
def test_no_catalog_of_what_is_old_or_no_version(version: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        catalog_for(version)


def test_a_set(newest: Catalog) -> None:
    users = newest.sets["Users"]
    assert (users.type, users.key, users.key_type) == ("User", "Id", "int32")
    assert users.verbs == {"list", "get", "create", "update", "delete"}
    assert users.alternate_key == "Number"
    assert users.navigations == ("Groups", "ForwardingProfiles", "Greetings")


def test_sets_that_offer_less(newest: Catalog) -> None:
    assert newest.sets["Backups"].verbs == {"list", "delete"}
    assert newest.sets["Backups"].key == "FileName"
    assert newest.sets["Services"].key is None
    assert newest.sets["Services"].verbs == {"list"}
    # Nothing but an action is offered for one of these, and its path has the key.
    assert newest.sets["ActiveCalls"].key == "Id"


def test_the_number_of_full_sets_and_of_settings(newest: Catalog) -> None:
    full = [one for one in newest.sets.values() if len(one.verbs) == 5]
    settings = [one for one in newest.singletons.values() if "update" in one.verbs]
    assert (len(full), len(settings)) == (26, 37)


def test_keys_are_properties_of_their_type(catalog: Catalog) -> None:
    for one in catalog.sets.values():
        for key in filter(None, (one.key, one.alternate_key)):
            assert key in catalog.type(one.type).properties, one.name


def test_navigations_are_properties_of_their_type(catalog: Catalog) -> None:
    for one in [*catalog.sets.values(), *catalog.singletons.values()]:
        for navigation in one.navigations:
            assert catalog.type(one.type).properties[navigation].navigation, one.name


def test_alternate_keys_came_with_20_0_8() -> None:
    assert catalog_for("20.0.7").sets["Parkings"].alternate_key is None
    assert catalog_for("20.0.8").sets["Parkings"].alternate_key == "Number"


def test_a_singleton(newest: Catalog) -> None:
    mail = newest.singletons["MailSettings"]
    assert (mail.type, mail.verbs, mail.navigations) == ("MailSettings", {"get", "update"}, ())
    assert newest.singletons["LicenseStatus"].verbs == {"get"}
    assert not set(newest.sets) & set(newest.singletons)


def test_an_inherited_property_comes_first(newest: Catalog) -> None:
    names = list(newest.type("Parking").properties)
    assert names == list(newest.type("DN").properties)
    assert list(newest.type("User").properties)[: len(names)] == names


def test_properties(newest: Catalog) -> None:
    user = newest.type("User").properties
    assert user["EmailAddress"] == Property("EmailAddress", "string", nullable=True)
    assert user["Groups"] == Property("Groups", "UserGroup", collection=True, navigation=True)
    assert newest.type("OutboundRule").properties["GroupNames"] == Property(
        "GroupNames", "string", collection=True, read_only=True
    )
    assert newest.type("CallCostSettings").properties["Rate"] == Property("Rate", "float", nullable=True)


def test_a_property_by_its_option(newest: Catalog) -> None:
    mask = newest.type("BlocklistAddr").by_option("ip_addr_mask")
    assert mask is not None
    assert (mask.name, mask.option) == ("IPAddrMask", "ip_addr_mask")
    assert newest.type("BlocklistAddr").by_option("IPAddrMask") is None


def test_options_and_properties_are_one_to_one(catalog: Catalog) -> None:
    for one in catalog.types.values():
        for prop in one.properties.values():
            assert one.by_option(snake(prop.name)) is prop, f"{one.name}.{prop.name}"
    for call in catalog.calls.values():
        assert len({prop.option for prop in call.parameters.values()}) == len(call.parameters), call.route


def test_every_type_that_is_named_is_known(catalog: Catalog) -> None:
    used = {prop.type for prop in properties_of(catalog)} - SCALARS
    assert len(used) > 100
    assert {name for name in used if name not in catalog.types and catalog.enum(name) is None} == set()


def test_an_enumeration(newest: Catalog) -> None:
    assert newest.enum("ContactSource") == ("3CX", "CRM", "Google", "M365")
    # A careless reader of YAML makes False of this No.
    assert newest.enum("AuthenticationType") == ("No", "Basic", "Scenario")
    assert newest.is_flags("TranscriptionType")
    assert "*" not in (newest.enum("TranscriptionType") or ())
    assert not newest.is_flags("ContactSource")
    assert newest.enum("User") is None


def test_a_bound_action(newest: Catalog) -> None:
    call = newest.calls["Users(#)/Pbx.Regenerate"]
    assert (call.kind, call.bound, call.owner, call.name) == ("action", "entity", "Users", "Pbx.Regenerate")
    assert call.result is None
    assert [(prop.name, prop.type) for prop in call.parameters.values()] == [("opts", "RegenerateOptions")]


@pytest.mark.parametrize(
    ("route", "bound", "owner"),
    [
        ("Backups/Pbx.Backup", "set", "Backups"),
        ("ActivityLog/Pbx.PurgeLogs", "set", "ActivityLog"),
        ("MailSettings/Pbx.TestEmail", "singleton", "MailSettings"),
        ("GetUpdates", "", ""),
    ],
)
def test_what_a_call_is_bound_to(newest: Catalog, route: str, bound: str, owner: str) -> None:
    call = newest.calls[route]
    assert (call.bound, call.owner) == (bound, owner)


def test_parameters_keep_their_order_on_each_version() -> None:
    route = "ActivityLog/Pbx.GetLogs"
    assert list(catalog_for("20.0.5").calls[route].parameters) == [
        *("startDate", "endDate", "extension", "call", "search", "severity", "top", "skip")
    ]
    assert list(catalog_for("20.0.6").calls[route].parameters) == [
        *("startDate", "endDate", "extension", "call", "severity")
    ]


def test_results(newest: Catalog) -> None:
    assert newest.calls["ActivityLog/Pbx.GetLogs"].result == Property("", "ActivityLogEvent", collection=True)
    assert newest.calls["HasDebianUpgrade"].result == Property("", "boolean")
    assert newest.calls["Backups/Pbx.Backup"].result is None


def test_query_options_and_files(newest: Catalog) -> None:
    logs = newest.calls["ActivityLog/Pbx.GetLogs"]
    assert (logs.queryable, logs.media) == (True, "")
    assert not newest.calls["GetUpdates"].queryable
    languages = newest.calls["VoicemailSettings/Pbx.GetTranscribeLanguages"]
    assert (logs.selectable, languages.queryable, languages.selectable) == (True, True, False)
    assert newest.calls["Recordings/Pbx.DownloadRecording"].media == "*/*"


def test_since() -> None:
    assert since("set", "Holidays") == VERSIONS[2:]
    assert since("set", "Holidays", "create") == VERSIONS[3:]
    assert since("type", "ServicePrincipal", "IsSystem") == VERSIONS[5:]
    assert since("type", "Trunk", "Nothing") == ()
    assert since("call", "Services/Pbx.RestartAll") == VERSIONS[:4]
    assert since("call", "ActivityLog/Pbx.GetLogs", "search") == VERSIONS[:2]
    assert since("singleton", "MailSettings", "delete") == ()
    assert since("singleton", "AISettings", "update") == VERSIONS[5:]
    assert since("enum", "UserTag", "AI") == VERSIONS[5:]
    assert since("enum", "Nothing") == ()
    with pytest.raises(ValueError, match="planet"):
        since("planet", "Mars")
