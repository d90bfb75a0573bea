# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports keep their looks: nothing is cut off, lies on something else or is too pale, however they are looked at.

What is compared is measured by the browser. Screenshots are left in .build/browser for people.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.plugin_utils.report.page import fleet_page_of, page_of
from tests.browser import looks
from tests.browser.conftest import PICTURES, Open
from tests.browser.reports import DIRECTORY, failed, fleet, hostile, hostile_fleet, window

VIEWS: dict[str, dict[str, Any]] = {
    "desktop": {"width": 1280},
    "tablet": {"width": 700},
    "phone": {"width": 360, "height": 740},
    "dark": {"width": 1280, "scheme": "dark"},
    # A browser in dark mode prints on white paper all the same.
    "print": {"width": 700, "media": "print", "scheme": "dark"},
}
PAGES = {
    "window": page_of(window()),
    "failed": page_of(failed()),
    "fleet": fleet_page_of(fleet(), Path(DIRECTORY)),
    "long names": page_of(hostile("W" * 300)),
}
# WCAG 2.2, level AA, for text of ordinary size.
CONTRAST = 4.5
# CSS pixels on a screen; on paper these are 8 points.
SMALLEST = {"screen": 12, "print": 10.6}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", PAGES)
def test_looks(name: str, view: str, opened: Open) -> None:
    page = opened(PAGES[name], **VIEWS[view])
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture = page.screenshot(PICTURES / f"{name} {view}.png".replace(" ", "-"))
    assert looks.width_of_content(page) <= VIEWS[view]["width"], "the page scrolls sideways"
    assert looks.outside(page) == []
    assert looks.clipped(page) == []
    assert looks.overlapping(page) == []
    assert looks.pale(page, CONTRAST) == []
    assert looks.small(page, SMALLEST[VIEWS[view].get("media", "screen")]) == []
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("view", VIEWS)
def test_all_sections_can_be_seen(view: str, opened: Open) -> None:
    page = opened(PAGES["failed"], **VIEWS[view])
    assert looks.headings(page) == ["What went wrong", "Timeline", "Checks", "Notes", "Changes", "Files"]


def test_dark_is_dark_and_paper_is_white(opened: Open) -> None:
    page = opened(PAGES["window"])
    assert looks.brightness(page) == pytest.approx(1)
    page.show(scheme="dark")
    assert looks.brightness(page) < 0.15
    page.show(scheme="dark", media="print")
    assert looks.brightness(page) == pytest.approx(1)


def test_bars_of_the_timeline_lie_on_one_scale(opened: Open) -> None:
    """As many pixels for each second in every row, and one after the other as the steps were."""
    page = opened(PAGES["window"])
    boxes = page.evaluate(
        "[...document.querySelectorAll('.timeline .fill')].map(one => one.getBoundingClientRect())"
        ".map(box => [box.left, box.right])"
    )
    tracks = page.evaluate(
        "[...document.querySelectorAll('.timeline .track')].map(one => one.getBoundingClientRect())"
        ".map(box => [box.left, box.right])"
    )
    assert len(boxes) == 8 and len(tracks) == 9
    assert len({tuple(round(edge) for edge in track) for track in tracks}) == 1
    [left, right] = tracks[0]
    seconds = [4, 267, 2, 325, 8, 25, 8, 86]
    lengths = [(end - start) / (right - left) * sum(seconds) for start, end in boxes]
    # Two of them are too short to be seen and are drawn longer.
    assert [round(length) for length in lengths] == pytest.approx([max(4, one) for one in seconds], abs=1.5)
    assert boxes == sorted(boxes)


def test_a_failed_step_differs_from_others_without_colour(opened: Open) -> None:
    """Its bar is hollow and its word is there."""
    page = opened(PAGES["failed"])
    fills = page.evaluate(
        "['good', 'bad'].map(tone => getComputedStyle(document.querySelector(`.timeline .${tone} .fill`)))"
        ".map(style => [style.fill, style.stroke])"
    )
    [good, bad] = fills
    assert good[1] == "none" and bad[1] != "none"
    assert bad[0] == "rgb(255, 255, 255)"
    assert page.evaluate("document.querySelector('.timeline .bad').textContent.includes('failed')")


def test_printed_pages_hold_everything(opened: Open, tmp_path: Path) -> None:
    page = opened(PAGES["failed"])
    printed = page.pdf(tmp_path / "report.pdf").read_bytes()
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 2 <= sheets <= 4


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        '"><img src="https://example.invalid/x.png" onerror="alert(1)">',
        "<svg onload=alert(1)>",
        "javascript:alert(1)",
    ],
)
def test_names_on_a_pbx_do_nothing(text: str, opened: Open) -> None:
    for html in (page_of(hostile(text)), fleet_page_of(hostile_fleet(text), Path(DIRECTORY))):
        page = opened(html)
        assert page.evaluate("document.body.textContent").count(text) >= 3
        assert page.evaluate("document.scripts.length") == 0
        assert page.dialogs == []
        assert page.complaints == []
        assert [url for url in page.requests if not url.startswith("file:")] == []
        assert len(page.requests) == 1


def test_the_policy_holds_if_escaping_should_ever_fail(opened: Open) -> None:
    """The second wall: a script that got in is not run, a picture is not fetched."""
    evil = "<script>alert(1)</script><img src='https://example.invalid/x.png'>"
    page = opened(PAGES["window"].replace("<header>", evil + "<header>", 1))
    assert page.evaluate("document.scripts.length") == 1
    assert page.dialogs == []
    assert any("Content Security Policy" in one for one in page.complaints)
    assert page.blocked == ["https://example.invalid/x.png"]


def test_the_measures_see_what_they_are_for(opened: Open) -> None:
    """A page that is bad in every way that the tests above rule out."""
    page = opened(
        "<body style='background: white'><p style='width: 3000px'>far <b style='margin-left: 2900px'>away</b></p>"
        "<p style='color: #999'>pale</p><p style='font-size: 9px'>small</p>"
        "<div style='width: 2em; overflow: hidden; white-space: nowrap'>cut off by far</div>"
        "<p style='position: relative'>below<span style='position: absolute; left: 0'>above</span></p>"
    )
    assert looks.width_of_content(page) > 1280
    assert looks.outside(page) == ["p.: far away", "b.: away"]
    assert looks.pale(page, CONTRAST) == ["2.85 p.: pale"]
    assert looks.small(page, 12) == ["p.: small"]
    assert looks.clipped(page) == ["div.: cut off by far"]
    assert looks.overlapping(page) == ["p.: belowabove / span.: above"]


def test_without_escaping_and_policy_a_script_would_be_noticed(opened: Open) -> None:
    """What the tests above look for can be seen by them."""
    page = opened("<p>Hello<script>throw new Error('got in')</script>")
    assert page.evaluate("document.scripts.length") == 1
    assert any("got in" in one for one in page.complaints)


def test_links_of_the_overview_lead_to_the_reports_beside_it(opened: Open) -> None:
    page = opened(PAGES["fleet"])
    links = page.evaluate("[...document.links].map(one => one.getAttribute('href'))")
    assert len(links) == 46
    assert all(re.fullmatch(r"\./pbx-\d\d\.customer\.example\.20261124T190000Z\.report\.html", one) for one in links)
