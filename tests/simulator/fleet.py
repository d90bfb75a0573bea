# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many PBXs in one process: ``python -m tests.simulator.fleet FILE.json``.

The file holds an object with a list of command line options of the simulator for each name::

    {"alder": ["--version", "20.0.4"], "birch": ["--seed", "empty", "--client-id", "robot"]}

Each PBX listens at a port of its own, and all have the same certificate. Options that are about the process, such as
``--port``, have no effect here. The line that says that all are ready maps the names, under ``pbxs``, to what the
simulator says of one.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from tests.simulator import cli
from tests.simulator.seed import SeedError
from tests.simulator.wire.server import Listener, serve


def read(path: Path) -> dict[str, list[str]]:
    """The options of each PBX; ValueError for a file that holds something else."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or not content:
        raise ValueError(f"{path}: must hold an object with a list of options for each name")
    for name, options in content.items():
        if not isinstance(options, list) or not all(isinstance(option, str) for option in options):
            raise ValueError(f"{path}: {name}: must be a list of texts")
    return content


def main(arguments: list[str] | None = None) -> int:
    """Runs until told to end. 0: ended in order, 2: bad file, options or seed."""
    parser = ArgumentParser(prog="python -m tests.simulator.fleet", description="Simulated 3CX PBXs, many at once.")
    parser.add_argument("file", type=Path, help="JSON object: name -> list of options of the simulator")
    parser.add_argument("--exit-with-parent", action="store_true", help="end when standard input closes")
    given = parser.parse_args(arguments)
    try:
        members = {name: cli.parser().parse_args(options) for name, options in read(given.file).items()}
        apps = [cli.build(options) for options in members.values()]
    except (OSError, ValueError, SeedError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2

    def announcement(urls: list[str], ca_path: str | None) -> dict[str, Any]:
        reached = zip(members.items(), urls, strict=True)
        pbxs = {name: cli.describe(options, url) for (name, options), url in reached}
        return {"pbxs": pbxs, "ca_path": ca_path, "pid": os.getpid()}

    serve(apps, Listener("127.0.0.1", 0, tls=True, exit_with_parent=given.exit_with_parent), announcement)
    return 0


if __name__ == "__main__":
    sys.exit(main())
