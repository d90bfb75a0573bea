# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desired state is cut into tasks, and what makes no sense in it is named with its place."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.filter.desired_areas import desired_areas, drift_checks
from ansible_collections.tcx.pbx.plugins.plugin_utils.desired import TITLES
from tests.unit.sources import PLUGINS

ENTRY = {"ip_addr_mask": "203.0.113.0/24"}
# They read, call, wait, or work on files of the controller.
WITHOUT_STATE = {"tcx_action", "tcx_info", "tcx_query", "tcx_report", "tcx_wait", "tcx_window"}


def test_every_module_with_a_desired_state_is_known() -> None:
    there = {path.stem for path in (PLUGINS / "modules").glob("tcx_*.py")}
    assert set(TITLES) == there - WITHOUT_STATE
    assert len(set(TITLES.values())) == len(TITLES)


def test_tasks_in_their_order_with_titles_and_places() -> None:
    desired = {
        "tcx.pbx.tcx_blocklist": {"entries": [ENTRY], "purge": True},
        "tcx_object": [{"set": "Parkings", "items": []}, {"set": "Fax", "items": [{"number": "90"}]}],
    }
    found = desired_areas(desired, "site.yml")
    assert [(one["module"], one["title"], one["place"]) for one in found] == [
        ("tcx_blocklist", "Blocklist", "site.yml: tcx_blocklist"),
        ("tcx_object", "Objects (Parkings)", "site.yml: tcx_object[0]"),
        ("tcx_object", "Objects (Fax)", "site.yml: tcx_object[1]"),
    ]
    assert found[0]["options"] == {"entries": [ENTRY], "purge": True}


def test_nothing_is_added_to_the_options() -> None:
    """What is left out is left to the module: its defaults are not drift."""
    options: dict[str, Any] = {"rules": [{"name": "National"}]}
    assert desired_areas({"tcx_outbound_rules": options})[0]["options"] == {"rules": [{"name": "National"}]}
    assert options == {"rules": [{"name": "National"}]}


@pytest.mark.parametrize(
    ("desired", "words"),
    [
        ([], "site.yml has to be a dictionary of modules"),
        ({"tcx_blocklists": {}}, "site.yml: tcx_blocklists is no module that has a desired state"),
        ({"tcx_query": {"set": "Users"}}, "site.yml: tcx_query is no module"),
        ({"tcx_blocklist": "all"}, "site.yml: tcx_blocklist has to be a dictionary of the options"),
        ({"tcx_blocklist": [{"entries": [ENTRY]}, None]}, r"tcx_blocklist\[1\] has to be a dictionary"),
        ({"tcx_blocklist": {"entires": [ENTRY]}}, "site.yml: tcx_blocklist: .*entires"),
        ({"tcx_blocklist": {"entries": [{"ip": "203.0.113.1"}]}}, "site.yml: tcx_blocklist: .*ip"),
        ({"tcx_outbound_rules": {"rules": [], "order": "listet"}}, "one of: ignore, listed, got: listet"),
    ],
)
def test_what_makes_no_sense_is_named_with_its_place(desired: Any, words: str) -> None:
    with pytest.raises(AnsibleFilterError, match=words):
        desired_areas(desired, "site.yml")


def test_no_secret_is_told() -> None:
    backup = {"schedule": {"contents": {"encrypt_backup_password": "open sesame", "open sesame": 1}}}
    with pytest.raises(AnsibleFilterError) as caught:
        desired_areas({"tcx_backup": backup})
    assert "open sesame" not in str(caught.value)


def test_each_area_is_a_check() -> None:
    change = {"area": "Blocklist", "item": "203.0.113.0/24", "action": "created"}
    areas = [
        {"title": "Blocklist", "place": "a", "changes": [change], "msg": ""},
        {"title": "Users", "place": "a", "changes": [{**change, "item": str(number)} for number in range(5)]},
        {"title": "Queues", "place": "a", "changes": []},
        {"title": "Trunks", "place": "a: tcx_trunks", "changes": [], "msg": "There is no trunk called B."},
    ]
    assert drift_checks(areas) == [
        {"name": "Blocklist", "status": "warning", "value": 1, "msg": "Not as desired: 203.0.113.0/24."},
        {"name": "Users", "status": "warning", "value": 5, "msg": "Not as desired: 0, 1, 2 and 2 more."},
        {"name": "Queues", "status": "ok", "value": 0, "msg": "As desired."},
        {"name": "Trunks", "status": "unknown", "msg": "a: tcx_trunks: There is no trunk called B."},
    ]
