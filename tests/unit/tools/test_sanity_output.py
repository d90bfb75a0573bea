# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Of ansible-test's long output, a failure shows what is wrong."""

from __future__ import annotations

from tools.sanity import complaints

OUTPUT = """\
Running sanity test "pep8"
Collecting pycodestyle==2.14.0
ERROR: Found 1 pep8 issue(s) which need to be resolved:
ERROR: plugins/modules/a.py:1:161: E501: line too long
FATAL: The 2 sanity test(s) listed below (out of 24) failed. See error output above for details.
import --python 3.12
pep8
"""


def test_only_errors_and_the_names_of_failed_tests() -> None:
    shown = complaints(OUTPUT).splitlines()
    assert shown == OUTPUT.splitlines()[2:]


def test_everything_if_nothing_is_called_an_error() -> None:
    assert complaints("Traceback\n  somewhere\n") == "Traceback\n  somewhere\n"
