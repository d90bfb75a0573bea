# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task over ten thousand entries that are there already, in a process of its own.

    python -m tests.benchmark.no_change URL CLIENT_ID CLIENT_SECRET CA_PATH

Prints a line of JSON: changed, items, api, and peak_mib, the most memory that this process ever held.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import converge
from ansible_collections.tcx.pbx.plugins.module_utils._resources.blocklist import Blocklist
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.connection import Connection
from tests.benchmark.many import entries


def peak_mib() -> float:
    """From /proc, since getrusage counts what the parent held before this program was started."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main(url: str, client_id: str, client_secret: str, ca_path: str) -> None:
    client = Client(Connection(url, client_id, client_secret, ca_path=ca_path))
    done = converge(Blocklist(), client, entries(), state="present", purge=True)
    report = {
        "changed": done.changed,
        "items": len(done.items),
        "api": client.counters.as_dict(),
        "peak_mib": peak_mib(),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
