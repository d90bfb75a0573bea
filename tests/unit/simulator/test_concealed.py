# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Concealed values: written, kept through an echo, cleared, and never answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulator.areas.pairs import PAIRS
from tests.simulator.facts.catalog import Catalog, load
from tests.simulator.facts.grammar import VERSIONS
from tests.simulator.odata.concealed import CONCEALED
from tests.unit.simulator.api import Api

SECRET = "example-secret-4711"


def places(catalog: Catalog, type_name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The paths to all concealed values of a type, with the member that holds the secret."""
    for name, kind in catalog.types[type_name].items():
        if kind.navigation or kind.collection:
            continue
        if kind.name in CONCEALED:
            yield (name,), CONCEALED[kind.name]
        elif kind.name in catalog.types:
            for path, member in places(catalog, kind.name):
                yield (name, *path), member


def nested(path: tuple[str, ...], value: Any) -> Any:
    for name in reversed(path):
        value = {name: value}
    return value


def at(content: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        content = content.get(name) if content else None
    return content


def singletons() -> list[tuple[str, str, tuple[str, ...], str]]:
    return [
        (version, name, path, member)
        for version in VERSIONS
        for name, type_name in load(version).singletons.items()
        for path, member in places(load(version), type_name)
    ]


def pairs() -> list[tuple[str, str, tuple[str, ...], str]]:
    return [
        (version, name, path, member)
        for version in VERSIONS
        for name in PAIRS
        for path, member in places(load(version), name)
    ]


def test_there_are_many_of_them() -> None:
    assert len(singletons()) > 60
    assert len(pairs()) > 50


@pytest.mark.parametrize(("version", "name", "path", "member"), singletons())
def test_a_singleton_keeps_its_secret(version: str, name: str, path: tuple[str, ...], member: str) -> None:
    api = Api(version)
    assert at(api.get(name).json, path) is None

    def write(value: Any) -> None:
        assert api.patch(name, nested(path, value)).status == 204

    write({member: SECRET})
    stored = at(api.pbx.singletons[name].values, path)
    answer = api.get(name)
    assert stored == {member: SECRET}
    assert SECRET.encode() not in answer.body
    assert at(answer.json, path) == {"Concealed": True}
    write({"Concealed": True, member: None})
    assert at(api.pbx.singletons[name].values, path) == {member: SECRET}
    write({member: None})
    assert at(api.get(name).json, path) is None


@pytest.mark.parametrize(("version", "name", "path", "member"), pairs())
def test_a_pair_of_functions_keeps_its_secret(version: str, name: str, path: tuple[str, ...], member: str) -> None:
    api = Api(version)
    reader, writer, parameter = PAIRS[name]

    def write(value: Any) -> None:
        assert api.post(writer, {parameter: nested(path, value)}).status == 204

    write({member: SECRET})
    answer = api.get(reader)
    assert SECRET.encode() not in answer.body
    assert at(answer.json, path) == {"Concealed": True}
    write({"Concealed": True})
    assert at(api.pbx.shelf[name], path) == {member: SECRET}
    write({"Concealed": False, member: ""})
    assert at(api.get(reader).json, path) is None


@pytest.mark.parametrize("version", VERSIONS)
def test_the_password_of_a_trunk_is_never_answered(version: str) -> None:
    api = Api(version)
    kind = load(version).types["Trunk"]["AuthPassword"].name
    given: Any = {"Value": SECRET} if kind in CONCEALED else SECRET
    made = api.post("Trunks", {"Gateway": {"Name": "Secret"}, "AuthPassword": given})
    assert made.status == 201
    listed = api.get("Trunks?$select=Id,AuthPassword")
    assert SECRET.encode() not in made.body + listed.body + api.get(f"Trunks({made.json['Id']})").body
    assert api.pbx.sets["Trunks"].rows[made.json["Id"]]["AuthPassword"] == given


def test_a_file_keeps_its_name_and_hides_its_contents() -> None:
    api = Api()
    api.patch("SecureSipSettings", {"PrivateKey": {"Name": "key.pem", "Contents": SECRET}})
    assert api.get("SecureSipSettings").json["PrivateKey"] == {"Concealed": True, "Name": "key.pem"}
