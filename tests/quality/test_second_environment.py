# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The unit tests pass with the other ansible-core versions of this machine, not only with the one that runs pytest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.controllers import controllers, running
from tools.checkout import run


def test_unit_tests() -> None:
    # Where there is no other, the summary of the run says so: see tests/conftest.py.
    here = Path(running().python).parent
    for python in (Path(one.python) for one in controllers()):
        if python.parent != here:
            done = run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/unit"], python=python)
            if done.returncode:
                pytest.fail(done.stdout, pytrace=False)
