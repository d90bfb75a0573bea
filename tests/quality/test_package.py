# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What users install: the tarball holds what it should, installs, and its modules work against a PBX."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
import yaml

from tests.controllers import Controller
from tests.quality.tooling import PYTHON, assert_content, tool
from tests.simulator.testing import Simulator
from tools.build import build, install
from tools.checkout import ROOT, run
from tools.tree import shipped_files

MADE_BY_THE_BUILD = {"FILES.json", "MANIFEST.json"}


@pytest.fixture(scope="module")
def tarball(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("package")
    return build(PYTHON, base / "tree", base)


def members(tarball: Path) -> set[str]:
    with tarfile.open(tarball) as archive:
        return {one.name for one in archive.getmembers() if not one.isdir()}


def test_holds_exactly_what_users_need(tarball: Path) -> None:
    wanted = {str(name) for name in shipped_files()}
    found = members(tarball) - MADE_BY_THE_BUILD
    assert found - wanted == set(), "add these to build_ignore in galaxy.yml"
    assert wanted - found == set(), "these are missing in the tarball"


def test_everybody_may_read_all_of_it(tarball: Path) -> None:
    """In an execution environment it belongs to root, and jobs are somebody else's."""
    with tarfile.open(tarball) as archive:
        hidden = [
            one.name for one in archive.getmembers() if one.mode & 0o004 == 0 or (one.isdir() and not one.mode & 0o001)
        ]
    assert not hidden


def test_same_from_a_checkout_with_everything_that_work_leaves_in_it(tarball: Path, tmp_path: Path) -> None:
    assert_content(tool("ansible-galaxy"), "collection", "build", "--output-path", tmp_path, cwd=ROOT)
    (built,) = tmp_path.glob("tcx-pbx-*.tar.gz")
    assert members(built) == members(tarball)


def test_needs_no_other_collection_and_no_pinned_library() -> None:
    assert not yaml.safe_load((ROOT / "galaxy.yml").read_text("utf-8"))["dependencies"]
    lines = (ROOT / "meta" / "ee-requirements.txt").read_text("utf-8").split()
    assert lines
    assert not [line for line in lines if "==" in line or "<" in line or "~=" in line]


@pytest.mark.parametrize("module_process", [False, True], ids=["in the worker", "as a module process"])
def test_module_from_the_tarball(controller: Controller, module_process: bool, tarball: Path, tmp_path: Path) -> None:
    python = Path(controller.python)
    collections = tmp_path / "collections"
    install(python, tarball, collections)
    with Simulator() as pbx:
        environ = {
            "ANSIBLE_COLLECTIONS_PATH": str(collections),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "TCX_URL": pbx.url,
            "TCX_CLIENT_ID": pbx.client_id,
            "TCX_CLIENT_SECRET": pbx.client_secret,
            "TCX_CA_PATH": str(pbx.ca_path),
        }
        entry = {"entries": [{"ip_addr_mask": "192.0.2.77", "block_type": "Block"}]}
        task = {"name": "Block", "tcx.pbx.tcx_blocklist": entry, "register": "blocked"}
        changed = {"name": "Look", "ansible.builtin.debug": {"msg": "changed={{ blocked.changed }}"}}
        play = {"name": "Play", "hosts": "localhost", "gather_facts": False, "tasks": [task, changed]}
        (tmp_path / "play.yml").write_text(yaml.safe_dump([play]), "utf-8")
        argv = [controller.bin("ansible-playbook"), "-e", f"tcx_module_process={module_process}", "play.yml"]
        first = run(argv, python=python, cwd=tmp_path, environ=environ)
        second = run(argv, python=python, cwd=tmp_path, environ=environ)
    assert (first.returncode, second.returncode) == (0, 0), first.stdout + second.stdout
    assert "changed=True" in first.stdout
    assert "changed=False" in second.stdout
