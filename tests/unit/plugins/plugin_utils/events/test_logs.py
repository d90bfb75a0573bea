# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The messages of the event log."""

from __future__ import annotations

import pytest

from ansible_collections.tcx.pbx.plugins.plugin_utils.events.logs import filled


@pytest.mark.parametrize(
    ("message", "params", "shown"),
    [
        ("%1$s was blocked by %2$s", ["192.0.2.7", "100"], "192.0.2.7 was blocked by 100"),
        ("%2$s %1$s %2$s", ["a", "b"], "b a b"),
        ("%1$s of %3$s", ["a"], "a of %3$s"),
        ("%0$s 100%", ["a"], "%0$s 100%"),
        ("%1$s", ["%2$s", "b"], "%2$s"),
        ("", ["a"], ""),
    ],
)
def test_slots(message: str, params: list[str], shown: str) -> None:
    assert filled(message, params) == shown
