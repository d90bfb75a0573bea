# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo PBX, driven in this process."""

from __future__ import annotations

import pytest

from tests.unit.simulator.api import Api


@pytest.fixture
def api() -> Api:
    """A fresh demo PBX of the newest version."""
    return Api()
