# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run of one module: options in, result out. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from .._xapi.client import Client
from .._xapi.clock import REAL, Clock
from .._xapi.connection import Connection

NO_CALLS = {"requests": 0, "retries": 0, "tokens": 0}


def unheard(text: str) -> None:
    """A module process has no console."""


class Task:
    """What an operation gets. `client` connects when it is first used; what works on files has no connection.

    tell: shows a line to whoever watches the run, while it runs. Never with a secret in it.
    clock: by which whatever waits, waits.
    """

    def __init__(
        self,
        params: dict[str, Any],
        connection: Connection | None,
        *,
        check_mode: bool = False,
        tell: Callable[[str], None] = unheard,
        clock: Clock = REAL,
    ) -> None:
        self.params = params
        self._connection = connection
        self.check_mode = check_mode
        self.tell = tell
        self.clock = clock
        self.warnings: list[str] = []

    @property
    def connection(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("a task on files of the controller has no connection")
        return self._connection

    @cached_property
    def client(self) -> Client:
        clock = self.clock
        return Client(self.connection, sleep=clock.sleep, clock=clock.now, monotonic=clock.monotonic)

    def warn(self, text: str) -> None:
        self.warnings.append(text)

    @property
    def api(self) -> dict[str, int]:
        """What the task cost the PBX: requests, retries, tokens."""
        if "client" not in self.__dict__:
            return NO_CALLS
        return self.client.counters.as_dict()

    def close(self) -> None:
        if "client" in self.__dict__:
            self.client.close()
