# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of playbooks/awx, imported by the command line tool of AWX, into something that answers as AWX does."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from awxkit.api.client import Connection
from awxkit.api.pages.api import ApiV2
from awxkit.yaml_file import Loader

from tests.awx import FILES, Asset, assets, nodes, questions
from tests.fake_awx import FakeAwx


def import_all(awx: FakeAwx) -> None:
    """As docs/awx.md says: each file by itself, in the order of their names."""
    connection = Connection("http://awx.example.com")
    connection.session.mount("http://awx.example.com", awx)
    for path in FILES:
        api = ApiV2(connection, endpoint="/api/v2/").get()
        with path.open(encoding="utf-8") as stream:
            api.import_assets(Loader(stream).get_single_data())


def everything() -> Iterator[Asset]:
    """All assets, and those that come within them."""
    for kind in assets().values():
        for asset in kind:
            yield asset
            yield from asset.get("related", {}).get("hosts", [])
            yield from asset.get("related", {}).get("workflow_nodes", [])


@pytest.fixture
def awx(caplog: pytest.LogCaptureFixture) -> FakeAwx:
    fake = FakeAwx()
    with caplog.at_level(logging.WARNING, logger="awxkit"):
        import_all(fake)
    assert [record.getMessage() for record in caplog.records] == []
    return fake


def test_all_is_made_and_nothing_is_left_out(awx: FakeAwx) -> None:
    names = [f"{asset['natural_key']['type']} {asset['name']}" for kind in assets().values() for asset in kind]
    assert set(names) <= set(awx.created)
    assert awx.unknown == []


def test_no_field_of_a_file_is_ignored_by_the_import(awx: FakeAwx) -> None:
    """It leaves out what AWX does not take, without a word."""
    for asset in everything():
        key = asset["natural_key"]
        made = awx.named(key["type"], key.get("name") or key["identifier"])
        derived = {"organization"} if made["type"] == "job_template" else set()
        assert set(asset) - set(made) - derived == {"natural_key"} | ({"related"} & set(asset))


def test_job_templates_have_their_project_credential_and_survey(awx: FakeAwx) -> None:
    credential = awx.named("credential", "3CX PBX")
    project = awx.named("project", "3CX runbooks")
    for asset in assets()["job_templates"]:
        made = awx.named("job_template", asset["name"])
        assert made["project"] == project["id"]
        assert made["inventory"] == awx.named("inventory", "3CX PBX")["id"]
        if asset["related"]:
            assert awx.attached[made["id"], "credentials"] == [credential["id"]]
            assert awx.texts[made["id"], "survey_spec"]["spec"] == questions(asset)


def test_no_secret_comes_with_the_credential(awx: FakeAwx) -> None:
    assert awx.named("credential", "3CX PBX")["inputs"]["client_secret"] == ""


def test_the_nodes_of_the_workflow_are_joined(awx: FakeAwx) -> None:
    [workflow] = assets()["workflow_job_templates"]
    for name, node in nodes(workflow).items():
        made = awx.named("workflow_job_template_node", name)
        for how, following in node.next.items():
            wanted = [awx.named("workflow_job_template_node", other)["id"] for other in following]
            assert awx.attached.get((made["id"], f"{how}_nodes"), []) == wanted
        if node.template is None:
            assert awx.texts[made["id"], "create_approval_template"]["timeout"] > 0
        else:
            assert made["unified_job_template"] == awx.named("job_template", node.template)["id"]


def test_importing_again_makes_nothing_new(awx: FakeAwx) -> None:
    before = list(awx.created)
    import_all(awx)
    assert awx.created == before
