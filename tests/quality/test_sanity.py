# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-test sanity passes with every ansible-core of this machine, and nothing is exempt from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.controllers import Controller, controllers
from tools.checkout import ROOT
from tools.sanity import complaints, sanity


def test_sanity(controller: Controller) -> None:
    # Looking at the code of the tests takes most of the time, so only one version does that.
    whole = controller == controllers()[0]
    done = sanity(Path(controller.python), controller.version, controller.name, whole=whole)
    if done.returncode:
        pytest.fail(complaints(done.stdout), pytrace=False)
    assert "All targets skipped" not in done.stdout, "ansible-test found no file to look at"


def test_nothing_is_exempt() -> None:
    ignored = [
        f"{path.name}: {line}"
        for path in sorted((ROOT / "tests" / "sanity").glob("ignore*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    assert not ignored, "sanity ignore entries are not wanted here: " + "; ".join(ignored)
