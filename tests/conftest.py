# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all tests share: the collection under its own name, and the fixture ``controller``."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from tests.controllers import ROOT, controllers, untested

COLLECTIONS = ROOT / "collections"
# What users get, plus tests, which ansible-core may be asked to import by their full name.
LINKED = ("galaxy.yml", "docs", "extensions", "meta", "playbooks", "plugins", "roles", "tests")
# Tests that take minutes on a cold start go first, so that the others fill the time beside them.
LONG_FIRST = (
    "tests/quality/test_sanity.py",
    "tests/chaos/test_kill.py",
    "tests/quality/test_second_environment.py",
    "tests/quality",
)


def link_collection() -> None:
    """Make collections/ansible_collections/tcx/pbx out of links into the checkout, whatever the checkout is called.

    pytest-ansible puts that directory on the path. It would make the links itself, but only once: what is added to the
    checkout later would be missing.
    """
    place = COLLECTIONS / "ansible_collections" / "tcx" / "pbx"
    place.mkdir(parents=True, exist_ok=True)
    for entry in place.iterdir():
        if entry.name not in LINKED or not entry.exists():
            entry.unlink(missing_ok=True)
    for name in LINKED:
        if (ROOT / name).exists():
            # Another worker may do the same at the same time.
            with contextlib.suppress(FileExistsError):
                (place / name).symlink_to(ROOT / name)


link_collection()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that takes ``controller`` once with every ansible-core there is."""
    if "controller" in metafunc.fixturenames:
        found = controllers()
        metafunc.parametrize("controller", found, ids=[one.name for one in found], scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long tests first; the order within each kind stays."""

    def rank(item: pytest.Item) -> int:
        return next((i for i, start in enumerate(LONG_FIRST) if item.nodeid.startswith(start)), len(LONG_FIRST))

    items.sort(key=rank)


def pytest_report_header() -> list[str]:
    """Say which ansible-core versions are tested."""
    return [f"controllers: {', '.join(one.name for one in controllers())}", *_not_tested()]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end, where it is read, what this machine could not test."""
    for line in _not_tested():
        terminalreporter.write_line(line, yellow=True)


def _not_tested() -> list[str]:
    return [f"NOT TESTED: {what}" for what in untested()]


@pytest.fixture(scope="session")
def collections_path() -> Path:
    """The collections directory in which this checkout is tcx.pbx."""
    return COLLECTIONS
