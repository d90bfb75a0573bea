# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters tcx.pbx.blocklist_feeds and tcx.pbx.blocklist_plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.module_utils._resources.networks import Network, network
from ansible_collections.tcx.pbx.plugins.plugin_utils.blocklist_plan import Limits, Plan, Standing
from ansible_collections.tcx.pbx.plugins.plugin_utils.feeds import Feed, feed_of, listed
from ansible_collections.tcx.pbx.plugins.plugin_utils.flat import list_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.rows import SHOWN, BadInput, Problems

MARK = re.compile(r"[\w-]+")
# In days: an hour or so, since an end that has come before the next run protects nobody, and a hundred years.
SHORTEST_LIFE = 0.05
LONGEST_LIFE = 36500


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
            raise ValueError("there is no feed; give files or URLs")
    # Without a cause, whose words Ansible would append.
    except BadInput as exc:
        raise AnsibleFilterError(str(exc)) from None
    except ValueError as exc:
        raise AnsibleFilterError(f"{name}: {exc}") from None
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
    limits = Limits(minimum, maximum, shrink, {4: broadest_ipv4, 6: broadest_ipv6}, _lifetime(expire_days))
    never = _protected(never_block)
    try:
        plan = Plan(Standing(current, mark), limits, never, mark, moment)
        skipped = _add_all(plan, feeds, texts, refuse=bad_lines == "refuse")
        refusals = plan.refusals()
    except ValueError as exc:
        raise AnsibleFilterError(f"The feeds cannot be used as they are.\n{exc}") from None
    if refusals:
        raise AnsibleFilterError("The feeds are not believed.\n" + "\n".join(refusals))
    counts = [{"name": name, **asdict(one)} for name, one in plan.counts.items()]
    notes = [*_some(skipped), *_some(plan.protected), *plan.others()]
    return {"entries": plan.entries(), "feeds": counts, "checks": _checks(counts, limits), "notes": notes}


def _lifetime(days: float) -> timedelta | None:
    if days == 0:
        return None
    if not SHORTEST_LIFE <= days <= LONGEST_LIFE:
        raise AnsibleFilterError(f"expire_days is 0 for no end, or {SHORTEST_LIFE} to {LONGEST_LIFE}, not {days:g}")
    return timedelta(days=days)


def _protected(told: Any) -> list[Network]:
    problems, networks = Problems(), []
    with problems.at("never_block"):
        for place, one in enumerate(list_of(told), start=1):
            with problems.at(f"never_block, item {place}"):
                networks.append(network(str(one)))
    if problems.found:
        raise AnsibleFilterError("\n".join(problems.found))
    return networks


def _some(notes: Sequence[str]) -> list[str]:
    """As many as a person reads."""
    more = len(notes) - SHOWN
    return [*notes[:SHOWN], f"and {more} more like these"] if more > 0 else list(notes)


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
