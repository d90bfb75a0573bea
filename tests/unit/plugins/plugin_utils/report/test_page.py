# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page as HTML: what is in it, and that no text can become part of its structure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ansible_collections.tcx.pbx.plugins.plugin_utils.report.fields import EMPTY, NOTHING
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.fleet import Site, fleet_of, site_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.page import TEMPLATES, fleet_page_of, page_of
from tests.unit.plugins.plugin_utils.report.examples import NOON, report

# What harmless and harmful texts have in common: there is something to show.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(lambda text: text.strip() or "x")
ATTACKS = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>*{display:none}",
    "<!--",
    "]]>",
    "&lt;script&gt;",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
)


class Structure(HTMLParser):
    """Tags with the names of their attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, ...]] = []
        self.text = ""
        self.links: list[str] = []
        self.comments = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _value in attrs)))
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments += 1


def everywhere(text: str) -> dict[str, Any]:
    """A report in which this text is in every place that takes any."""
    return report(
        runbook=text,
        title=text,
        host=text,
        id=text,
        result=text,
        headline=text,
        pbx={"fqdn": text, "version": text, "url": text},
        steps=[
            {"name": text, "title": text, "started": "2026-11-24T11:00:00Z", "status": "ok", "msg": text},
            {"name": text, "status": "failed", "msg": text},
        ],
        changes=[
            {"area": text, "item": text, "action": "updated", "before": {text: ""}, "after": {text: text}},
            {"area": text, "item": text, "action": "created", "after": {"a": [{text: [text, {text: text}]}]}},
            {"area": text, "item": text, "action": "deleted", "before": text},
        ],
        checks=[{"name": text, "status": "ok", "value": text, "limit": {text: text}, "unit": text, "msg": text}],
        failure={"task": text, "msg": text, "remedy": text},
        notes=[text],
        files={"snapshot": text, "journal": text},
    )


def many(text: str) -> str:
    sites = [
        Site(
            text,
            f"{text}!",
            headline=text,
            runbook=text,
            failure=text,
            page=f"/srv/{text.replace('/', '_')}",
            version=text,
        ),
        Site(f"{text}2", "done", headline=text, seconds=3, changes={"created": 1}),
    ]
    return fleet_page_of(fleet_of(text, NOON, NOON, sites), Path("/srv"))


def page(text: str) -> str:
    return page_of(everywhere(text))


@pytest.mark.parametrize("make", [page, many])
@settings(deadline=None)
@given(text=texts)
@example(text=ATTACKS[0])
@example(text=ATTACKS[1])
@example(text=ATTACKS[2])
@example(text=ATTACKS[3])
@example(text=ATTACKS[4])
@example(text=ATTACKS[5])
@example(text=ATTACKS[6])
@example(text=ATTACKS[7])
@example(text=ATTACKS[8])
@example(text=ATTACKS[9])
@example(text=NOTHING)
@example(text=EMPTY)
def test_no_text_changes_the_structure(make: Callable[[str], str], text: str) -> None:
    found, harmless = Structure(make(text)), Structure(make("harmless"))
    assert found.tags == harmless.tags
    assert found.comments == harmless.comments == 0
    assert text in found.text
    assert all(link.startswith(("./", "data:,")) for link in found.links)


@pytest.mark.parametrize("text", ["done", "harmless", *ATTACKS])
@pytest.mark.parametrize("make", [page, many])
def test_no_page_has_scripts_or_asks_anybody_for_anything(make: Callable[[str], str], text: str) -> None:
    found = Structure(make(text))
    names = {name for tag in found.tags for name in tag[1:]}
    assert not {tag[0] for tag in found.tags} & {"script", "img", "iframe", "object", "embed", "form", "base"}
    assert not [name for name in names if name.startswith("on")] and "src" not in names
    assert "url(" not in make(text) and "@import" not in make(text)


def test_the_policy_of_the_page_forbids_scripts() -> None:
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page("x")


def test_every_expression_is_escaped() -> None:
    """Nothing in the templates switches escaping off."""
    for path in TEMPLATES.glob("*.j2"):
        assert not re.search(r"\bsafe\b|autoescape|Markup", path.read_text(encoding="utf-8")), path.name


def shown(**more: Any) -> str:
    return visible(page_of(report(**more)))


def visible(page: str) -> str:
    """The text of a page, each run of tags and white space as one blank."""
    body = page[page.index("<body") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_a_run_that_went_well() -> None:
    text = shown(
        timezone="Europe/Berlin",
        pbx={"fqdn": "pbx.example.com", "version": "20.0.10"},
        steps=[{"name": "apply", "title": "Apply", "started": "2026-11-24T11:00:00Z", "status": "ok"}],
        changes=[{"area": "Rules", "item": "National", "action": "updated", "before": {"a": 1}, "after": {"a": 2}}],
    )
    assert "✓ Done It went well." in text
    assert "pbx.example.com version 20.0.10" in text
    assert "Tue 24 Nov 2026, 12:00:00 CET (UTC+01:00)" in text
    assert "after 1 h 00 min" in text
    assert "✓ Apply 12:00:00 · 1 h 00 min" in text
    assert "Changes 1 updated Rules ~ updated National Field Before After a 1 2" in text
    assert "What went wrong" not in text


def test_a_run_that_failed_says_what_was_done_and_what_to_do() -> None:
    steps = [
        {"name": "snapshot", "status": "ok"},
        {"name": "apply", "status": "failed"},
        {"name": "rollback", "status": "ok"},
    ]
    failure = {"task": "Apply", "msg": "It was refused.", "remedy": "Correct line 4."}
    text = shown(result="failed", steps=steps, failure=failure, files={"snapshot": "/srv/s.yml"})
    assert "✗ Failed" in text
    assert "What went wrong Apply It was refused. What to do Correct line 4." in text
    assert "Before it failed, 1 step went well; the run tells of no change." in text
    assert "The state from before is in /srv/s.yml" in text


def test_a_failure_without_a_remedy_promises_none() -> None:
    text = shown(result="failed", failure={"msg": "It was refused."})
    assert "What to do" not in text
    assert "How far it came No step was finished before it failed" in text


def test_statuses_can_be_told_apart_without_colours() -> None:
    names = ("ok", "warning", "critical", "unknown")
    text = shown(checks=[{"name": f"Check {name}", "status": name} for name in names])
    for sign, name in zip("✓!✗!", names, strict=True):
        assert f"Check {name} {sign} {name}" in text


def test_a_preview_does_not_claim_to_have_changed_anything() -> None:
    changes = [{"area": "Rules", "item": "x", "action": "created"}]
    assert "Changes that a run would make" in shown(result="preview", changes=changes)
    assert "Nothing was changed." in shown()


def test_what_was_only_planned_does_not_claim_to_have_been_done() -> None:
    changes = [{"area": "Rules", "item": "x", "action": "created"}]
    for planned in (True, "True"):
        found = report(result="failed", changes=changes, planned=planned)
        assert "Changes that were planned" in Structure(page_of(found)).text
        assert site_of(found).changes == {}
    assert site_of(report(changes=changes, planned=False)).changes["created"] == 1


def test_a_report_of_thousands_of_changes_holds_all_of_them() -> None:
    changes = [{"area": "Blocklist", "item": f"10.0.{n // 250}.{n % 250}", "action": "created"} for n in range(2000)]
    assert page_of(report(changes=changes)).count("<article") == 2000


def test_an_overview_shows_the_worst_first_and_links_what_there_is() -> None:
    began = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    sites = [
        Site("b", "done", page="/srv/reports/b.html", seconds=61, changes={"created": 1, "updated": 0, "deleted": 2}),
        Site("c", "failed", failure="It was refused.", changes={"created": 0, "updated": 0, "deleted": 0}),
        Site("a", "nothing to do", page="/srv/elsewhere/a b.html"),
        Site("d", "not started"),
    ]
    page = fleet_page_of(fleet_of("Window", began, NOON, sites), Path("/srv/reports"))
    text = visible(page)
    assert "4 PBXs 1 done, 1 nothing to do, 1 not started, 1 failed" in text
    assert "c ✗ failed none It was refused." in text
    order = [text.index(name) for name in ("c ✗ failed", "d ! not started", "a ○ nothing to do", "b ✓ done")]
    assert order == sorted(order)
    assert Structure(page).links == ["data:,", "./../elsewhere/a%20b.html", "./b.html"]
    assert "+1 ~0 \N{MINUS SIGN}2" in text and "1 min 01 s" in text


def test_an_overview_of_nobody() -> None:
    assert "No PBX was in this run." in fleet_page_of(fleet_of("Window", NOON, NOON, []), Path("/srv"))
