# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A workflow of AWX, walked through as AWX does it, with each job run by ansible-runner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.awx import ROOT, Node, assets, extra_vars, injected, nodes, one, questions
from tests.integration.runner import Job

PERSISTENT = "/var/lib/tcx"


@dataclass
class Walk:
    """What became of the nodes, in their order: successful or failed, and approved."""

    ended: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    failed: bool = False


class Workflow:
    """inputs: of the credential. variables: of the inventory. make_job: a new private data directory each time."""

    def __init__(
        self,
        name: str,
        inputs: Mapping[str, Any],
        variables: Mapping[str, Any],
        make_job: Callable[[str], Job],
        persistent: Path,
    ) -> None:
        self._asset = one("workflow_job_templates", name)
        self._inputs = inputs
        self._variables = variables
        self._make_job = make_job
        self._persistent = persistent
        self._artifacts: dict[str, Any] = {}

    def walk(self, first: str, answers: Mapping[str, Any]) -> Walk:
        every = nodes(self._asset)
        walk = Walk()
        waiting = [first]
        while waiting:
            node = every[waiting.pop(0)]
            how = self._approve(node, walk) if node.template is None else self._run(node, walk, answers)
            following = [*node.next[how], *node.next["always"]]
            # A failure that nothing follows is that of the workflow.
            walk.failed = walk.failed or (how == "failure" and not following)
            waiting += following
        return walk

    def _approve(self, node: Node, walk: Walk) -> str:
        walk.ended[node.identifier] = "approved"
        return "success"

    def _run(self, node: Node, walk: Walk, answers: Mapping[str, Any]) -> str:
        template = one("job_templates", str(node.template))
        job = self._make_job(node.identifier)
        # The files that are injected go into the directory before it is handed over.
        env = injected(self._inputs, job.directory) if template["related"] else {}
        job.fill(project(), self._inventory(), env, self._extra_vars(template, node, answers))
        options = ["--cmdline=--check --diff"] if node.asset.get("job_type") == "check" else []
        done = job.run(template["playbook"], *options)
        walk.outputs[node.identifier] = job.stdout
        walk.ended[node.identifier] = "failed" if done.returncode else "successful"
        self._artifacts.update(job.stats())
        return "failure" if done.returncode else "success"

    def _extra_vars(self, template: Mapping[str, Any], node: Node, answers: Mapping[str, Any]) -> dict[str, Any]:
        """In the order of AWX, the last ones win. It leaves out defaults that are empty."""
        defaults = {question["variable"]: question["default"] for question in questions(template)}
        found = {
            **extra_vars(template),
            **{name: value for name, value in defaults.items() if value},
            **answers,
            **self._artifacts,
            **node.asset.get("extra_data", {}),
        }
        return {name: self._moved(value) for name, value in found.items()}

    def _moved(self, value: Any) -> Any:
        return value.replace(PERSISTENT, str(self._persistent)) if isinstance(value, str) else value

    def _inventory(self) -> dict[str, Any]:
        [inventory] = assets()["inventory"]
        hosts = {
            host["name"]: {**yaml.safe_load(host["variables"]), **self._variables}
            for host in inventory["related"]["hosts"]
        }
        return {"all": {"hosts": hosts}}


def project() -> dict[str, str | Path]:
    """What a project made of this repository has."""
    return {str(path.relative_to(ROOT)): path for path in (ROOT / "playbooks").rglob("*.yml")}
