# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Singletons with rules of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulator.areas import holidays
from tests.simulator.areas.base import Singleton
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class ConsoleRestrictions(Singleton):
    """Who may reach the console; MyIpAddress is where the request came from."""

    modelled = True
    read_only = frozenset(("Id", "MyIpAddress"))

    def entity(self) -> Entity:
        return {**super().entity(), "MyIpAddress": "127.0.0.1"}


class GeneralSettingsForPbx(Singleton):
    """General settings; the operator must be there."""

    modelled = True

    def accept(self, draft: Entity) -> None:
        operator = draft.get("OperatorExtension")
        if operator and operator != self.values.get("OperatorExtension") and operator not in self.pbx.numbers:
            raise refused("OperatorExtension", "XAPI.NOT_FOUND")


class VoicemailSettings(Singleton):
    """Voicemail; the space that messages take is the server's own figure."""

    modelled = True
    read_only = frozenset(("Id", "UsedSpace"))


class MailSettings(Singleton):
    """The mail server; whether its type may be edited is the licence's business."""

    modelled = True
    read_only = frozenset(("CanEditMailServerType",))


class OfficeHours(Singleton):
    """Office hours of the system. Its holidays are those of DEFAULT, where there is a set of them."""

    modelled = True

    def update(self, body: Entity) -> None:
        found = holidays.holidays(self.pbx)
        given = dict(body)
        if found is not None and "OfficeHolidays" in given:
            wanted = given.pop("OfficeHolidays") or []
            found.replace(self.pbx.default_group()["Number"], wanted)
        super().update(given)


def operator(pbx: Pbx) -> str | None:
    """The number of the operator."""
    number: str | None = pbx.singletons["GeneralSettingsForPbx"].values.get("OperatorExtension")
    return number or None
