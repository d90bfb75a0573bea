# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The unit tests pass with the other ansible-core versions of this machine, not only with the one that runs pytest.

Those that are left out look at the files of this checkout, which are the same there, or at what only developers run.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.controllers import controllers, running
from tools.checkout import ROOT, run

LEFT_OUT = ("tools", "test_awx.py", "test_awx_import.py", "test_documentation.py", "test_guides.py", "test_names.py")


def test_unit_tests() -> None:
    # Where there is no other, the summary of the run says so: see tests/conftest.py.
    here = Path(running().python).parent
    unit = Path("tests", "unit")
    ignored = [f"--ignore={unit / name}" for name in LEFT_OUT]
    for python in (Path(one.python) for one in controllers()):
        if python.parent != here:
            done = run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", unit, *ignored], python=python)
            if done.returncode:
                pytest.fail(done.stdout, pytrace=False)


def test_nothing_is_left_out_that_is_not_there() -> None:
    assert [name for name in LEFT_OUT if not (ROOT / "tests" / "unit" / name).exists()] == []
