# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a watcher keeps how far it is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._task.cabinet import Cabinet
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.plugin_utils.events.mark import Mark
from ansible_collections.tcx.pbx.plugins.plugin_utils.events.store import Store

URL = "https://pbx.example.com:5001"
NOON = datetime(2027, 1, 31, 12, tzinfo=UTC)


def store(place: Path, log: str = "event", url: str = URL) -> Store:
    return Store(Cabinet("state_directory", str(place)), url, log)


def test_kept_for_the_next_start_and_for_nobody_else(tmp_path: Path) -> None:
    place = tmp_path / "state"
    first = store(place)
    first.take()
    assert first.load() is None
    first.save(Mark(NOON, 7, {"k-1": NOON}))
    found = store(place).load()
    assert found is not None
    assert (found.newest, found.last, found.seen) == (NOON, 7, {"k-1": NOON})
    assert place.stat().st_mode & 0o777 == 0o700
    assert {(one.name, one.stat().st_mode & 0o777) for one in place.iterdir()} == {
        ("pbx.example.com-5001.event.json", 0o600),
        ("pbx.example.com-5001.event.lock", 0o600),
    }


def test_one_at_a_time(tmp_path: Path) -> None:
    first, second = store(tmp_path), store(tmp_path)
    first.take()
    with pytest.raises(OptionError, match="another source watches the same log"):
        second.take()
    store(tmp_path, "activity").take()
    store(tmp_path, url="https://pbx.example.com:443").take()
    first.leave()
    second.take()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": 2}', '{"format": 1, "newest": "x", "last": 0, "seen": {}}', "null"]
)
def test_a_file_that_is_something_else(text: str, tmp_path: Path) -> None:
    one = store(tmp_path)
    (tmp_path / one.name).write_text(text, encoding="utf-8")
    with pytest.raises(OptionError, match=r"pbx\.example\.com-5001\.event\.json does not hold .* delete it to begin"):
        one.load()
