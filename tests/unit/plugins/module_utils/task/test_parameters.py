# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""tcx_parameters: values that nobody sees, and no purge of everything."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.choosing import declaration_for
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._task.parameters import manage_parameters, values_masked
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Refused
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.resources.declared.pbx import Pbx


class Task:
    """What manage_parameters needs of one."""

    check_mode = False

    def __init__(self, pbx: Pbx, **params: Any) -> None:
        self.client = pbx
        self.params = {
            "url": "https://pbx.example.com",
            "state": "present",
            "purge": False,
            "purge_filter": None,
            "max_deletions": None,
            **params,
        }

    def warn(self, text: str) -> None:
        raise AssertionError(text)


def manage(pbx: Pbx, *items: dict[str, Any], **params: Any) -> dict[str, Any]:
    whole = [{"concealed": None, **item} for item in items]
    return manage_parameters(Task(pbx, **params), declaration_for("Parameters"), "parameters", whole)  # type: ignore[arg-type]


def parameter(name: str, value: str, id_: int = 1) -> dict[str, Any]:
    return {"Id": id_, "Name": name, "Value": value}


@pytest.mark.parametrize(
    ("name", "concealed", "shown"),
    [
        ("SMTP_PASSWORD", None, False),
        ("SMTP_HOST", None, True),
        ("SMTP_HOST", True, False),
        ("MENU_PIN", False, True),
    ],
)
def test_a_value_is_shown_or_not_and_written_and_compared_anyway(name: str, concealed: bool | None, shown: bool):
    pbx = Pbx(Parameters=[parameter(name, "north")])
    item = {"name": name, "value": "south", "concealed": concealed}
    result = manage(pbx, item)
    assert pbx.calls == [("PATCH", "Parameters(1)", {"Value": "south"})]
    assert ("north" in str(result), "south" in str(result)) == (shown, shown)
    assert not manage(pbx, item)["changed"]


def test_a_value_that_the_pbx_quotes_is_not_told():
    pbx = Pbx(Parameters=[])

    def refuse(verb: str, path: str) -> None:
        raise Refused('"hunter22" is too short', status=400)

    pbx.interfere = refuse
    result = manage(pbx, {"name": "HOST", "value": "hunter22", "concealed": True})
    assert result["failed"]
    assert "is too short" in result["msg"]
    assert "hunter22" not in str(result)


def test_nobody_purges_everything():
    pbx = Pbx(Parameters=[parameter("A", "1"), parameter("B", "1", 2)])
    with pytest.raises(OptionError, match="purge: would remove all that is not listed"):
        manage(pbx, {"name": "A"}, purge=True)
    manage(pbx, {"name": "A"}, purge=True, purge_filter={"value": "1"})
    assert pbx.calls == [("DELETE", "Parameters(2)", {"if_match": None})]


def test_the_options_are_shown_without_secrets():
    items = [
        {"name": "SMTP_PASSWORD", "value": "hunter22", "concealed": None},
        {"name": "HOST", "value": "hunter22", "concealed": True},
        {"name": "MENU_PIN", "value": "4", "concealed": False},
        {"name": "OLD_PASSWORD", "value": None, "concealed": None},
    ]
    shown = values_masked("parameters")({"parameters": items, "purge": False})
    assert [one["value"] for one in shown["parameters"]] == ["********", "********", "4", None]
    assert values_masked("parameters")({"parameters": None})["parameters"] == []
