# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task over ten thousand things that are there already, in a process of its own.

    python -m tests.benchmark.no_change MODULE URL CLIENT_ID CLIENT_SECRET CA_PATH

Prints a line of JSON: changed, items, api, and peak_mib, the most memory that this process ever held.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.tcx.pbx.plugins.module_utils._task.execute import execute
from tests.benchmark.many import LOADS


def peak_mib() -> float:
    """From /proc, since getrusage counts what the parent held before this program was started."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main(module: str, url: str, client_id: str, client_secret: str, ca_path: str) -> None:
    load = LOADS[module]
    spec = import_module(f"ansible_collections.tcx.pbx.plugins.modules.{module}").SPEC
    connection = {"url": url, "client_id": client_id, "client_secret": client_secret, "ca_path": ca_path}
    checked = ArgumentSpecValidator(spec.argument_spec, **spec.rules).validate(
        {**connection, **load.more, load.option: load.items(), "purge": True}
    )
    result = execute(spec, checked.validated_parameters, check_mode=False, diff_mode=True)
    report = {
        "changed": result["changed"],
        "items": len(result[load.shown or load.option]),
        "api": result["api"],
        "peak_mib": peak_mib(),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
