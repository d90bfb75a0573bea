# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links of backups: whoever has one gets the file."""

from __future__ import annotations

import pytest

from tests.unit.simulator.api import Api


def link_of(api: Api) -> str:
    link: str = api.rows("Backups")[0]["DownloadLink"]
    return link


def test_a_link_is_relative_and_needs_no_token(api: Api) -> None:
    link = link_of(api)
    assert link.startswith("/")
    answer = api.send("GET", link)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/zip"
    assert len(answer.body) == api.rows("Backups")[0]["Size"]
    assert answer.body == api.send("GET", link).body


@pytest.mark.parametrize(
    "change", [lambda link: link + "x", lambda link: link.replace("/", "/0", 3), lambda link: "/files/"]
)
def test_nothing_is_behind_a_guessed_link(api: Api, change: object) -> None:
    assert callable(change)
    assert api.send("GET", change(link_of(api))).status == 404


def test_a_link_is_only_read(api: Api) -> None:
    assert api.send("POST", link_of(api)).status == 405


def test_a_link_dies_with_its_backup(api: Api) -> None:
    row = api.rows("Backups")[0]
    api.delete(f"Backups('{row['FileName']}')")
    assert api.send("GET", row["DownloadLink"]).status == 404
