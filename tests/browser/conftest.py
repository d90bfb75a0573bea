# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One browser for all tests of a worker; without any they are skipped, and the end of the output says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Browser, Page, chromium
from tests.controllers import ROOT

MISSING = "reports in a browser (no Chromium on PATH; on Debian: apt install chromium)"
# Screenshots are kept, for people to look at.
PICTURES = ROOT / ".build" / "browser"

Open = Callable[..., Page]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if chromium() is None:
        terminalreporter.write_line(f"NOT TESTED: {MISSING}", yellow=True)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip(MISSING)
    found = Browser(path, tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens HTML as a file, as somebody who got it by mail does."""
    pages: list[Page] = []

    def open_page(html: str, **view: Any) -> Page:
        path = tmp_path / f"page{len(pages)}.html"
        path.write_text(html, encoding="utf-8")
        pages.append(browser.open(path.as_uri(), **view))
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()
