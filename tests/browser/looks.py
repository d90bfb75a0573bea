# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the browser is asked about a page: expressions of JavaScript, run by DevTools and not by the page."""

from __future__ import annotations

from typing import Any

from tests.browser.chromium import Page

# Elements with text of their own that can be seen.
_TEXTS = """
const texts = [...document.body.querySelectorAll('*')].filter(one =>
  !one.closest('style, svg') && one.checkVisibility()
  && [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
  && getComputedStyle(one).clipPath === 'none' && !one.closest('thead')?.matches('.stack > thead'));
const rectangles = node => { const range = document.createRange(); range.selectNodeContents(node);
  return [...range.getClientRects()]; };
const named = one => `${one.tagName.toLowerCase()}.${one.className}: ${one.textContent.trim().slice(0, 40)}`;
"""


def width_of_content(page: Page) -> int:
    """More than the window is wide means scrolling sideways."""
    found: int = page.evaluate("document.documentElement.scrollWidth")
    return found


def outside(page: Page) -> list[str]:
    """Texts that stick out of the window at either side, letters measured and not boxes."""
    return _list(
        page,
        "texts.filter(one => rectangles(one).some(box => box.left < -0.5 || box.right > innerWidth + 0.5)).map(named)",
    )


def clipped(page: Page) -> list[str]:
    """Texts that are wider than the cell or box that holds them."""
    return _list(page, "texts.filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0).map(named)")


def overlapping(page: Page) -> list[str]:
    """Pairs of texts that lie on each other, line by line; an element and what is inside it do not count."""
    return _list(
        page,
        """(() => {
        const own = one => [...one.childNodes].filter(node => node.nodeType === 3 && node.textContent.trim());
        const lines = texts.flatMap(one => own(one).flatMap(rectangles).map(box => ({name: named(one), box})));
        const pairs = [];
        for (let i = 0; i < lines.length; i++) for (let j = i + 1; j < lines.length; j++) {
          const a = lines[i].box, b = lines[j].box;
          const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (wide > 1 && high > Math.min(a.height, b.height) / 3) pairs.push(lines[i].name + ' / ' + lines[j].name);
        }
        return pairs; })()""",
    )


def pale(page: Page, least: float) -> list[str]:
    """Texts whose contrast with what is behind them is less than this ratio, as WCAG 2 counts it."""
    ratios = """(() => {
        const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
        const linear = share => share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        const light = colour => { const [r, g, b] = numbers(colour).map(part => linear(part / 255));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const behind = one => { for (let box = one; box; box = box.parentElement) {
          const colour = getComputedStyle(box).backgroundColor;
          if ((numbers(colour)[3] ?? 1) > 0) return colour; }
          return 'rgb(255, 255, 255)'; };
        const contrast = one => {
          const [high, low] = [getComputedStyle(one).color, behind(one)].map(light).sort((a, b) => b - a);
          return (high + 0.05) / (low + 0.05); };
        return texts.map(one => [contrast(one), named(one)]); })()"""
    return [f"{ratio:.2f} {name}" for ratio, name in _list(page, ratios) if ratio < least]


def small(page: Page, least: float) -> list[str]:
    """Texts in letters of less than these CSS pixels."""
    return _list(page, f"texts.filter(one => parseFloat(getComputedStyle(one).fontSize) < {least}).map(named)")


def headings(page: Page) -> list[str]:
    """The first words of each section that can be seen and has a height."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('h2')].filter(one => one.checkVisibility() && one.offsetHeight > 0"
        " && one.closest('section').offsetHeight > one.offsetHeight).map(one => one.firstChild.textContent.trim())"
    )
    return found


def brightness(page: Page) -> float:
    """Of the paper: 0 is black, 1 is white."""
    found: float = page.evaluate(
        "(getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g) || [])"
        ".slice(0, 3).reduce((sum, part) => sum + Number(part) / 765, 0)"
    )
    return found


def _list(page: Page, expression: str) -> list[Any]:
    found: Any = page.evaluate(f"(() => {{ {_TEXTS} return {expression}; }})()")
    assert isinstance(found, list)
    return found
