# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes that would lock the controller out of the PBX, or people in need. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..blocklist import blocked
from ..model import Change, Problem, Record
from ..networks import Network
from ..outbound_guards import no_emergency_left


@dataclass(frozen=True)
class Controller:
    """The one that runs the task, as the PBX knows it. addresses: empty if nobody knows them."""

    addresses: tuple[Network, ...] = ()
    client_id: str = ""


Guard = Callable[[Controller, Sequence[Record], Sequence[Change]], Iterator[Problem]]


def _blocklist(controller: Controller, records: Sequence[Record], changes: Sequence[Change]) -> Iterator[Problem]:
    return blocked(controller.addresses, records, changes, "which is the controller's own address")


def _own_client(controller: Controller, records: Sequence[Record], changes: Sequence[Change]) -> Iterator[Problem]:
    """Without its API client nobody could undo the change (REALITY.md section 9)."""
    for change in changes:
        if change.record is None or change.record.item.get("number") != controller.client_id:
            continue
        if change.kind == "delete":
            message = "is the API client that this task uses; leave it in, or set force: true"
        elif change.values.get("xapi_enabled") is False:
            message = "is the API client that this task uses and would lose the API; leave it on, or set force: true"
        else:
            continue
        yield Problem(change.index, change.label, "", message)


def _emergency(controller: Controller, records: Sequence[Record], changes: Sequence[Change]) -> Iterator[Problem]:
    return no_emergency_left(records, changes)


GUARDS: dict[str, Guard] = {"blocklist": _blocklist, "own client": _own_client, "emergency calls": _emergency}
