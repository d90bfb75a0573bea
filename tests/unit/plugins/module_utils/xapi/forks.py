# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run as a program: forks workers that share what their parent made, as ansible-playbook does.

One JSON argument: {"urls": one per worker, "warm": whether the parent fetches a token first}. Prints the process ids
as a JSON list; then, for each line "N" that it reads, worker N makes one call and prints [N, how it ended, token requests].
"""

from __future__ import annotations

import json
import os
import sys

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.connection import Connection
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import XapiError


def tell(value: object) -> None:
    os.write(1, json.dumps(value).encode() + b"\n")


def call(url: str) -> tuple[str, int]:
    client = Client(Connection(url, client_id="ansible", client_secret="a-Secret", timeout=30.0, retry_for=0.0))
    try:
        client.update("Blocklist(1)", {})
    except XapiError as exc:
        return type(exc).__name__, client.counters.tokens
    return "done", client.counters.tokens


def forked(number: int, url: str, gate: int) -> int:
    pid = os.fork()
    if pid == 0:
        if os.read(gate, 1):
            tell([number, *call(url)])
        os._exit(0)
    return pid


def main() -> None:
    plan = json.loads(sys.argv[1])
    if plan["warm"]:
        call(plan["urls"][0])
    gates = [os.pipe() for _ in plan["urls"]]
    pids = [forked(number, url, gates[number][0]) for number, url in enumerate(plan["urls"])]
    tell(pids)
    for line in sys.stdin:
        os.write(gates[int(line)][1], b".")
    for pid in pids:
        os.kill(pid, 9)
        os.waitpid(pid, 0)


main()
