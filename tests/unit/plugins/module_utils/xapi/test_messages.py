# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person reads: the request, the status, the code, the field, the remedy."""

from __future__ import annotations

import json

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import (
    AuthFailed,
    Conflict,
    Forbidden,
    NotFound,
    Refused,
    ServerFault,
    XapiError,
    from_record,
)
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import (
    Reply,
    Server,
    json_reply,
)


def refusal(code: str, target: str | None = "Number") -> Reply:
    detail = {"code": "", "target": target, "message": f"WARNINGS.XAPI.{code}"}
    return json_reply({"error": {"code": "", "message": f"{target}:\nWARNINGS.XAPI.{code}", "details": [detail]}}, 400)


def test_a_refusal_in_full(pbx: Server, client: Client) -> None:
    pbx.answers(refusal("ALREADY_IN_USE"))
    with pytest.raises(Refused) as caught:
        client.create("Users", {"Number": "100"})
    error = caught.value
    assert str(error) == (
        "POST Users: HTTP 400 ALREADY_IN_USE on Number. Another object has this value already: choose another one,"
        " or manage that object instead."
    )
    assert (error.status, error.codes, error.targets) == (400, ("ALREADY_IN_USE",), ("Number",))
    assert (error.method, error.path) == ("POST", "Users")
    assert error.detail == "Number: WARNINGS.XAPI.ALREADY_IN_USE"


def test_words_that_say_more_than_the_code_are_quoted(pbx: Server, client: Client) -> None:
    pbx.answers(
        json_reply({"error": {"message": "The input was not valid.\n\ndelta:\nThe delta field is required."}}, 400)
    )
    with pytest.raises(Refused, match=r'on delta\. The PBX says: "The input was not valid\. delta: The delta'):
        client.update("Users(5)", {})


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (400, Refused, "Check the values"),
        (402, Refused, "licence"),
        (403, Forbidden, "System Owner"),
        (404, NotFound, "does not exist"),
        (405, Refused, "does not offer"),
        (409, Refused, "present state"),
        (412, Conflict, "meantime"),
        (418, Refused, "HTTP 418"),
        (428, Refused, "if_match"),
        (500, ServerFault, "inside the PBX"),
    ],
)
def test_every_status_with_an_empty_body(
    pbx: Server, client: Client, status: int, kind: type[XapiError], words: str
) -> None:
    pbx.answers(Reply(status))
    with pytest.raises(XapiError, match=words) as caught:
        client.update("Users(5)", {})
    assert caught.type is kind
    assert str(caught.value).startswith(f"PATCH Users(5): HTTP {status}.")
    assert (caught.value.status, caught.value.codes, caught.value.detail) == (status, (), "")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("DUPLICATE", "this name"),
        ("FORBIDDEN_CHANGE", "create it anew"),
        ("TOO_MANY_TRUNKS", "no more of these"),
        ("SOMETHING_NEW", "Check the values"),
    ],
)
def test_remedies(pbx: Server, client: Client, code: str, words: str) -> None:
    pbx.answers(refusal(code))
    with pytest.raises(Refused, match=f"HTTP 400 {code} on Number. .*{words}"):
        client.update("Users(5)", {})


def test_the_path_is_shown_readable(pbx: Server, client: Client) -> None:
    pbx.answers(Reply(404))
    with pytest.raises(NotFound, match=r"DELETE Backups\('a b\.zip'\)"):
        client.delete("Backups('a%20b.zip')")


def test_an_error_survives_the_way_into_another_process() -> None:
    error = AuthFailed("why", status=400, codes=("A",), targets=("T",), detail="d", method="POST", path="p")
    again = from_record(json.loads(json.dumps(error.as_record())))
    assert again.__class__ is AuthFailed
    assert (str(again), again.__dict__) == (str(error), error.__dict__)
    assert from_record(Refused("why").as_record()).__class__ is XapiError
