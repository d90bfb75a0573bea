# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: ``python -m tests.simulator``."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from tests.simulator.facts.grammar import VERSIONS
from tests.simulator.pbx import Pbx
from tests.simulator.seed import Seed, SeedError
from tests.simulator.switches import Switches
from tests.simulator.wire.app import App
from tests.simulator.wire.server import Listener, NoDoor, serve

CLIENT_ID = "simulator"
CLIENT_SECRET = "simulator-secret"


def parser() -> argparse.ArgumentParser:
    """All options."""
    options = argparse.ArgumentParser(prog="python -m tests.simulator", description="A simulated 3CX PBX.")
    options.add_argument("--host", default="127.0.0.1", choices=["127.0.0.1"], help="where to listen")
    options.add_argument("--port", type=int, default=0, help="0: any free port")
    options.add_argument("--version", default=VERSIONS[-1], choices=VERSIONS, help="version of the XAPI")
    options.add_argument("--seed", default="demo", metavar="demo|empty|FILE.yml", help="what the PBX holds at start")
    options.add_argument("--no-tls", action="store_true", help="plain HTTP")
    options.add_argument("--client-id", default=CLIENT_ID)
    options.add_argument("--client-secret", default=CLIENT_SECRET)
    options.add_argument("--switch", action="append", default=[], metavar="NAME=VALUE", help="see docs/simulator.md")
    options.add_argument("--exit-with-parent", action="store_true", help="end when standard input closes")
    return options


def _switches(texts: list[str]) -> dict[str, str]:
    chosen = {}
    for text in texts:
        name, mark, value = text.partition("=")
        if not mark:
            raise ValueError(f"--switch {text}: must be NAME=VALUE")
        chosen[name] = value
    return chosen


def build(options: argparse.Namespace) -> App:
    """The application that the options describe; ValueError or SeedError for bad ones."""
    chosen = Switches.checked(_switches(options.switch))
    seed = Seed(options.seed)
    app = App(Pbx(options.version, Switches({**seed.switches, **chosen})), seed)
    app.add_client(options.client_id, options.client_secret)
    return app


def describe(options: argparse.Namespace, url: str) -> dict[str, str]:
    """How a client reaches the PBX that was built from the options."""
    return {
        "url": url,
        "client_id": options.client_id,
        "client_secret": options.client_secret,
        "version": options.version,
        "control": f"{url}/_sim",
    }


def main(arguments: list[str] | None = None) -> int:
    """Runs until told to end. 0: ended in order, 2: bad options or seed, or a port that is taken."""
    options = parser().parse_args(arguments)
    try:
        app = build(options)
    except (ValueError, SeedError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2

    def announcement(urls: list[str], ca_path: str | None) -> dict[str, Any]:
        return {**describe(options, urls[0]), "ca_path": ca_path, "pid": os.getpid()}

    listener = Listener(options.host, options.port, not options.no_tls, options.exit_with_parent)
    try:
        serve([app], listener, announcement)
    except NoDoor as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0
