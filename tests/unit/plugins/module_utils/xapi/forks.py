# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run as a program: forks workers that share what their parent made, as ansible-playbook does.

One JSON argument: {"urls": one per worker, "warm": whether the parent fetches a token first, "carried": whether the
workers use the very client of their parent, not each its own}. Prints the process ids as a JSON list; then, for each
line "N" that it reads, worker N makes one call and prints [N, how it ended, token requests].
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


def new_client(url: str) -> Client:
    return Client(Connection(url, client_id="ansible", client_secret="a-Secret", timeout=30.0, retry_for=0.0))


def call(client: Client) -> tuple[str, int]:
    try:
        client.update("Blocklist(1)", {})
    except XapiError as exc:
        return type(exc).__name__, client.counters.tokens
    return "done", client.counters.tokens


def forked(number: int, client: Client, gate: int) -> int:
    pid = os.fork()
    if pid == 0:
        if os.read(gate, 1):
            tell([number, *call(client)])
        os._exit(0)
    return pid


def main() -> None:
    plan = json.loads(sys.argv[1])
    parents = new_client(plan["urls"][0])
    if plan["warm"]:
        call(parents)
    gates = [os.pipe() for _attempt in plan["urls"]]
    clients = [parents if plan["carried"] else new_client(url) for url in plan["urls"]]
    pids = [forked(number, client, gates[number][0]) for number, client in enumerate(clients)]
    tell(pids)
    for line in sys.stdin:
        os.write(gates[int(line)][1], b".")
    for pid in pids:
        os.kill(pid, 9)
        os.waitpid(pid, 0)


main()
