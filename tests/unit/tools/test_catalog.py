# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts are made of contracts as 3CX writes them, here of small ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import since
from ansible_collections.tcx.pbx.plugins.module_utils._catalog.facts.known_types import TYPES
from tools.catalog.__main__ import pages, wrapped
from tools.catalog.contract import Contract, contract_files
from tools.catalog.folding import fold
from tools.catalog.marks import EVERYWHERE, OF_A_TYPE
from tools.catalog.notation import result_text, type_text, versions_text
from tools.catalog.paths import Segment, segments

KNOWN = ["20.0.8", "20.0.9", "20.0.10"]
THINGS = """
paths:
  /Things:
    get:
      responses: {'200': {$ref: '#/components/responses/Pbx.ThingCollectionResponse'}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pbx.Thing'}}}}
      responses: {'201': {content: {application/json: {schema: {$ref: '#/components/schemas/Pbx.Thing'}}}}}
      x-ms-docs-operation-type: operation
  /Things({Id}):
    patch:
      parameters: [{name: Id, in: path, schema: {type: number, format: int32}}]
      responses: {'204': {description: Success}}
      x-ms-docs-operation-type: operation
  /Things({Id})/Pbx.Kick:
    post:
      parameters: [{name: Id, in: path, schema: {type: number, format: int32}}]
      requestBody: {$ref: '#/components/requestBodies/Kick'}
      responses: {'204': {description: Success}}
      x-ms-docs-operation-type: action
  /Things/Pbx.DownloadFind(b={b},a={a}):
    get:
      parameters:
        - {name: a, in: path, schema: {type: string, nullable: true}}
        - {name: b, in: path, schema: {type: string, format: date-time}}
        - $ref: '#/components/parameters/filter'
        - {name: $select, in: query}
      responses: {'200': {content: {application/json: {schema: {properties: {value: {type: boolean}}}}}}}
      x-ms-docs-operation-type: function
  /Mood:
    get:
      responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Pbx.Mood'}}}}}
      x-ms-docs-operation-type: operation
components:
  schemas:
    Count: {properties: {'@odata.count': {type: integer, format: int64}}}
    Pbx.Root: {properties: {Id: {type: integer, format: int32}}}
    Pbx.Thing:
      allOf:
        - $ref: '#/components/schemas/Pbx.Root'
        - properties:
            IsRegistered: {type: boolean, nullable: true}
            Mood: {allOf: [{$ref: '#/components/schemas/Pbx.Mood'}], nullable: true}
            Friends: {type: array, items: {$ref: '#/components/schemas/Pbx.Thing'}, x-ms-navigationProperty: true}
            Note: {type: string, nullable: true}
    Pbx.Mood: {enum: [No, Off, 1], type: string, x-ms-enum-flags: {isFlags: true}}
    Pbx.ThingCollectionResponse:
      allOf:
        - $ref: '#/components/schemas/Count'
        - properties: {value: {type: array, items: {$ref: '#/components/schemas/Pbx.Thing'}}}
    Pbx.ODataErrors.MainError: {properties: {code: {type: string}}}
  responses:
    Pbx.ThingCollectionResponse:
      content: {application/json: {schema: {$ref: '#/components/schemas/Pbx.ThingCollectionResponse'}}}
  requestBodies:
    Kick: {content: {application/json: {schema: {properties: {z: {type: string}, y: {type: integer, format: uint8}}}}}}
"""


@pytest.fixture
def folded() -> dict[str, list[str]]:
    older = (
        THINGS.replace("Note:", "Memo:")
        .replace("[No, Off, 1]", "[No, 1]")
        .replace("DownloadFind(b={b},a={a})", "F()")
        .replace("{name: $select, in: query}", "{name: other, in: header}")
    )
    return fold({"20.0.8": Contract.parse(older), "20.0.9": Contract.parse(THINGS), "20.0.10": Contract.parse(THINGS)})


def test_types(folded: dict[str, list[str]]) -> None:
    assert folded["types"] == [
        "Root Id:int32",
        "Thing Id:int32^ IsRegistered:boolean?^ Mood:Mood? Friends:[Thing]! Memo@8 Note@9-10",
    ]


def test_bare_words_of_yaml_stay_what_they_are(folded: dict[str, list[str]]) -> None:
    assert folded["enums"] == ["Mood * No Off@9-10 1"]


def test_sets_and_singletons(folded: dict[str, list[str]]) -> None:
    assert folded["sets"] == ["Things :Thing #Id:int32 list create update"]
    assert folded["singletons"] == ["Mood :Mood get"]


def test_calls_keep_the_order_of_parameters_and_have_a_line_per_signature(folded: dict[str, list[str]]) -> None:
    assert folded["calls"] == [
        "Things(#)/Pbx.Kick action z:string y:int32",
        "Things/Pbx.DownloadFind@9-10 function >boolean $ ~ b:datetime a",
        "Things/Pbx.F@8 function >boolean $-",
    ]


def test_content_of_another_type_is_no_longer_overlooked() -> None:
    with pytest.raises(ValueError, match="text/csv is new"):
        fold({"20.0.8": Contract.parse(THINGS.replace("{content: {application/json:", "{content: {text/csv:"))})


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "string", "format": "base64url", "nullable": "true"}, "binary?"),
        ({"type": "integer", "format": "decimal"}, "decimal"),
        ({"oneOf": [{"type": "number", "format": "double"}, {"type": "string"}]}, "double"),
        ({"oneOf": [{"type": "number", "format": "float", "nullable": "true"}, {"type": "string"}]}, "float?"),
        ({"anyOf": [{"$ref": "#/x/Pbx.A"}, {"type": "object", "nullable": "true"}]}, "A?"),
        ({"type": "array", "items": {"type": "string", "nullable": "true"}, "nullable": "true"}, "[string]?"),
    ],
)
def test_type_text(schema: dict[str, Any], text: str) -> None:
    assert type_text(schema) == text


def test_a_type_that_has_a_value_among_others_is_no_wrapper() -> None:
    named = Contract.parse(
        "components: {schemas: {Pbx.V: {properties: {value: {type: string}, name: {type: string}}}}}"
    )
    assert result_text(named, {"$ref": "#/components/schemas/Pbx.V"}) == "V"


@pytest.mark.parametrize(
    ("has", "text"),
    [(KNOWN, ""), (["20.0.8"], "@8"), (["20.0.9", "20.0.10"], "@9-10"), (["20.0.8", "20.0.10"], "@8,10")],
)
def test_versions_text(has: list[str], text: str) -> None:
    assert versions_text(has, KNOWN) == text


def test_paths() -> None:
    assert segments("/Users({Id})/Groups") == (Segment("Users", None, "Id"), Segment("Groups", None))
    assert segments("/Fax(Number={Number})") == (Segment("Fax", ("Number",)),)
    assert segments("/Logs/Pbx.F(b={b},a={a})") == (Segment("Logs", None), Segment("Pbx.F", ("b", "a")))
    assert segments("/GetUpdates()") == (Segment("GetUpdates", ()),)
    for odd in ("/Users({Id},{Name})", "/Users(a={b})"):
        with pytest.raises(ValueError, match="unknown form"):
            segments(odd)


def test_a_line_goes_on_behind_a_blank() -> None:
    pieces = wrapped("Name " + " ".join(f"Property{number}:int32" for number in range(40))).split("\n")
    assert len(pieces) > 5
    assert all(len(piece) < 120 for piece in pieces)
    assert [piece[0] for piece in pieces] == ["N"] + [" "] * (len(pieces) - 1)


def test_files_are_taken_in_the_order_of_their_versions(tmp_path: Path) -> None:
    for name in ("swagger-20.0.10.yaml", "swagger-20.0.9.yaml", "swagger-draft.yaml"):
        (tmp_path / name).write_text(THINGS, "utf-8")
    assert list(contract_files(tmp_path)) == ["20.0.9", "20.0.10"]
    written = pages(tmp_path)
    assert 'SETS = """\\\nThings :Thing' in written["known_sets.py"]
    assert '    "20.0.9",\n    "20.0.10",\n' in written["versions.py"]


def test_another_family_of_versions_needs_a_decision(tmp_path: Path) -> None:
    for name in ("swagger-20.0.10.yaml", "swagger-20.1.0.yaml"):
        (tmp_path / name).write_text(THINGS, "utf-8")
    with pytest.raises(ValueError, match="last number"):
        pages(tmp_path)


def test_no_contract_at_all(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        pages(tmp_path)


def test_every_mark_meets_a_property() -> None:
    """What was renamed or never existed is not marked."""
    unmet = {f"{name}.{prop}" for name, own in OF_A_TYPE.items() for prop in own if not since("type", name, prop)}
    assert unmet == set()
    assert [prop for prop in EVERYWHERE if f" {prop}" not in TYPES] == []
