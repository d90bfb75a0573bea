# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What playbooks/awx brings into AWX, read as AWX's own import reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from awx_plugins.interfaces import _temporary_private_inject_api as awx
from awx_plugins.interfaces._temporary_private_api import ManagedCredentialType
from awx_plugins.interfaces._temporary_private_credential_api import Credential

from tests.controllers import ROOT

FOLDER = ROOT / "playbooks" / "awx"
FILES = sorted((FOLDER / "assets").glob("*.yml"))
Asset = Mapping[str, Any]


@cache
def assets() -> dict[str, list[Asset]]:
    """All assets by kind, such as job_templates."""
    found: dict[str, list[Asset]] = {}
    for path in FILES:
        found.update(yaml.safe_load(path.read_text(encoding="utf-8")))
    return found


def one(kind: str, name: str) -> Asset:
    [found] = [asset for asset in assets()[kind] if asset["name"] == name]
    return found


def questions(asset: Asset) -> list[Asset]:
    """Of the survey of a job template or workflow."""
    survey = asset["related"].get("survey_spec") or {}
    found: list[Asset] = survey.get("spec", [])
    return found


def extra_vars(asset: Asset) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(asset.get("extra_vars") or "{}")
    return found


def injected(inputs: Mapping[str, Any], private_data_dir: Path) -> dict[str, str]:
    """The environment of a job with a credential of these inputs, made by AWX's own code."""
    [kind] = assets()["credential_types"]
    made = ManagedCredentialType(
        namespace="tcx", name=kind["name"], kind=kind["kind"], inputs=kind["inputs"], injectors=kind["injectors"]
    )
    (private_data_dir / "env").mkdir(parents=True, exist_ok=True)
    env: dict[str, Any] = {}
    awx.inject_credential(made, Credential(dict(inputs)), env, {}, [], str(private_data_dir))
    # The container of a job has its private data directory there.
    return {name: value.replace("/runner/", f"{private_data_dir}/") for name, value in env.items()}


@dataclass(frozen=True)
class Node:
    """A node of a workflow. next: identifiers by how this one ended (success, failure, always)."""

    identifier: str
    template: str | None  # None: an approval
    asset: Asset
    next: Mapping[str, list[str]]


def nodes(workflow: Asset) -> dict[str, Node]:
    found = {}
    for asset in workflow["related"]["workflow_nodes"]:
        related = asset.get("related", {})
        following = {
            how: [node["identifier"] for node in related.get(f"{how}_nodes", [])]
            for how in ("success", "failure", "always")
        }
        template = asset.get("unified_job_template", {}).get("name")
        found[asset["identifier"]] = Node(asset["identifier"], template, asset, following)
    return found
