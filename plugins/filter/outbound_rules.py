# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter tcx.pbx.outbound_rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.modules.tcx_outbound_rules import ROUTE, RULE
from ansible_collections.tcx.pbx.plugins.plugin_utils.outbound_drafts import Draft, from_items, from_table, from_yaml
from ansible_collections.tcx.pbx.plugins.plugin_utils.outbound_site import Names, Site
from ansible_collections.tcx.pbx.plugins.plugin_utils.rows import Problems
from ansible_collections.tcx.pbx.plugins.plugin_utils.sources import titled

TABLES = (".csv", ".tsv", ".txt")


def outbound_rules(
    source: str | Iterable[Mapping[str, Any]],
    name: str,
    trunks: Iterable[Mapping[str, Any]],
    departments: Iterable[Mapping[str, Any]],
    *,
    trunk_names: Mapping[str, str] | None = None,
    department_names: Mapping[str, str] | None = None,
    headings: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """See outbound_rules.yml."""
    name = titled(name)
    problems = Problems()
    site = Site(Names(list(trunks), trunk_names or {}), Names(list(departments), department_names or {}), RULE, ROUTE)
    try:
        drafts, unknown = _drafts(source, name, headings or {}, problems)
        rules = site.rules(drafts, problems)
        problems.raise_if_any()
        if not rules:
            raise ValueError(f"{name}: has no rules")
    except ValueError as exc:
        raise AnsibleFilterError(f"The outbound rules have to be mended first.\n{exc}") from None
    ignored = [f'{name}: the column "{title}" has no meaning here and was left out' for title in unknown]
    return {"rules": rules, "notes": [*ignored, *site.notes]}


def _drafts(
    source: str | Iterable[Mapping[str, Any]], name: str, headings: Mapping[str, str], problems: Problems
) -> tuple[list[Draft], list[str]]:
    if not isinstance(source, str):
        return list(from_items(source, name, problems)), []
    if PurePath(name).suffix.lower() in TABLES:
        return from_table(source, name, headings, problems)
    return list(from_yaml(source, name, problems)), []


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"outbound_rules": outbound_rules}
