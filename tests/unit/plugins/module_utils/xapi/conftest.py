# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scripted PBX, and clients of it.

What stands under the collection's name is imported late: pytest reads this file before the collection can be found.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
    from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token_memory import TokenMemory
    from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.clients import MakeClient
    from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.fake_time import FakeTime
    from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import Server


@pytest.fixture
def pbx() -> Iterator[Server]:
    from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import listening

    with listening() as server:
        yield server


@pytest.fixture
def other() -> Iterator[Server]:
    """A second server: another origin."""
    from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import listening

    with listening() as server:
        yield server


@pytest.fixture
def time() -> FakeTime:
    from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.fake_time import FakeTime

    return FakeTime()


@pytest.fixture
def memory() -> TokenMemory:
    from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token_memory import TokenMemory

    return TokenMemory(slots=16)


@pytest.fixture
def make_client(time: FakeTime, memory: TokenMemory) -> Iterator[MakeClient]:
    from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.clients import new_client

    made: list[Client] = []

    def make(url: str, **options: Any) -> Client:
        made.append(new_client(url, time, memory, **options))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(pbx: Server, make_client: MakeClient) -> Client:
    return make_client(pbx.url)


@pytest.fixture
def hold() -> Iterator[threading.Event]:
    """Keeps answers back until the test is over (or sets it)."""
    event = threading.Event()
    yield event
    event.set()
