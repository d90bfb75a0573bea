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


@pytest.mark.parametrize("as_module", [False, True], ids=["worker", "module"])
def test_no_secret_is_shown(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str], *, as_module: bool
) -> None:
    # The playbook itself is shown where a task fails, so a task takes its options from a variable.
    wanted = {name: next(iter(task.items())) for name, (task, _works) in TASKS.items()}
    tasks = [{"name": name, module: f"{{{{ wanted['{name}'] }}}}"} for name, (module, _options) in wanted.items()]
    variables = {"tcx_module_process": as_module, "wanted": {name: args for name, (_module, args) in wanted.items()}}
    settings = {"vars": variables, "ignore_errors": True}
    run = ansible.play(tasks, "-vvvv", "--diff", env={**connection, **VERBOSE}, settings=settings)
    for name, (_task, works) in TASKS.items():
        seen = run.of(name)
        assert seen.status == ("ok" if works else "ignored"), seen
        assert seen.result["invocation"]["module_args"], "nothing was shown at all"
        assert seen.result["changed"] == works, "nothing was written"
    shown = "\n".join(line for line in run.text.splitlines() if "wanted" not in line)
    assert WORD not in shown
