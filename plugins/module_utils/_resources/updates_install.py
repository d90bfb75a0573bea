# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installing updates: accepted at once, then the API is away for minutes. PRIVATE to the collection.

REALITY.md section 9.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .._xapi.errors import XapiError
from .updates import Listing, Update, listing_of
from .waiting import DOUBTFUL, Pace, PingPort
from .waiting_comeback import Comeback, Standing, standing


@dataclass(frozen=True)
class Installed:
    """before, after: versions of the PBX. listing: what there is now, None if nobody could look.
    vanished: services that ran before and that the new version does not have. trouble: "" for nothing."""

    before: str
    after: str
    listing: Listing | None
    vanished: tuple[str, ...] = ()
    trouble: str = ""


class Installation:
    """chosen: updates of this very listing."""

    def __init__(self, port: PingPort, listing: Listing, chosen: Sequence[Update], pace: Pace) -> None:
        self._port = port
        self._listing = listing
        self._chosen = chosen
        self._pace = pace
        self._before = Standing("", {})
        self._after: Listing | None = None

    def run(self) -> Installed:
        """Raises XapiError if the PBX refuses it."""
        self._before = standing(self._port)
        doubt = self._send()
        renewed = self._renews
        comeback = Comeback(self._port, self._before, self._lacking, needs_sign=renewed)
        try:
            trouble = self._trouble(doubt, self._pace.until(comeback.look))
        except XapiError as exc:
            trouble = str(exc)
        vanished = [name for name in self._before.running if name not in comeback.now.services]
        return Installed(self._before.version, comeback.now.version, self._after, tuple(vanished), trouble)

    @property
    def _renews(self) -> bool:
        return any(one.changes_version(self._before.version) for one in self._chosen)

    def _send(self) -> XapiError | None:
        install = {"Key": self._listing.key, "Entries": [one.guid for one in self._chosen]}
        try:
            self._port.action("InstallUpdates", {"install": install})
        except DOUBTFUL as exc:
            return exc
        return None

    def _lacking(self, now: Standing) -> str:
        if self._renews and now.version == self._before.version:
            return f"the PBX still has version {now.version}"
        self._after = listing_of(self._port)
        left = [one.name for one in self._chosen if self._still_waiting(one, self._after)]
        return f"not installed yet: {', '.join(left)}" if left else ""

    def _still_waiting(self, chosen: Update, listing: Listing) -> bool:
        """An update to which there is a later one by now is installed all the same."""
        return any(
            one.identity == chosen.identity and one.out_of_date and one.local_version == chosen.local_version
            for one in listing.updates
        )

    def _trouble(self, doubt: XapiError | None, lacking: str) -> str:
        if not lacking:
            return ""
        after = f"after {self._pace.elapsed:.0f} s {lacking}"
        return f"{doubt} Afterwards: {after}" if doubt else f"{after}. Look at the PBX, or raise wait_timeout."
