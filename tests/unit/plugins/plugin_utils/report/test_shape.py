# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a runbook tells is checked by its place, completed and counted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._task.cabinet import Cabinet
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.shape import file_stem, report_of
from tests.unit.plugins.plugin_utils.report.examples import NOON, report, told


def test_the_least_is_completed() -> None:
    assert report() == {
        **told(),
        "schema": 1,
        "ended": "2026-11-24T12:00:00Z",
        "seconds": 3600,
        "name": "pbx.20261124T110000Z",
        "steps": [],
        "changes": [],
        "checks": [],
        "notes": [],
        "counts": {
            "steps": {"ok": 0, "skipped": 0, "failed": 0, "running": 0},
            "changes": {"created": 0, "updated": 0, "deleted": 0},
            "checks": {"ok": 0, "warning": 0, "critical": 0, "unknown": 0},
        },
        "files": {
            "report": "/srv/reports/pbx.20261124T110000Z.report.json",
            "page": "/srv/reports/pbx.20261124T110000Z.report.html",
        },
    }


def test_everything_is_counted() -> None:
    found = report(
        steps=[{"name": "a", "status": "ok"}, {"name": "b", "status": "failed"}, {"name": "c", "status": "ok"}],
        changes=[{"area": "Rules", "item": "x", "action": "deleted"}],
        checks=[{"name": "Disk", "status": "warning"}],
    )
    assert found["counts"]["steps"]["ok"] == 2
    assert found["counts"]["steps"]["failed"] == 1
    assert found["counts"]["changes"]["deleted"] == 1
    assert found["counts"]["checks"]["warning"] == 1


def test_times_are_kept_in_utc() -> None:
    moment = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    assert report(started="2026-11-24T12:30:00+01:30")["started"] == "2026-11-24T11:00:00Z"
    assert report(started=moment)["started"] == "2026-11-24T11:00:00Z"


def test_other_files_of_the_run_are_kept() -> None:
    found = report(files={"snapshot": "/srv/pbx.snapshot.yml"})["files"]
    assert set(found) == {"snapshot", "report", "page"}


def test_without_a_directory_no_file_is_promised() -> None:
    assert report_of(told())["files"] == {}


def test_a_relative_directory_becomes_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert report_of(told(), directory="out")["files"]["page"].startswith(f"{tmp_path}/out/")


def test_none_is_as_good_as_left_out() -> None:
    assert report(failure=None, pbx=None, timezone=None) == report()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"colour": "red"}, "the report has no colour; it may have runbook"),
        ({"title": None}, "the report lacks title"),
        ({"started": "yesterday"}, 'started: "yesterday" is not a time'),
        ({"started": "2026-11-24T11:00:00"}, "has no time zone"),
        ({"timezone": "Europe/Nowhere"}, 'timezone: "Europe/Nowhere" is not a time zone'),
        ({"schema": 2}, "schema: 2 is not known"),
        ({"steps": {"name": "a"}}, "steps has to be a list of dictionaries, not dict"),
        ({"steps": ["a"]}, r"steps\[0\] has to be a dictionary, not str"),
        ({"steps": [{"name": "a", "status": "ok"}, {"name": "b", "status": "fine"}]}, r'steps\[1\].status: "fine"'),
        ({"steps": [{"status": "ok"}]}, r"steps\[0\] lacks name"),
        ({"steps": [{"name": "a", "status": "ok", "ended": "now"}]}, r'steps\[0\].ended: "now"'),
        ({"changes": [{"area": "Rules", "item": "x", "action": "moved"}]}, r'changes\[0\].action: "moved"'),
        ({"checks": [{"name": "Disk", "status": "full"}]}, r'checks\[0\].status: "full" is none of ok, warning'),
        ({"pbx": {"name": "x"}}, "pbx has no name; it may have fqdn, version, url"),
        ({"failure": {"task": "x"}}, "failure lacks msg"),
        ({"result": ""}, "result is empty"),
    ],
)
def test_what_does_not_belong_is_named_by_its_place(more: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        report(**more)


def test_no_dictionary_at_all() -> None:
    with pytest.raises(ValueError, match="the report has to be a dictionary, not list"):
        report_of([])


@pytest.mark.parametrize(
    ("host", "stem"),
    [
        ("pbx-1.example.com", "pbx-1.example.com.X"),
        ("../../etc/passwd", "_.._etc_passwd.X"),
        ("..", "_.X"),
        ("a b:c", "a_b_c.X"),
        ("münchen", "münchen.X"),
    ],
)
def test_names_of_files_stay_in_their_directory(host: str, stem: str) -> None:
    assert file_stem({"host": host, "id": "X"}) == stem


@pytest.mark.parametrize("host", ["n" * 240, "\N{LATIN SMALL LETTER U WITH DIAERESIS}" * 240])
def test_a_name_that_is_too_long_for_a_file_is_cut_and_stays_unlike_others(host: str, tmp_path: Path) -> None:
    """Bytes count, not letters."""
    longer, other = (file_stem({"host": host + end, "id": "20261124T190000Z"}) for end in ("a", "b"))
    cabinet = Cabinet("directory", str(tmp_path))
    cabinet.write(f"{longer}.report.html", "")
    cabinet.write(f"{other}.report.html", "")
    assert len(cabinet.names()) == 2
    assert longer.startswith(host[:40]) and longer.endswith(".20261124T190000Z")


def test_secrets_are_hidden_wherever_they_are() -> None:
    found = report(
        changes=[
            {
                "area": "Users",
                "item": "100",
                "action": "updated",
                "before": {"auth_password": "hush1", "inner": [{"VMPIN": 4711}], "enabled": True},
                "after": {"auth_password": "hush2"},
            },
            {"area": "Parameters", "item": "SMTP_PASSWORD", "action": "updated", "before": "hush3", "after": "hush4"},
            {"area": "Parameters", "item": "SMTP_PASSWORD", "action": "updated", "before": {"value": "hush5"}},
            {"area": "Parameters", "item": "X", "action": "created", "after": {"name": "API_SECRET", "value": "hush6"}},
        ],
        checks=[{"name": "api_token", "status": "ok", "value": "hush7"}],
        failure={"msg": "POST https://user:hush8@pbx/x?client_secret=hush9&a=1 with Bearer hush10hush10"},
        notes=["eyJhbGciOi.eyJzdWIiOi.hush11"],
    )
    text = json.dumps(found)
    assert "hush" not in text and "4711" not in text
    assert found["changes"][0]["before"]["enabled"] is True
    assert "&a=1" in found["failure"]["msg"]


def test_what_only_sounds_like_a_secret_in_a_sentence_stays() -> None:
    text = "The PBX refused the token: the secret of the API client is wrong."
    assert report(headline=text)["headline"] == text


def test_halves_of_signs_and_control_characters_are_replaced() -> None:
    found = report(headline="a\udc80b\x00c\x1b[31md\r\ne\tf")["headline"]
    assert found == "a?b\ufffdc\ufffd[31md\ne\tf"
    assert found.encode("utf-8")


def test_the_end_is_now_unless_it_is_told() -> None:
    assert report()["ended"] == "2026-11-24T12:00:00Z"
    assert NOON.year == 2026
    assert report(ended="2026-11-24T11:00:07Z")["seconds"] == 7
