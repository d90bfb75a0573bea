# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The arguments of the event source: what rulebooks may write, and what is said of what they may not."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.plugin_utils.events.arguments import arguments_of

GIVEN = {"url": "https://pbx.example.com:5001", "client_id": "eda", "client_secret": "hidden-4711"}
HOME = {"HOME": "/home/runner"}


def test_what_is_not_said() -> None:
    found = arguments_of(GIVEN, HOME)
    assert (found.logs, found.interval, found.start, found.host, found.activity) == (("event",), 30.0, "new", None, {})
    assert found.state_directory == "/home/runner/.local/state/tcx.pbx/events"
    assert (found.connection.validate_certs, found.connection.timeout) == (True, 30.0)
    assert "hidden-4711" not in repr(found)


def test_variables_of_the_environment_are_those_of_the_modules() -> None:
    environ = {
        "TCX_URL": "https://other.example.com",
        "TCX_CLIENT_ID": "other",
        "TCX_CLIENT_SECRET": "secret",
        "TCX_VALIDATE_CERTS": "no",
        "TCX_TIMEOUT": "7",
        "XDG_STATE_HOME": "/var/lib/eda",
    }
    found = arguments_of({"url": ""}, environ)
    assert found.connection.url == "https://other.example.com"
    assert (found.connection.validate_certs, found.connection.timeout) == (False, 7.0)
    assert found.state_directory == "/var/lib/eda/tcx.pbx/events"
    assert arguments_of(GIVEN, environ).connection.client_id == "eda"


def test_flat_texts() -> None:
    texts = {"logs": "activity, event", "interval": "60", "activity": "extension=100,severity=Error", "host": ""}
    found = arguments_of({**GIVEN, **texts, "validate_certs": "False", "eda_feedback_queue": object()}, HOME)
    assert (found.logs, found.interval, found.host) == (("activity", "event"), 60.0, None)
    assert found.activity == {"extension": "100", "severity": "Error"}
    assert found.connection.validate_certs is False


@pytest.mark.parametrize(
    ("argument", "value", "said"),
    [
        ("interval", "soon", 'interval: "soon" is not a number of seconds from 5 up'),
        ("interval", 1, 'interval: "1" is not a number of seconds from 5 up'),
        ("interval", True, 'interval: "True" is not a number of seconds from 5 up'),
        ("interval", "inf", 'interval: "inf" is not a number of seconds from 5 up'),
        ("logs", "events", 'logs: "events" is none of event, activity'),
        ("logs", [], "logs: name at least one of event, activity"),
        ("start", "old", 'start: "old" is none of new, all'),
        ("host", ["pbx1"], "host: expected a text, not list"),
        ("validate_certs", "maybe", 'validate_certs: "maybe" is neither true nor false'),
        ("activity", "100", 'activity: "100" is not of the form name=value'),
        ("activity", {"extensions": "100"}, 'activity: "extensions" is none of extension, call, search, severity'),
        ("url", "pbx.example.com", "url must begin with https://"),
        ("client_secret", "", "give either access_token or both"),
        ("intervall", 5, "intervall: there is no such argument; there are url, client_id"),
    ],
)
def test_what_makes_no_sense_is_named(argument: str, value: Any, said: str) -> None:
    with pytest.raises(OptionError) as caught:
        arguments_of({**GIVEN, argument: value}, HOME)
    assert str(caught.value).startswith(said)


def test_no_address_and_no_home() -> None:
    with pytest.raises(OptionError, match="url: say where the PBX is"):
        arguments_of({}, HOME)
    with pytest.raises(OptionError, match="state_directory: neither HOME"):
        arguments_of(GIVEN, {})
