# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What reading has in common, whether of sets, singletons or results of functions."""

from __future__ import annotations

from tests.simulator.odata.query import Query, parse_query
from tests.simulator.odata.shape import Shaper
from tests.simulator.pbx import Pbx
from tests.simulator.wire.messages import Request

ROOT = "/xapi/v1"


def shaper(pbx: Pbx) -> Shaper:
    """The shaper that the switches ask for."""
    switches = pbx.switches
    return Shaper(
        pbx.types,
        keep_nulls=switches.word("null_keys") == "keep",
        script_always=switches.word("script_code") == "always",
        user_secrets=switches.word("user_secrets") == "clear",
    )


def query_of(pbx: Pbx, request: Request, type_name: str, *, many: bool, limit: str = "top_limit") -> Query:
    """The query options of a request; ``limit`` is the switch with the largest $top."""
    most = int(pbx.switches.number(limit))
    return parse_query(pbx.types, type_name, request.query_items(), listing=many, limit=most)
