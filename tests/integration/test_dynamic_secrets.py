# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in items whose fields no argument spec knows: in no output, however verbose, however the task ends."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.ansible import Ansible
from tests.simulator.testing import Simulator

WORD = "quiet-otter-word"
VERBOSE = {"ANSIBLE_INJECT_INVOCATION": "true"}


def user(**more: Any) -> dict[str, Any]:
    item = {"number": "477", "auth_password": WORD, "VMPIN": WORD + "2", **more}
    return {"tcx.pbx.tcx_object": {"set": "Users", "items": [item], "update_password": "always"}}


def settings(**more: Any) -> dict[str, Any]:
    mail = {"mail_password": {"value": WORD}, **more}
    return {"tcx.pbx.tcx_settings": {"settings": {"mail_settings": mail}, "update_password": "always"}}


TASKS = {
    "a new user": (user(), True),
    "an unknown field": (user(first_nam="Ada"), False),
    "a refused value": (user(groups=["Nobody"]), False),
    "a secret of the wrong type": (user(access_password={"oops": WORD}), False),
    "settings": (settings(), True),
    "an unknown setting": (settings(mail_serve="mail.example.com"), False),
}


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("as_module", [False, True], ids=["worker", "module"])
def test_no_secret_is_shown(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str], name: str, *, as_module: bool
) -> None:
    task, works = TASKS[name]
    # The playbook itself is shown where a task fails, so the task takes its options from a variable.
    module, args = next(iter(task.items()))
    variables = {"tcx_module_process": as_module, "wanted": args}
    subject = {"name": "subject", module: "{{ wanted }}"}
    run = ansible.play([subject], "-vvvv", "--diff", env={**connection, **VERBOSE}, settings={"vars": variables})
    assert (run.rc == 0) == works, run.text
    assert run.of("subject").result["invocation"]["module_args"], "nothing was shown at all"
    shown = "\n".join(line for line in run.text.splitlines() if "wanted:" not in line)
    assert WORD not in shown
    if works:
        assert simulator.writes(), "nothing was written"
