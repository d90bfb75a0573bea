# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No secret and no token in anything that is printed, logged or shown."""

from __future__ import annotations

import traceback
from collections.abc import Callable

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.ask import Ask
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import AuthFailed, XapiError
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.secrecy import (
    HIDDEN,
    masked,
    scrub,
    secret_name,
    secrets_in,
)
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token import Token
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.transport import Bearer
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.clients import SECRET, MakeClient
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import (
    CUT,
    Reply,
    Server,
    html,
    json_reply,
)

GIVEN = "given-Token-0123456789"


def told(error: BaseException) -> str:
    """All that any traceback printer could show: every frame of ours with its variables, causes and contexts."""
    trace = traceback.TracebackException.from_exception(error, capture_locals=True)
    own = [frame for frame in trace.stack if "_xapi" in frame.filename]
    assert own
    values = "".join(f"{name}={value}\n" for frame in own for name, value in (frame.locals or {}).items())
    chained = "".join(traceback.format_exception(error))
    return f"{error}\n{error!r}\n{error.__dict__}\n{chained}\n{values}"


TROUBLES: dict[str, Callable[[Server], None]] = {
    "echo": lambda pbx: pbx.answers(Reply(400, f"bad: {SECRET} {pbx.live}".encode())),
    "echo of the token": lambda pbx: setattr(
        pbx, "otherwise", lambda seen: Reply(403, seen.headers["authorization"].encode())
    ),
    "rejected": lambda pbx: setattr(pbx, "otherwise", lambda seen: Reply(401, seen.headers["authorization"].encode())),
    "cut": lambda pbx: pbx.answers(CUT),
    "down": lambda pbx: pbx.answers(html(502)),
    "malformed": lambda pbx: pbx.answers(Reply(200, b"{")),
    "redirect": lambda pbx: pbx.answers(Reply(307, headers={"Location": f"http://x/{SECRET}"})),
    "gone": lambda pbx: pbx.stop(),
}


@pytest.mark.parametrize("given", [False, True], ids=["client", "access_token"])
@pytest.mark.parametrize("trouble", TROUBLES)
def test_no_trouble_shows_a_secret(pbx: Server, make_client: MakeClient, trouble: str, given: bool) -> None:
    pbx.checks_token = False
    client = make_client(pbx.url, retry_for=0, **({"access_token": GIVEN} if given else {}))
    client.ping()
    TROUBLES[trouble](pbx)
    with pytest.raises(XapiError) as caught:
        client.action("OutboundRules/Pbx.MoveUpDown", {"id": 1})
    shown = told(caught.value)
    assert SECRET not in shown
    assert GIVEN not in shown
    assert "token-1-of" not in shown
    assert "token-2-of" not in shown
    assert caught.value.__cause__ is caught.value.__context__ is None


@pytest.mark.parametrize(
    "reply",
    [
        Reply(400, f'{{"error":"invalid_client","error_description":"{SECRET}"}}'.encode()),
        Reply(403, f"client_secret={SECRET}".encode()),
        Reply(500, f"<html><title>{SECRET}".encode()),
        Reply(307, headers={"Location": f"http://x/?client_secret={SECRET}"}),
        json_reply({"access_token": "visible token-x", "expires_in": 1}),
        CUT,
    ],
)
def test_no_token_trouble_shows_a_secret(pbx: Server, make_client: MakeClient, reply: Reply) -> None:
    pbx.token_script = [reply]
    with pytest.raises(XapiError) as caught:
        make_client(pbx.url, retry_for=0).ping()
    shown = told(caught.value)
    assert SECRET not in shown
    assert "visible token-x" not in shown
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_a_secret_of_the_body_is_not_quoted(pbx: Server, client: Client) -> None:
    body = {"Number": "100", "AuthPassword": {"Value": "tr0ub4dor"}, "VMPIN": "98765", "Codes": ["100"]}
    pbx.answers(Reply(400, b"The value tr0ub4dor of 100 is too weak, 98765 too"))
    with pytest.raises(XapiError) as caught:
        client.create("Trunks", body)
    assert caught.value.detail == f"The value {HIDDEN} of 100 is too weak, {HIDDEN} too"
    assert "tr0ub4dor" not in str(caught.value)


def test_reprs_hide(client: Client, make_client: MakeClient) -> None:
    given = make_client("https://pbx.example.com", access_token=GIVEN)
    ask = Ask("POST", "Trunks", "http://x", False, content={"Password": GIVEN}, body=GIVEN.encode())
    for thing in (client, client.connection, given.connection, Token(GIVEN, 0.0), Bearer(GIVEN), given.__dict__, ask):
        assert GIVEN not in repr(thing)
        assert SECRET not in repr(thing)


def test_scrubbing() -> None:
    assert scrub("a longer-secret and long", ["long", "longer-secret", None, "", "abc"]) == f"a {HIDDEN} and {HIDDEN}"
    assert scrub("via http://user:pw@proxy:3128/", ()) == f"via http://{HIDDEN}@proxy:3128/"
    assert sorted(secrets_in({"Password": {"Value": ["x", 1]}, "Name": "n", "L": [{"Pin": "p", "Pinned": "q"}]})) == [
        "p",
        "x",
    ]


def test_a_wrong_secret_with_signs_is_hidden_however_it_comes_back(pbx: Server, make_client: MakeClient) -> None:
    secret = "p&ss w%rd/ü+"
    pbx.token_script = [Reply(401, b"got p%26ss+w%25rd%2F%C3%BC%2B")]
    with pytest.raises(AuthFailed) as caught:
        make_client(pbx.url, client_secret=secret).ping()
    assert caught.value.detail == f"got {HIDDEN}"
    assert pbx.token_requests[0].form["client_secret"] == secret


@pytest.mark.parametrize(
    "name",
    ["AuthPassword", "auth_password", "VMPIN", "vmpin", "PinNumber", "LicenseKey", "license_key", "ScriptCode",
     "APIKey", "ApiKey", "SecretKey", "SbcPrivateKey", "TranscribeKeyGrok", "AccessKey", "ProvisioningLinkExt",
     "ProvLink", "ProvisionLink", "DownloadLink", "accessToken", "verifier", "SIPID"],
)  # fmt: skip
def test_names_of_secrets(name: str) -> None:
    assert secret_name(name)


@pytest.mark.parametrize(
    "name",
    ["Number", "PinProtected", "PublicIPinSIP", "NextPageToken", "TokenEndpoint", "CountryCode", "Key", "Mapping",
     "next_page_token", "Link", "SpinUp", "AuthID"],
)  # fmt: skip
def test_names_of_what_is_none(name: str) -> None:
    assert not secret_name(name)


def test_masking_goes_to_every_depth_and_leaves_flags() -> None:
    body = {
        "opts": {"SipPassword": True, "VoicemailPIN": None, "Pin": 1234, "Token": ""},
        "list": [{"Password": {"Concealed": True, "Value": "x"}}, {"secrets": ["a", "b"]}],
        "number": "100",
    }
    assert masked(body) == {
        "opts": {"SipPassword": True, "VoicemailPIN": None, "Pin": HIDDEN, "Token": ""},
        "list": [{"Password": {"Concealed": True, "Value": HIDDEN}}, {"secrets": [HIDDEN, HIDDEN]}],
        "number": "100",
    }


def test_the_value_of_a_setting_that_is_called_like_a_secret_is_masked() -> None:
    assert masked([{"Name": "SMTP_PASSWORD", "Value": "x"}, {"name": "LOCALE", "value": "de"}]) == [
        {"Name": "SMTP_PASSWORD", "Value": HIDDEN},
        {"name": "LOCALE", "value": "de"},
    ]
