# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_update, from options to result."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._task.update import manage_updates
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.clock import Clock as TaskClock
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Refused
from ansible_collections.tcx.pbx.plugins.modules.tcx_update import SPEC
from ansible_collections.tcx.pbx.tests.unit.backup_pbx import BackupPbx
from ansible_collections.tcx.pbx.tests.unit.service_pbx import Clock

OLD, NEW = "20.0.10.1234", "20.0.10.1300"
SYSTEM = {"Name": "System", "Category": "Tcx", "Guid": "g1", "LocalVersion": OLD, "ServerVersion": NEW}


class Pbx(BackupPbx):
    """entries: what is listed, out of date until it was installed. key: of the listing."""

    def __init__(self) -> None:
        super().__init__(Clock())
        self.version_after = NEW
        self.entries: list[dict[str, Any]] = [dict(SYSTEM)]
        self.key: str | None = "k"
        self.expired = False
        self.settings: dict[str, Any] = {"AutoUpdateEnabled": False}
        self.actions["InstallUpdates"] = self.do_restore
        self.actions["SetUpdateSettings"] = lambda body: self.settings.update(body["settings"])

    @property
    def done(self) -> bool:
        return self.restored_at is not None and self.clock.now - self.restored_at >= self.away[1]

    def function(self, path: str, /, **parameters: Any) -> Any:
        self.reads.append(path)
        if path == "GetUpdateSettings":
            return dict(self.settings)
        assert path == "GetUpdates"
        entries = [{"OutOfDate": not self.done, **entry} for entry in self.entries]
        return {"Key": self.key, "Entries": entries, "IsMaintananceExpired": self.expired}


class FakeTask:
    def __init__(self, pbx: Pbx, check_mode: bool, params: dict[str, Any]) -> None:
        usual = {name: option.get("default") for name, option in SPEC.options.items()}
        self.params = {**usual, **params}
        self.client = pbx
        self.check_mode = check_mode
        self.clock = TaskClock(pbx.clock.sleep, pbx.clock, pbx.clock)
        self.warnings: list[str] = []
        self.tell = [].append

    def warn(self, text: str) -> None:
        self.warnings.append(text)


@pytest.fixture
def pbx() -> Pbx:
    return Pbx()


def run(pbx: Pbx, *, check_mode: bool = False, **params: Any) -> tuple[dict[str, Any], list[str]]:
    task = FakeTask(pbx, check_mode, params)
    return manage_updates(task), task.warnings  # type: ignore[arg-type]


def test_without_a_choice_nothing_is_installed(pbx: Pbx) -> None:
    result, warnings = run(pbx)
    assert (result["changed"], result["available"], result["installed"]) == (False, ["System"], [])
    assert result["diff"] == {"before": {}, "after": {}}
    assert (pbx.calls, warnings) == ([], [])


def test_what_is_chosen_is_installed(pbx: Pbx) -> None:
    foretold, _warnings = run(pbx, check_mode=True, categories=["tcx"])
    assert pbx.calls == [] and pbx.clock.pauses == []
    done, _warnings = run(pbx, categories=["tcx"])
    assert pbx.calls == [("POST", "InstallUpdates", {"install": {"Key": "k", "Entries": ["g1"]}})]
    assert (done["changed"], done["installed"], done["available"]) == (True, ["System"], [])
    assert (done["version_before"], done["version"]) == (OLD, NEW)
    assert (foretold["changed"], foretold["installed"], foretold["diff"]) == (True, ["System"], done["diff"])
    assert done["diff"] == {"before": {"System": {"version": OLD}}, "after": {"System": {"version": NEW}}}


def test_nothing_out_of_date_is_no_change(pbx: Pbx) -> None:
    pbx.entries = [{**SYSTEM, "OutOfDate": False}]
    result, warnings = run(pbx, categories=["*"], names=["system"])
    assert (result["changed"], pbx.calls, warnings) == (False, [], [])


def test_what_means_nothing_is_a_warning(pbx: Pbx) -> None:
    result, [warning] = run(pbx, categories=["Tcxx"])
    assert not result["changed"]
    assert warning == ("Nothing that the PBX lists is meant by category Tcxx. It lists System (category Tcx).")


def test_what_is_passed_over_is_a_warning(pbx: Pbx) -> None:
    pbx.entries = [{**SYSTEM, "UpdateType": "MajorRelease"}]
    result, [warning] = run(pbx, categories=["*"])
    assert not result["changed"]
    assert "System (MajorRelease)" in warning


def test_expired_maintenance_is_a_warning(pbx: Pbx) -> None:
    pbx.expired = True
    _result, [warning] = run(pbx, check_mode=True, categories=["*"])
    assert "maintenance of this PBX has expired" in warning


@pytest.mark.parametrize(
    ("change", "words"),
    [({"key": None}, "gives no key"), ({"entries": [{**SYSTEM, "Guid": None}]}, "no guid for System")],
)
def test_what_the_pbx_would_not_know_again_is_not_sent(change: dict[str, Any], words: str, pbx: Pbx) -> None:
    vars(pbx).update(change)
    with pytest.raises(OptionError, match=words):
        run(pbx, categories=["*"])
    assert pbx.calls == []


def test_a_refusal_is_told_and_no_change(pbx: Pbx) -> None:
    def refuse(verb: str, path: str) -> None:
        raise Refused("POST InstallUpdates: HTTP 400", status=400)

    pbx.interfere = refuse
    result, _warnings = run(pbx, categories=["*"])
    assert (result["failed"], result["changed"], result["installed"]) == (True, False, [])
    assert result["msg"] == "POST InstallUpdates: HTTP 400"


def test_what_goes_wrong_after_it_was_sent_is_a_change(pbx: Pbx) -> None:
    pbx.version_after = OLD
    result, _warnings = run(pbx, categories=["*"], wait_timeout=30.0)
    assert result["failed"] and result["changed"]
    assert result["msg"].startswith(f"The updates were sent: after 30 s the PBX still has version {OLD}")


def test_settings_are_written_before_updates_are_installed(pbx: Pbx) -> None:
    result, _warnings = run(pbx, categories=["*"], schedule={"auto_update_enabled": True})
    assert [path for _verb, path, _body in pbx.calls] == ["SetUpdateSettings", "InstallUpdates"]
    assert result["schedule"]["auto_update_enabled"] is True
    assert result["diff"]["after"]["schedule"] == {"auto_update_enabled": True}


def test_settings_that_are_not_taken_keep_updates_from_being_installed(pbx: Pbx) -> None:
    pbx.actions["SetUpdateSettings"] = lambda body: None
    result, _warnings = run(pbx, categories=["*"], schedule={"auto_update_enabled": True})
    assert result["failed"] and result["changed"]
    assert "did not take: auto_update_enabled" in result["msg"]
    assert (result["installed"], len(pbx.calls)) == ([], 1)


def test_mistakes_are_told_before_any_call(pbx: Pbx) -> None:
    with pytest.raises(InvalidInput, match=r"categories\[1\]: is empty"):
        run(pbx, categories=["*", " "])
    assert pbx.reads == []
