# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module process compiles and imports the catalog anew each time, so it has to be cheap."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ansible_collections.tcx.pbx.plugins.module_utils._catalog import catalog

FACTS = Path(catalog.__file__).parent / "facts"
MODULE = catalog.__name__
# What every module loads anyway comes first, so that it counts for neither.
SCRIPT = f"""
import collections.abc, dataclasses, functools, json, re, typing
from time import process_time
start = process_time()
from {MODULE} import catalog_for
known = catalog_for("20.0.10.1234")
known.type(known.sets["Users"].type).by_option("email_address")
middle = process_time()
import requests
print((middle - start) / (process_time() - middle))
"""
# Measured: 1/35. Were the facts Python objects, it would be more than 1/2.
MOST = 1 / 15
LARGEST = 150_000


def ratio(folder: Path) -> float:
    """CPU seconds of the catalog, with one look-up, per CPU second of requests; both without compiled files."""
    path = str(Path(catalog.__file__).parents[6])
    environ = {**os.environ, "PYTHONPATH": path, "PYTHONPYCACHEPREFIX": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    answer = subprocess.run([sys.executable, "-c", SCRIPT], env=environ, capture_output=True, text=True, check=True)
    return float(answer.stdout)


def test_importing_the_catalog_is_cheap(tmp_path: Path) -> None:
    # A busy machine only ever makes a measurement larger.
    assert min(ratio(tmp_path) for _once in range(3)) < MOST


def test_the_facts_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in FACTS.glob("*.py")}
    assert len(sizes) > 5
    assert sum(sizes.values()) < LARGEST, sizes
