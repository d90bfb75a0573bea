# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The README of each role is what the generator makes of its argument specs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.role_readmes import differences, markdown

SPECS = """\
argument_specs:
  main:
    short_description: Do it
    description: [Looks first.]
    options:
      job_name: {description: "What to call it: V(a) | V(b).", type: str, required: true}
      job_times: {description: How often., type: list, elements: int, default: []}
      job_kind: {description: Which., type: str, choices: [small, big], default: small}
  undo:
    short_description: Undo it
"""
TASKS = """\
- name: Do it
  tags: [always, work]
  block:
    - name: Look
      tags: look
"""


def test_readmes_are_up_to_date() -> None:
    changes = [str(path) for path in differences()]
    assert not changes, f"run make roles-readme; these differ: {', '.join(changes)}"


def test_the_page_tells_all_that_can_be_set_and_run(tmp_path: Path) -> None:
    for place, text in {
        "roles/job/meta/argument_specs.yml": SPECS,
        "roles/job/tasks/main.yml": TASKS,
        "playbooks/job.yml": "",
    }.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text, "utf-8")
    [(path, page)] = differences(tmp_path).items()
    assert path == Path("roles/job/README.md")
    assert "| `job_name` | str | has to be given | What to call it: `a` \\| `b`. |" in page
    assert "| `job_times` | list of int | `[]` | How often. |" in page
    assert "| `job_kind` | str | `small` | Which. One of `small`, `big`. |" in page
    assert "## Entry point `undo`\n\nUndo it.\n" in page
    assert "ansible-playbook -i inventory tcx.pbx.job --check --diff" in page
    assert "Tags: `work`, `look`." in page
    (tmp_path / path).write_text(page, "utf-8")
    assert differences(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("As O(tcx.pbx.tcx_info#module:gather) says.", "As `gather` of `tcx.pbx.tcx_info` says."),
        ("M(tcx.pbx.tcx_info) and P(tcx.pbx.window#filter)", "`tcx.pbx.tcx_info` and `tcx.pbx.window`"),
        ("I(all) of L(this,https://example.com)", "*all* of [this](https://example.com)"),
    ],
)
def test_markup_becomes_markdown(text: str, wanted: str) -> None:
    assert markdown(text) == wanted
