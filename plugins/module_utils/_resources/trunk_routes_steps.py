# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls that change DID routes. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from .._xapi.errors import NotFound, Refused, XapiError
from .._xapi.odata import key as path_of
from .port import Port
from .steps import PartlyDone, Step
from .trunk_routes_new_dids import NewDids
from .trunk_routes_peers import Peers
from .trunk_routes_plan import Batch, Wish
from .trunk_routes_rules import Key
from .trunk_routes_standing import Standing, route_of

# Destinations that one GetRoutes is asked for: few calls, and still shortly before they are written.
TOGETHER = 50
# How a PBX may say that a DID has another destination (the vocabulary of REALITY.md section 2).
IN_USE = frozenset(("ALREADY_IN_USE", "DUPLICATE"))
# Rules that one call deletes.
MOST = 500


class Writer:
    """Carries out one batch. new: DIDs that their trunks do not have yet."""

    def __init__(self, batch: Batch, standing: Standing, peers: Peers, new: NewDids) -> None:
        self._batch = batch
        self._standing = standing
        self._peers = peers
        self._new = new
        self._taken: set[Key] = set()

    def steps(self) -> list[Step]:
        """Rules that go or change by themselves first: what GetRoutes then tells is what SetRoutes has to keep."""
        batch = self._batch
        return [
            *self._deletions(),
            *(Step(batch.once([wish]), partial(self._patch, wish)) for wish in batch.patches),
            *(Step(batch.changes_at(number), partial(self._set, number)) for number in batch.numbers),
        ]

    def _deletions(self) -> list[Step]:
        found, steps = self._batch.deletions, []
        for start in range(0, len(found), MOST):
            some = found[start : start + MOST]
            changes = self._batch.once(wish for wish, _rule in some)
            steps.append(Step(changes, _deletion(list(dict.fromkeys(rule.id for _wish, rule in some)))))
        return steps

    def _patch(self, wish: Wish, port: Port) -> None:
        """What the wish says, and nothing else of the rule (PATCH is partial, REALITY.md section 3)."""
        rule = wish.rules[0]
        body: dict[str, Any] = {}
        if wish.rename is not None:
            body["RuleName"] = wish.rename
        if wish.target is not None and rule.office.rings != wish.target:
            aim = {"To": self._peer(wish.target).type, "Number": wish.target, "External": ""}
            body |= dict.fromkeys(rule.following, aim)
        port.update(path_of("InboundRules", rule.id), body)

    def _set(self, number: str, port: Port) -> None:
        arriving = self._batch.arriving(number)
        wrote = self._new.add(port, [wish.key[0] for wish in arriving])
        try:
            self._replace(number, port)
        except XapiError as exc:
            if wrote:
                raise PartlyDone(exc) from exc
            raise
        self._taken.update(wish.key for wish in arriving)

    def _replace(self, number: str, port: Port) -> None:
        routes = dict(self._standing.routes(port, number))
        gone = self._batch.removed(number)
        if self._peers.get(number) is None and not self._batch.arriving(number):
            # Its extension was deleted: there is nothing left that SetRoutes could be told of.
            _deletion(self._batch.rules_removed(number))(port)
            return
        for key in gone | self._taken:
            routes.pop(key, None)
        for wish in self._batch.arriving(number):
            routes[wish.key] = route_of(wish.key, self._name(wish))
        body = {"routes": {"Id": self._peer(number).id, "Routes": list(routes.values())}}
        try:
            port.action("Trunks/Pbx.SetRoutes", body)
        except Refused as exc:
            if IN_USE.isdisjoint(exc.codes) or not self._take_over(number, port):
                raise
            port.action("Trunks/Pbx.SetRoutes", body)

    def _take_over(self, number: str, port: Port) -> bool:
        """For a PBX that lets no destination take a DID from another one: the rules themselves are turned. Whether
        there were any."""
        moving = [wish for wish in self._batch.arriving(number) if wish.rules and not wish.stands_at(number)]
        for wish in moving:
            self._patch(wish, port)
        return bool(moving)

    def _name(self, wish: Wish) -> str | None:
        """The new one, or the one that the DID has: a move does not rename."""
        if wish.rename is not None:
            return wish.rename
        for rule in wish.rules:
            name = self._standing.display_name(rule.office.rings or "", wish.key) or rule.name
            if name:
                return name
        return None

    def _peer(self, number: str) -> Any:
        peer = self._peers.get(number)
        if peer is None:
            raise NotFound(f'The PBX has nothing with the number "{number}" any more.', status=404)
        return peer


def _deletion(ids: Sequence[int]) -> Callable[[Port], Any]:
    return lambda port: port.action("InboundRules/Pbx.BulkInboundRulesDelete", {"ids": list(ids)}, repeatable=True)
