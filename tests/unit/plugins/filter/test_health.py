# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in order on a PBX and what is not."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.filter.health import health, worst_status

NOW = "2027-01-31T12:00:00Z"


def service(name: str, state: str | None = "started") -> dict[str, Any]:
    return {"name": name, "display_name": f"The {name}", "state": state}


def trunk(name: str, online: bool = True) -> dict[str, Any]:
    return {"name": name, "number": "10000", "is_online": online}


def readings(**changes: Any) -> dict[str, Any]:
    """A PBX with which all is well; a change is a field of the status or of the licence, or a whole reading."""
    info: dict[str, Any] = {
        "system_status": {
            "extensions_registered": 19,
            "extensions_total": 20,
            "disk_usage": 41,
            "backup_scheduled": True,
            "is_audit_log_enabled": True,
        },
        "license": {
            "license_active": True,
            "expiration_date": "2028-01-31T00:00:00Z",
            "maintenance_expires_at": "2028-01-31T00:00:00.1234567+01:00",
        },
        "services": [service("3CXIVR01")],
        "trunks": [trunk("Provider A")],
    }
    for name, value in changes.items():
        part = next((part for part in ("system_status", "license") if name in info[part]), None)
        if part is not None:
            info[part][name] = value
        elif name in info:
            info[name] = value
    whole: dict[str, Any] = {
        "info": info,
        "certificate": {"certificate": {"not_before": "2026-12-01T00:00:00Z", "not_after": "2027-06-01T00:00:00Z"}},
        "backups": {"backups": [{"file_name": "nightly.zip", "creation_time": "2027-01-31T03:00:00Z"}]},
        "console": {"found": [{"access_restricted": True}]},
        "updates": {"available": []},
    }
    return whole | {name: value for name, value in changes.items() if name in whole}


LIMITS: dict[str, Any] = {
    "license": {"warning": 30, "critical": 7},
    "maintenance": {"warning": 30},
    "certificate": {"warning": 21, "critical": 7},
    "services": {"warning": 1, "critical": 2},
    "trunks": {"critical": 1},
    "extensions": {"warning": 90, "critical": 50},
    "disk": {"warning": 80, "critical": 90},
    "backup_age": {"warning": 36, "critical": 96},
    "updates": {"warning": 1},
    "audit_log": "critical",
}


def check(name: str, *, limits: dict[str, Any] | None = None, ignore: tuple[str, ...] = (), **changes: Any) -> Any:
    found = health(readings(**changes), limits or LIMITS, ignore=ignore, now=NOW)
    [one] = [one for one in found if one["name"] == name]
    return one


def test_all_is_well() -> None:
    found = health(readings(), LIMITS, now=NOW)
    assert {one["status"] for one in found} == {"ok"}, found
    assert worst_status(found) == "ok"


@pytest.mark.parametrize(
    ("name", "changes", "status", "value"),
    [
        ("license", {"expiration_date": "2027-02-20T00:00:00Z"}, "warning", 19),
        ("license", {"expiration_date": "2027-02-02T00:00:00Z"}, "critical", 1),
        ("license", {"license_active": False}, "critical", 364),
        ("maintenance", {"maintenance_expires_at": "2027-01-01T00:00:00Z"}, "warning", -31),
        ("certificate", {"certificate": {"certificate": {"not_after": "2027-02-07T13:00:00Z"}}}, "critical", 7),
        ("services", {"services": [service("A", "stopped"), service("B")]}, "warning", 1),
        ("services", {"services": [service("A", "stopped"), service("B", None)]}, "critical", 2),
        ("trunks", {"trunks": [trunk("A"), trunk("B", online=False)]}, "critical", 1),
        ("extensions", {"extensions_registered": 18}, "warning", 90),
        ("extensions", {"extensions_registered": 10}, "critical", 50),
        ("disk", {"disk_usage": 80}, "warning", 80),
        ("disk", {"disk_usage": 97}, "critical", 97),
        (
            "backup_age",
            {"backups": {"backups": [{"file_name": "a", "creation_time": "2027-01-29T12:00:00Z"}]}},
            "warning",
            48,
        ),
        ("updates", {"updates": {"available": ["3CX Phone System"]}}, "warning", 1),
        ("backup_schedule", {"backup_scheduled": False}, "warning", False),
        ("audit_log", {"is_audit_log_enabled": False}, "critical", False),
        ("console_restriction", {"console": {"found": [{}]}}, "warning", False),
    ],
)
def test_what_is_not_in_order(name: str, changes: dict[str, Any], status: str, value: object) -> None:
    found = check(name, **changes)
    assert (found["status"], found["value"]) == (status, value), found


def test_the_limit_that_was_passed_is_told() -> None:
    assert check("disk", disk_usage=85)["limit"] == 80
    assert check("disk", disk_usage=95)["limit"] == 90
    assert check("disk")["limit"] == 80
    assert check("trunks")["limit"] == 1


def test_the_unit_of_value_and_limit_is_told() -> None:
    units = {name: check(name).get("unit") for name in ("license", "extensions", "disk", "backup_age", "trunks")}
    assert units == {"license": "days", "extensions": "%", "disk": "%", "backup_age": "hours", "trunks": None}
    assert "unit" not in check("backup_age", backups={"backups": []}), "there is no value"


def test_the_newest_backup_counts_wherever_it_stands() -> None:
    files = [
        {"file_name": "new.zip", "creation_time": "2027-01-31T04:00:00+01:00"},
        {"file_name": "old.zip", "creation_time": "2027-01-31T02:30:00Z"},
        {"file_name": "unknown.zip", "creation_time": None},
    ]
    assert check("backup_age", backups={"backups": files})["value"] == 9
    assert "new.zip" in check("backup_age", backups={"backups": files})["msg"]


def test_no_backup_at_all_is_critical_whatever_the_limits() -> None:
    assert check("backup_age", limits={"backup_age": {}}, backups={"backups": []})["status"] == "critical"


def test_without_a_date_or_without_tls_nothing_ends() -> None:
    assert check("license", expiration_date=None)["status"] == "ok"
    assert check("certificate", certificate={"certificate": None})["status"] == "ok"


def test_what_could_not_be_read_is_unknown_and_says_why() -> None:
    found = check("updates", updates={"failed": True, "msg": "The update server cannot be reached."})
    assert found == {"name": "updates", "status": "unknown", "msg": "The update server cannot be reached."}
    assert check("disk", disk_usage=None)["status"] == "unknown"
    assert "(it has no console restrictions)" in check("console_restriction", console={"found": []})["msg"]
    assert check("certificate", certificate={"certificate": {"not_after": "soon"}})["status"] == "unknown"


def test_names_that_do_not_count() -> None:
    services = [service("3CXFax", "stopped")]
    assert check("services", services=services, ignore=("the 3cxfax",))["status"] == "ok"
    assert check("trunks", trunks=[trunk("Old", online=False)], ignore=("OLD",))["status"] == "ok"


def test_limits_may_be_texts_or_missing() -> None:
    assert check("disk", limits={"disk": {"warning": "30", "critical": ""}})["status"] == "warning"
    assert check("disk", limits={"disk": {"warning": -1, "critical": None}}, disk_usage=99)["status"] == "ok"


def test_checks_can_be_left_out() -> None:
    assert "disk" not in [one["name"] for one in health(readings(), LIMITS, skip=["disk"], now=NOW)]


@pytest.mark.parametrize(
    ("limits", "skip", "words"),
    [
        ({"disk": {"warning": "full"}}, [], 'limits.disk.warning: "full" is not a number'),
        ({"disk": {"warning": 90, "critical": 80}}, [], "critical .80. is below warning"),
        ({"license": {"warning": 7, "critical": 30}}, [], "critical .30. is above warning"),
        ({"audit_log": "loud"}, [], 'limits.audit_log: "loud" is none of ok, warning, critical'),
        ({"disc": {}}, [], 'limits: there is no check called "disc"'),
        ({}, ["disc"], 'skip: there is no check called "disc"'),
    ],
)
def test_bad_rules_are_named_with_their_place(limits: dict[str, Any], skip: list[str], words: str) -> None:
    with pytest.raises(AnsibleFilterError, match=words):
        health(readings(), limits, skip)


@pytest.mark.parametrize(
    ("statuses", "wanted"),
    [(["ok", "warning", "unknown"], "unknown"), (["unknown", "critical", "ok"], "critical"), ([], "ok")],
)
def test_the_worst_of_several(statuses: list[str], wanted: str) -> None:
    assert worst_status([{"status": status} for status in statuses]) == wanted
