# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients of a scripted PBX whose time is ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.connection import Connection
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token_memory import TokenMemory
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.fake_time import FakeTime

SECRET = "s3cret-Of-The-Client"
MakeClient = Callable[..., Client]


def new_client(url: str, time: FakeTime, memory: TokenMemory, **options: Any) -> Client:
    options = {"client_id": "ansible", "client_secret": SECRET, "timeout": 5.0, **options}
    connection = Connection(url, **options)
    return Client(connection, sleep=time.sleep, clock=time.clock, monotonic=time.monotonic, tokens=memory)
