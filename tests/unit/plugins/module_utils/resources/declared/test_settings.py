# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings by desired state, on a PBX of dicts."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import Converged, converge
from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.guards import Controller
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.settings import Settings
from ansible_collections.tcx.pbx.plugins.module_utils._resources.networks import network
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._task.settings import named
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Refused
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort

HERE = Controller((network("192.0.2.7"),))


class Singletons(FakePort):
    """One body for each singleton. deaf: takes writes and forgets them."""

    def __init__(self, version: str = "20.0.10.1", **bodies: dict[str, Any]) -> None:
        super().__init__()
        self.version = version
        self.bodies = bodies
        self.asked: list[dict[str, Any]] = []
        self.deaf = False

    def get(self, path: str, query: dict[str, Any] | None = None) -> dict[str, Any]:
        self.asked.append(query or {})
        return dict(self.bodies[path])

    def update(self, path: str, body: dict[str, Any], *, if_match: str | None = None) -> None:
        self._write("PATCH", path, body, lambda: None if self.deaf else self.bodies[path].update(body))


def run(port: Singletons, *, always: bool = False, controller: Controller | None = None, **wanted: Any) -> Converged:
    return converge(Settings(always=always, controller=controller), port, named(wanted))


def mail(**more: Any) -> dict[str, Any]:
    return {"MailServer": "old.example.com", "MailUser": "pbx", "MailPassword": {"Concealed": True}, **more}


def test_only_what_differs_is_sent_and_only_what_is_wanted_is_read():
    port = Singletons(MailSettings=mail())
    done = run(port, mail_settings={"mail_server": "new.example.com", "mail_user": "pbx", "mail_password": "word"})
    assert port.calls == [("PATCH", "MailSettings", {"MailServer": "new.example.com"})]
    assert port.asked[0] == {"$select": ["MailServer", "MailUser"]}
    assert done.diff["before"] == {"mail_settings": {"mail_server": "old.example.com"}}
    assert done.items == ({"mail_server": "new.example.com", "mail_user": "pbx"},)


def test_a_password_is_written_once_for_each_always_and_never_shown():
    port = Singletons(MailSettings=mail())
    assert not run(port, mail_settings={"mail_password": "secret-word"}).changed
    done = run(port, always=True, mail_settings={"mail_password": "secret-word"})
    assert port.calls == [("PATCH", "MailSettings", {"MailPassword": {"Value": "secret-word"}})]
    assert (done.changed, done.failed) == (True, False)
    assert "secret-word" not in str((done.items, done.diff))


def test_all_are_checked_before_the_first_is_written():
    port = Singletons(MailSettings=mail(), LoggingSettings={})
    words = r"settings\[logging_settings\] keep_lgs: LoggingSettings has no such field"
    with pytest.raises(InvalidInput, match=words):
        run(port, mail_settings={"mail_server": "new.example.com"}, logging_settings={"keep_lgs": True})
    assert port.calls == []


def test_one_that_is_refused_does_not_stop_the_others():
    port = Singletons(MailSettings=mail(), AntiHackingSettings={"HackBlacklistDuration": 60})

    def refuse(verb: str, path: str) -> None:
        if path == "MailSettings":
            raise Refused("PATCH MailSettings: CAN_NOT_BE_EMPTY_STRING")

    port.interfere = refuse
    done = run(port, mail_settings={"mail_user": ""}, anti_hacking_settings={"hack_blacklist_duration": 90})
    assert done.labels("update") == ["anti_hacking_settings"]
    assert "settings[mail_settings] update failed: PATCH MailSettings: CAN_NOT_BE_EMPTY_STRING" in done.message


def test_a_value_that_the_pbx_did_not_take_is_a_failure():
    port = Singletons(MailSettings=mail())
    port.deaf = True
    done = run(port, mail_settings={"mail_user": "other"})
    assert "did not take: mail_user" in done.message


def test_settings_of_another_version_are_told():
    with pytest.raises(InvalidInput, match=r"ai_settings exists from 20\.0\.9 on, and the PBX has 20\.0\.8"):
        run(Singletons("20.0.8"), ai_settings={"company_name": "Example"})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"mail_setings": {}}, 'settings: no settings are called "mail_setings"; did you mean MailSettings'),
        ({"mail_settings": "mail.example.com"}, "settings.mail_settings: has to be a dictionary"),
        ({"mail_settings": {}, "MailSettings": {}}, "settings.MailSettings: is mail_settings once more"),
    ],
)
def test_names_of_settings(given: dict[str, Any], words: str):
    with pytest.raises(OptionError, match=words):
        named(given)


# --- who may reach the console


def console(**more: Any) -> dict[str, Any]:
    return {"AccessRestricted": False, "IpWhitelist": [], **more}


@pytest.mark.parametrize("allowed", [["192.0.2.0/24"], ["192.0.2.7"], ["203.0.113.0/24", "192.0.2.0/255.255.255.0"]])
def test_restrictions_that_let_the_controller_in(allowed: list[str]):
    port = Singletons(ConsoleRestrictions=console())
    wanted = {"access_restricted": True, "ip_whitelist": allowed}
    assert run(port, controller=HERE, console_restrictions=wanted).changed


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        (console(), {"access_restricted": True}),
        (console(), {"access_restricted": True, "ip_whitelist": ["203.0.113.0/24"]}),
        (console(IpWhitelist=["203.0.113.0/24"]), {"access_restricted": True}),
        (console(AccessRestricted=True, IpWhitelist=["192.0.2.7"]), {"ip_whitelist": ["192.0.2.8"]}),
        (console(MyIpAddress="198.51.100.9"), {"access_restricted": True, "ip_whitelist": ["192.0.2.7"]}),
    ],
)
def test_restrictions_that_lock_the_controller_out_need_force(there: dict[str, Any], wanted: dict[str, Any]):
    port = Singletons(ConsoleRestrictions=there)
    with pytest.raises(
        InvalidInput, match=r"would lock out (192\.0\.2\.7|198\.51\.100\.9), from where this task comes"
    ):
        run(port, controller=HERE, console_restrictions=wanted)
    assert port.calls == []
    assert run(port, controller=None, console_restrictions=wanted).changed
