# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters tcx.pbx.blocklist_feeds and tcx.pbx.blocklist_plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.module_utils._resources.networks import network
from ansible_collections.tcx.pbx.plugins.plugin_utils.blocklist_plan import Limits, Plan, Standing
from ansible_collections.tcx.pbx.plugins.plugin_utils.feeds import Feed, feed_of, listed
from ansible_collections.tcx.pbx.plugins.plugin_utils.flat import list_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.rows import BadInput, Problems

MARK = re.compile(r"[\w-]+")


def blocklist_feeds(value: Any, name: str = "feeds") -> list[dict[str, Any]]:
    """See blocklist_feeds.yml."""
    problems, feeds = Problems(), []
    try:
        for place, told in enumerate(list_of(value)):
            with problems.at(f"{name}[{place}]"):
                feeds.append(feed_of(told))
        called = [feed.name for feed in feeds]
        for twice in sorted({one for one in called if called.count(one) > 1}):
            problems.add(name, f"two feeds are called {twice}; give one of them another name")
        problems.raise_if_any()
        if not feeds:
            raise ValueError(f"{name}: there is no feed")
    except ValueError as exc:
        raise AnsibleFilterError(f"{name}: {exc}" if not isinstance(exc, BadInput) else str(exc)) from exc
    return [asdict(feed) for feed in feeds]


def blocklist_plan(
    feeds: Iterable[Mapping[str, Any]],
    texts: Iterable[str],
    current: Iterable[Mapping[str, Any]],
    *,
    mark: str = "feed",
    never_block: Any = None,
    minimum: int = 1,
    maximum: int = 5000,
    shrink: float = 50,
    broadest_ipv4: int = 8,
    broadest_ipv6: int = 19,
    expire_days: float = 0,
    bad_lines: str = "refuse",
    now: str | None = None,
) -> dict[str, Any]:
    """See blocklist_plan.yml."""
    if not MARK.fullmatch(mark):
        raise AnsibleFilterError(f'mark "{mark}" has to consist of letters, digits, hyphens and underscores')
    moment = (
        (datetime.fromisoformat(now) if now else datetime.now(UTC)).astimezone(UTC).replace(second=0, microsecond=0)
    )
    lifetime = timedelta(days=expire_days) if expire_days else None
    limits = Limits(minimum, maximum, shrink, {4: broadest_ipv4, 6: broadest_ipv6}, lifetime)
    try:
        never = [network(str(one)) for one in list_of(never_block)]
        plan = Plan(Standing(current, mark), limits, never, mark, moment)
        skipped = _add_all(plan, feeds, texts, refuse=bad_lines == "refuse")
        refusals = plan.refusals()
    except ValueError as exc:
        raise AnsibleFilterError(f"The feeds cannot be used as they are.\n{exc}") from exc
    if refusals:
        raise AnsibleFilterError("The feeds are not believed.\n" + "\n".join(refusals))
    counts = [{"name": name, **asdict(one)} for name, one in plan.counts.items()]
    notes = [*skipped, *plan.notes]
    return {"entries": plan.entries(), "feeds": counts, "checks": _checks(counts, limits), "notes": notes}


def _checks(counts: Iterable[Mapping[str, Any]], limits: Limits) -> list[dict[str, str]]:
    """For the report. Whatever is not as it should be has been refused before."""
    limit = f"at least {limits.least}, and {limits.shrink:g} % fewer than before at most"
    return [
        {
            "name": f"Feed {one['name']}",
            "status": "ok",
            "value": f"{one['listed']} networks, {one['before']} before",
            "limit": limit,
        }
        for one in counts
    ]


def _add_all(plan: Plan, feeds: Iterable[Mapping[str, Any]], texts: Iterable[str], *, refuse: bool) -> list[str]:
    """The lines that were left out, if they are not a reason to refuse."""
    problems = Problems()
    for told, text in zip(feeds, texts, strict=True):
        feed = Feed(**told)
        plan.add(feed.name, listed(feed, text, problems), problems)
    if refuse:
        problems.raise_if_any()
    return [f"left out: {message}" for message in problems.found]


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"blocklist_feeds": blocklist_feeds, "blocklist_plan": blocklist_plan}
