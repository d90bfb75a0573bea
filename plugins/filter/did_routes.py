# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter tcx.pbx.did_routes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.plugin_utils.did_table import COLUMNS, DidTable, Site, Wishes
from ansible_collections.tcx.pbx.plugins.plugin_utils.sources import titled
from ansible_collections.tcx.pbx.plugins.plugin_utils.tables import read_table


def did_routes(
    text: str,
    source: str,
    trunks: Iterable[Mapping[str, Any]],
    destinations: Iterable[Mapping[str, Any]],
    *,
    headings: Mapping[str, str] | None = None,
    trunk: str = "",
    trunk_names: Mapping[str, str] | None = None,
    add_missing: bool = False,
    add_plus: bool = False,
) -> dict[str, Any]:
    """See did_routes.yml."""
    name = titled(source)
    wishes = Wishes(trunk, trunk_names or {}, add_missing, add_plus)
    table = DidTable(Site(list(trunks), list(destinations)), wishes)
    try:
        rows, unknown = read_table(text, name, COLUMNS, headings)
        if not rows:
            raise ValueError(f"{name}: has no rows below its headings")
        routes = table.routes(rows)
    except ValueError as exc:
        raise AnsibleFilterError(f"The table of DIDs has to be mended first.\n{exc}") from None
    ignored = [f'{name}: the column "{title}" has no meaning here and was left out' for title in unknown]
    return {"routes": routes, "notes": [f"Table: {name}", *ignored, *table.notes]}


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"did_routes": did_routes}
