# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated PBXs of the tests that kill windows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.controllers import running
from tests.integration.ansible import Ansible
from tests.simulator.testing import Fleet, RunningPbx

# As many windows are killed at a time.
SITES = 20


@pytest.fixture(scope="session")
def pbxs() -> Iterator[Sequence[RunningPbx]]:
    with Fleet({str(number): {} for number in range(SITES)}) as fleet:
        yield list(fleet.values())


@pytest.fixture
def ansible_here(collections_path: Path, tmp_path: Path) -> Ansible:
    return Ansible(running(), collections_path, tmp_path)
