# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_backup, from options to result."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._task.backup import manage_backups
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.clock import Clock as TaskClock
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Forbidden, NotFound
from ansible_collections.tcx.pbx.plugins.modules.tcx_backup import SPEC
from ansible_collections.tcx.pbx.tests.unit.backup_pbx import RESTORE, BackupPbx
from ansible_collections.tcx.pbx.tests.unit.service_pbx import Clock

SETTINGS = {"Rotation": 3}
EXTRAS = "Backups('a.zip')/Pbx.GetBackupExtras"


class Pbx(BackupPbx):
    """Files have the time at which they were begun. undead: they survive their removal."""

    def __init__(self) -> None:
        super().__init__(Clock())
        self.undead: set[str] = set()
        self.function_answers = {
            "Backups/Pbx.GetBackupSettings": dict(SETTINGS),
            EXTRAS: {"Footprint": 4711, "IsEncrypted": False},
        }
        self.actions["Backups/Pbx.SetBackupSettings"] = lambda body: self.function_answers.update(
            {"Backups/Pbx.GetBackupSettings": body["settings"]}
        )

    def have(self, *names: str) -> None:
        """One each day, the last one yesterday."""
        for age, name in enumerate(reversed(names), start=1):
            self.files[name] = self.clock.now - age * 86400

    def rows(self, path: str, **options: Any) -> list[dict[str, Any]]:
        rows = super().rows(path, **options)
        if path != "Backups":
            return rows
        day = {name: 28 - int((self.clock.now - begun) // 86400) for name, begun in self.files.items()}
        return [{**row, "CreationTime": f"2027-01-{day[row['FileName']]:02d}T03:00:00Z"} for row in rows]

    def get(self, path: str, query: dict[str, Any] | None = None) -> dict[str, Any]:
        self.reads.append(path)
        return {"FQDN": "pbx.example.com", "Version": self.version}

    def delete(self, path: str, *, if_match: str | None = None) -> None:
        self._write("DELETE", path, None, lambda: self._drop(path.split("'")[1]))

    def _drop(self, name: str) -> None:
        if name not in self.files:
            raise NotFound("gone", status=404)
        if name not in self.undead:
            del self.files[name]


class FakeTask:
    def __init__(self, pbx: Pbx, check_mode: bool, params: dict[str, Any]) -> None:
        usual = {name: option.get("default") for name, option in SPEC.options.items()}
        self.params = {**usual, **params}
        self.client = pbx
        self.check_mode = check_mode
        self.clock = TaskClock(pbx.clock.sleep, pbx.clock, pbx.clock)
        self.warnings: list[str] = []
        self.told: list[str] = []

    def tell(self, text: str) -> None:
        self.told.append(text)

    def warn(self, text: str) -> None:
        self.warnings.append(text)


@pytest.fixture
def pbx() -> Pbx:
    found = Pbx()
    found.have("weekly-1.zip", "other.zip", "weekly-2.zip")
    return found


def run(pbx: Pbx, *, check_mode: bool = False, **params: Any) -> dict[str, Any]:
    return manage_backups(FakeTask(pbx, check_mode, params))  # type: ignore[arg-type]


def verbs(pbx: Pbx) -> list[str]:
    return [f"{verb} {path}" for verb, path, _body in pbx.calls]


def listed(result: dict[str, Any]) -> list[str]:
    return [one["file_name"] for one in result["backups"]]


def test_without_options_it_lists(pbx: Pbx) -> None:
    result = run(pbx)
    assert listed(result) == ["weekly-2.zip", "other.zip", "weekly-1.zip"]
    assert (result["changed"], pbx.calls) == (False, [])


def test_the_old_ones_go_after_the_new_one_is_there(pbx: Pbx) -> None:
    result = run(pbx, name="weekly-3.zip", keep=1, keep_pattern="weekly-*")
    assert verbs(pbx) == [
        "POST Backups/Pbx.Backup",
        "DELETE Backups('weekly-2.zip')",
        "DELETE Backups('weekly-1.zip')",
    ]
    assert (result["created"], result["deleted"]) == (["weekly-3.zip"], ["weekly-2.zip", "weekly-1.zip"])
    assert listed(result) == ["weekly-3.zip", "other.zip"]


def test_check_mode_foretells_all_but_size_and_time(pbx: Pbx) -> None:
    options: dict[str, Any] = {
        "name": "weekly-3.zip",
        "keep": 2,
        "keep_pattern": "weekly-*",
        "schedule": {"rotation": 9},
    }
    foretold = run(pbx, check_mode=True, **options)
    assert pbx.calls == [] and pbx.clock.pauses == []
    done = run(pbx, **options)
    for name in ("changed", "created", "deleted", "updated", "diff", "schedule"):
        assert foretold[name] == done[name], name
    assert listed(foretold) == listed(done)
    again = run(pbx, **options)
    assert not again["changed"]
    assert again["diff"] == {"before": {}, "after": {}}


def test_a_preview_warns_that_the_pbx_is_busy(pbx: Pbx) -> None:
    pbx.files["running.zip"] = pbx.clock.now
    task = FakeTask(pbx, True, {"name": "a.zip"})
    manage_backups(task)  # type: ignore[arg-type]
    assert "cannot make a backup now" in task.warnings[0]


def test_without_the_new_one_no_old_one_goes(pbx: Pbx) -> None:
    pbx.delay = 10_000
    pbx.files = {name: begun - 20_000 for name, begun in pbx.files.items()}
    result = run(pbx, name="weekly-3.zip", keep=1, keep_pattern="weekly-*", wait_timeout=10.0)
    assert result["failed"] and result["changed"]
    assert result["msg"].startswith("weekly-3.zip: after 10 s the backup weekly-3.zip is not listed yet")
    assert (result["created"], result["deleted"]) == ([], [])


def test_a_refused_removal_is_told_with_what_was_done(pbx: Pbx) -> None:
    def refuse(verb: str, path: str) -> None:
        if "weekly-1" in path:
            raise Forbidden("DELETE Backups: HTTP 403", status=403)

    pbx.interfere = refuse
    result = run(pbx, keep=1, keep_pattern="*")
    assert result["failed"] and result["changed"]
    assert (result["deleted"], result["msg"]) == (["other.zip"], "DELETE Backups: HTTP 403")


def test_what_survives_its_removal_is_a_failure(pbx: Pbx) -> None:
    pbx.undead = {"other.zip"}
    result = run(pbx, name="other.zip", state="absent")
    assert result["failed"]
    assert "these backups are still there: other.zip" in result["msg"]


def test_what_somebody_else_removed_meanwhile_is_no_change_of_ours(pbx: Pbx) -> None:
    pbx.interfere = lambda verb, path: pbx.files.pop("other.zip", None) and None
    result = run(pbx, name="other.zip", state="absent")
    assert (result["changed"], result["deleted"], "failed" in result) == (False, [], False)


def test_an_absent_backup_is_no_change(pbx: Pbx) -> None:
    assert not run(pbx, name="gone.zip", state="absent")["changed"]


def test_settings_are_written_before_a_backup_is_made(pbx: Pbx) -> None:
    result = run(pbx, name="a.zip", schedule={"rotation": 7})
    assert verbs(pbx) == ["POST Backups/Pbx.SetBackupSettings", "POST Backups/Pbx.Backup"]
    assert (result["updated"], result["schedule"]["rotation"]) == (["schedule"], 7)


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"name": "a/b"}, "name: a name must not hold slashes"),
        ({"dest": "here/x"}, "dest: give the name"),
        ({"name": "a.zip", "state": "absent", "dest": "here/x"}, "dest: cannot go along with the removal"),
        ({"name": "a.zip", "state": "restored", "confirm": "x", "keep": 1}, "keep: cannot go along with a restore"),
        ({"keep": 0, "keep_pattern": "*"}, "keep: the newest backup is always kept"),
        ({"schedule": {"rotation": -1}}, "schedule.rotation: cannot be less than 0"),
        ({"contents": {"encrypt_backup": True}}, "encrypt_backup_password: an encrypted backup needs a password"),
        (
            {"contents": {"encrypt_backup": False, "encrypt_backup_password": "hidden"}},
            "contents.encrypt_backup: there is a password",
        ),
        ({"interval": 0.0}, "interval: give more than 0 seconds"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value.partition(":")[0],
)
def test_mistakes_are_told_before_any_call(params: dict[str, Any], words: str, pbx: Pbx) -> None:
    with pytest.raises(InvalidInput) as caught:
        run(pbx, **params)
    assert words in str(caught.value)
    assert "hidden" not in str(caught.value)
    assert (pbx.reads, pbx.calls) == ([], [])


def test_a_name_that_the_oldest_version_does_not_take_is_told(pbx: Pbx) -> None:
    pbx.version = "20.0.4.1045"
    with pytest.raises(InvalidInput, match="takes names of at most 50 characters"):
        run(pbx, name="x" * 51)
    pbx.version = "20.0.5.551"
    assert run(pbx, name="x" * 51, check_mode=True)["changed"]


def test_too_many_removals_are_refused(pbx: Pbx) -> None:
    with pytest.raises(OptionError, match="2 backups would be removed, max_deletions is 1"):
        run(pbx, keep=1, keep_pattern="*", max_deletions=1)
    assert pbx.calls == []


class TestRestore:
    OPTIONS = {"name": "a.zip", "state": "restored", "confirm": " PBX.example.com "}

    @pytest.fixture
    def pbx(self) -> Pbx:
        found = Pbx()
        found.have("a.zip")
        return found

    def test_it_is_done_once_it_is_certain_what_is_meant(self, pbx: Pbx) -> None:
        foretold = run(pbx, check_mode=True, **self.OPTIONS)
        assert pbx.calls == []
        done = run(pbx, **self.OPTIONS)
        assert pbx.calls == [("POST", RESTORE, {"footprint": 4711, "password": ""})]
        assert done == {**foretold, "version": pbx.version}
        assert done["restored"] == "a.zip"

    def test_another_pbx_is_not_touched(self, pbx: Pbx) -> None:
        with pytest.raises(OptionError, match=r'"b\.example\.com" is not the FQDN of this PBX, which is pbx\.example'):
            run(pbx, **{**self.OPTIONS, "confirm": "b.example.com"})
        assert (pbx.reads, pbx.calls) == (["SystemStatus"], [])

    def test_an_unknown_backup_is_told(self, pbx: Pbx) -> None:
        with pytest.raises(OptionError, match=r'no backup is called "b\.zip"'):
            run(pbx, **{**self.OPTIONS, "name": "b.zip"})

    def test_an_encrypted_one_needs_its_password(self, pbx: Pbx) -> None:
        pbx.function_answers[EXTRAS] = {"Footprint": 4711, "IsEncrypted": True}
        with pytest.raises(OptionError, match=r"a\.zip is encrypted; give the password"):
            run(pbx, **self.OPTIONS)
        run(pbx, **self.OPTIONS, password="hidden")
        assert pbx.calls[0][2] == {"footprint": 4711, "password": "hidden"}

    def test_without_a_footprint_nothing_is_sent(self, pbx: Pbx) -> None:
        pbx.function_answers[EXTRAS] = {}
        with pytest.raises(OptionError, match="gives no footprint"):
            run(pbx, **self.OPTIONS)
        assert pbx.calls == []

    def test_what_goes_wrong_after_it_was_sent_is_a_change(self, pbx: Pbx) -> None:
        pbx.stopped = {"3CXIVR01"}
        result = run(pbx, **self.OPTIONS, wait_timeout=30.0)
        assert result["failed"] and result["changed"]
        assert result["msg"].startswith("The restore of a.zip was sent: after 30 s services do not run yet: 3CXIVR01")
