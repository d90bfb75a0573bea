# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks of docs/managing_a_pbx.md, as they stand there: what was read is no change, drift is one, and another
PBX can be made of the file.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from tests.controllers import ROOT
from tests.integration.ansible import Ansible, Run
from tests.integration.conftest import connection_of
from tests.simulator.testing import Simulator

GUIDE = ROOT / "docs" / "managing_a_pbx.md"
PLAYBOOK = re.compile(r"^```yaml\n# (\w+\.yml)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def playbooks(workdir: Path) -> dict[str, Path]:
    """The files of the guide, written where they find each other."""
    found = {}
    for name, text in PLAYBOOK.findall(GUIDE.read_text(encoding="utf-8")):
        found[name] = workdir / name
        found[name].write_text(text, encoding="utf-8")
    return found


def changed(run: Run) -> list[str]:
    assert run.rc == 0, run.text
    return [one.task for one in run.results if one.result.get("changed")]


# Without a connection: nobody can log in to a PBX.
BARE = {"all": {"hosts": {"pbx": {}}}}


def test_a_pbx_becomes_code(main_ansible: Ansible, simulator: Simulator, connection: dict[str, str]) -> None:
    files = playbooks(main_ansible.workdir)
    # What looks like a template on the PBX is none on the controller.
    simulator.change("Queues", queue_800(simulator), Name="{{ 7 * 7 }} {% nonsense <b>")
    assert main_ansible.playbook(files["read.yml"], env=connection, inventory=BARE).rc == 0
    assert not simulator.writes(), "reading writes nothing"
    compared = main_ansible.playbook(files["apply.yml"], "--check", "--diff", env=connection, inventory=BARE)
    assert changed(compared) == []
    simulator.change("Queues", queue_800(simulator), RingTimeout=7)
    assert changed(main_ansible.playbook(files["apply.yml"], env=connection)) == ["Queues"]
    assert changed(main_ansible.playbook(files["apply.yml"], env=connection)) == []


def test_another_pbx_is_made_of_the_file(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str]
) -> None:
    files = playbooks(main_ansible.workdir)
    assert main_ansible.playbook(files["read.yml"], env=connection).rc == 0
    make_portable(main_ansible.workdir / "pbx" / "pbx.yml")
    with Simulator(seed="empty") as other:
        env = connection_of(other)
        assert {"Users", "Trunks", "Holidays"} <= set(changed(main_ansible.playbook(files["apply.yml"], env=env)))
        assert changed(main_ansible.playbook(files["apply.yml"], env=env)) == []
        assert numbers(other, "Users") == numbers(simulator, "Users")
        assert numbers(other, "Receptionists") == numbers(simulator, "Receptionists")


def make_portable(file: Path) -> None:
    """What the guide wants to be done for a new PBX."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    for items in content["pbx"].values():
        for item in items:
            item.pop("id", None)
    for trunk in content["pbx"]["trunks"]:
        trunk["template"] = "generic.pv.xml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")


def numbers(simulator: Simulator, set_name: str) -> list[str]:
    return sorted(row["Number"] for row in simulator.rows(set_name))


def queue_800(simulator: Simulator) -> int:
    return next(int(row["Id"]) for row in simulator.rows("Queues", ids=True) if row["Number"] == "800")
