# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Error bodies of every shape, and what nobody promised."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.bodies import Said, said

QUERY = "The query specified in the URI is not valid. The limit of '100' for Top query has been exceeded."


def odata(message: str, *details: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"error": {"code": "", "message": message, "details": list(details), **more}}).encode()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", Said()),
        (b"  \r\n", Said()),
        (
            odata(
                "Number:\nWARNINGS.XAPI.ALREADY_IN_USE",
                {"code": "", "target": "Number", "message": "WARNINGS.XAPI.ALREADY_IN_USE"},
            ),
            Said(("ALREADY_IN_USE",), ("Number",), "Number: WARNINGS.XAPI.ALREADY_IN_USE"),
        ),
        (
            odata("", {"target": "Name", "message": "WARNINGS.LIMIT_REACHED"}, {"message": "WARNINGS.XAPI.REQUIRED"}),
            Said(("LIMIT_REACHED", "REQUIRED"), ("Name",), "WARNINGS.LIMIT_REACHED; WARNINGS.XAPI.REQUIRED"),
        ),
        (
            b'{"error":{"code":"","message":"The input was not valid.\\n\\ndelta:\\nThe delta field is required."}}',
            Said((), ("delta",), "The input was not valid. delta: The delta field is required."),
        ),
        (odata(QUERY), Said((), (), QUERY)),
        (
            json.dumps({"error": {"code": "400", "message": "WARNINGS.XAPI.FILE_NOT_FOUND"}}).encode(),
            Said(("FILE_NOT_FOUND",), (), "WARNINGS.XAPI.FILE_NOT_FOUND"),
        ),
        (
            json.dumps({"error": {"code": "NotFound", "message": "no", "target": None, "details": None}}).encode(),
            Said(("NotFound",), (), "no"),
        ),
        (b'{"error":"Department not found"}', Said((), (), "Department not found")),
        (
            b'{"error":"unauthorized","error_description":"The request requires valid user authentication."}',
            Said(("unauthorized",), (), "unauthorized: The request requires valid user authentication."),
        ),
        (b'{"error":"invalid_client"}', Said(("invalid_client",), (), "invalid_client")),
        (b'"WARNINGS.XAPI.DUPLICATE"', Said(("DUPLICATE",), (), "WARNINGS.XAPI.DUPLICATE")),
        (b"Too many requests", Said((), (), "Too many requests")),
        (
            b"<html>\n<head><title>502  Bad\nGateway</title></head></html>",
            Said((), (), "an HTML page titled '502 Bad Gateway'"),
        ),
        (b"<!DOCTYPE html><p>no title", Said((), (), "an HTML page")),
        (
            b'{"title":"One or more validation errors occurred.","status":400,"errors":{"Name":["Too long.","Bad."]}}',
            Said((), ("Name",), "One or more validation errors occurred.; Name: Too long. Bad."),
        ),
        (b"\xef\xbb\xbf" + odata("no"), Said((), (), "no")),
        (b"{broken", Said((), (), "{broken")),
        (b"[1]", Said()),
        (b"{}", Said()),
        (b'{"error":{}}', Said()),
        (b'{"error":{"message":{"lang":"en"},"details":[1,{"message":5}]}}', Said()),
        (b'{"error":null}', Said()),
        ("Gr\u00f6\u00dfe".encode("latin-1"), Said((), (), "Gr\ufffd\ufffde")),
    ],
)
def test_shapes(body: bytes, expected: Said) -> None:
    assert said(body) == expected


def test_long_words_are_trimmed_to_one_line() -> None:
    words = said(("line\n" * 1000).encode()).detail
    assert len(words) == 500
    assert words.endswith("...")
    assert "\n" not in words


def test_a_code_at_the_end_of_a_sentence() -> None:
    assert said(b"It is WARNINGS.XAPI.TOO_MANY_PHONES. Sorry").codes == ("TOO_MANY_PHONES",)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["error", "message", "code", "details", "target", "errors", "x"]), inner)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_no_body_is_too_odd(body: bytes) -> None:
    words = said(body)
    assert all(isinstance(code, str) and code for code in words.codes)
    assert all(isinstance(target, str) and target for target in words.targets)
    assert "\n" not in words.detail
