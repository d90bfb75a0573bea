# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A controller without requests, and what loading costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi import client as client_module
from ansible_collections.tcx.pbx.plugins.module_utils._xapi import library
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.connection import Connection
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import MissingLibrary

COLLECTIONS = str(client_module.__file__).partition("ansible_collections")[0]
PACKAGE = "ansible_collections.tcx.pbx.plugins.module_utils._xapi"


def run(code: str, *more: str) -> str:
    command = [sys.executable, *more, "-c", f"import sys; sys.path.insert(0, {COLLECTIONS!r})\n{code}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_every_file_loads_without_requests() -> None:
    names = sorted(path.stem for path in Path(str(client_module.__file__)).parent.glob("*.py"))
    assert len(names) > 20
    told = run(f"""
import importlib
sys.modules["requests"] = sys.modules["urllib3"] = None
for name in {names!r}:
    importlib.import_module("{PACKAGE}." + name)
from {PACKAGE}.client import Client
from {PACKAGE}.connection import Connection
from {PACKAGE}.errors import MissingLibrary
try:
    Client(Connection("https://pbx.example.com", access_token="x"))
except MissingLibrary as exc:
    print(exc.library, "Traceback" in exc.traceback_text, "requests" in exc.traceback_text, exc)
""")
    assert told.startswith("requests True True The Python library requests is needed")


def test_the_exception_is_ready_for_the_ansible_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "REQUESTS_PROBLEM", "Traceback: no module")
    with pytest.raises(MissingLibrary) as caught:
        Client(Connection("https://pbx.example.com", access_token="x"))
    assert (caught.value.library, caught.value.traceback_text) == ("requests", "Traceback: no module")


def test_nothing_of_ansible_and_nothing_above_is_loaded() -> None:
    loaded = run(f"import {PACKAGE}.client\nprint(*sorted(sys.modules))").split()
    assert not [name for name in loaded if name == "ansible" or name.startswith(("ansible.", "yaml", "jinja2"))]
    ours = {name.removeprefix(PACKAGE.rpartition(".")[0] + ".").partition(".")[0] for name in loaded if PACKAGE in name}
    assert ours == {"_xapi"}


def test_loading_is_little_more_than_requests() -> None:
    """Counted in modules, because seconds depend on how busy the machine is."""
    few = "requests, dataclasses, fcntl, uuid"
    more = run(f"import {few}\nbefore = set(sys.modules)\nimport {PACKAGE}.client\nprint(*set(sys.modules) - before)")
    assert {name.partition(".")[0] for name in more.split()} == {"ansible_collections"}


def test_importing_opens_no_connection_and_reads_no_ca_file() -> None:
    told = run(f"""
import ssl, socket
def refuse(*args, **kwargs):
    raise AssertionError("at import")
import requests
ssl.SSLContext.load_verify_locations = refuse
socket.socket.connect = refuse
import {PACKAGE}.client
print("quiet")
""")
    assert told == "quiet\n"
