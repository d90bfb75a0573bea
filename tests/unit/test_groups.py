# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that belong together are given to one worker. Where that is broken, each worker repeats what they share."""

from __future__ import annotations

import os

import pytest


@pytest.mark.xdist_group("of its own")
def test_groups_are_known(request: pytest.FixtureRequest) -> None:
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    assert alone or request.node.nodeid.endswith("@of its own"), "pytest-xdist and pytest do not fit"
