# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated PBX and ansible-playbook for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.controllers import Controller, running
from tests.integration.ansible import Ansible
from tests.simulator.testing import RunningPbx, Simulator


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    """One process for all tests of a worker; `simulator` makes it new for each."""
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def simulator(running_simulator: Simulator) -> Simulator:
    """The demo PBX as it is after installation."""
    # The collection can be imported only after this file.
    from tests.integration.inprocess import forget_token

    running_simulator.reset()
    forget_token(running_simulator)
    return running_simulator


@pytest.fixture
def ansible(controller: Controller, collections_path: Path, tmp_path: Path) -> Ansible:
    return Ansible(controller, collections_path, tmp_path)


@pytest.fixture
def main_ansible(collections_path: Path, tmp_path: Path) -> Ansible:
    """For what does not depend on the version of ansible-core."""
    return Ansible(running(), collections_path, tmp_path)


@pytest.fixture
def connection(simulator: Simulator) -> dict[str, str]:
    """The environment variables that reach the simulator."""
    return connection_of(simulator)


def connection_of(simulator: RunningPbx) -> dict[str, str]:
    return {name.upper(): value for name, value in variables_of(simulator).items()}


def variables_of(simulator: RunningPbx) -> dict[str, str]:
    """What an inventory with a vault has of a host."""
    return {
        "tcx_url": simulator.url,
        "tcx_client_id": simulator.client_id,
        "tcx_client_secret": simulator.client_secret,
        "tcx_ca_path": simulator.ca_path or "",
    }
