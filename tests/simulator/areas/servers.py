# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers of the customer beside the PBX: for conferences, for transcription."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulator.areas import made_up

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

PORT = 443


def row(pbx: Pbx, type_name: str, purpose: str, guid: str) -> Entity:
    """A server that was just installed, with what this version shows of it."""
    known = pbx.types.properties(type_name)
    systems = sorted(pbx.catalog.enums.get(known["ServerOS"].name, ())) or ["Debian"]
    made: Entity = {
        "Guid": guid,
        "Active": True,
        "Enabled": True,
        "Cloud": False,
        "ManualGeo": False,
        "Host": f"{purpose}-{guid[:8]}.example.com",
        "Ip": "192.0.2.40",
        "Port": PORT,
        "Secret": made_up.secret(purpose, guid),
        "InstallScript": f"install-{purpose} {guid}",
        "CityName": "Berlin",
        "Country": "DE",
        "CountryName": "Germany",
        "Zone": "Europe",
        "BandCap": 1000,
        "PartsCap": 100,
        "ServerOS": systems[-1],
        "ServerOSVersion": "12",
        "ServerStatus": 1,
        "Version": pbx.build,
        "TsCreated": pbx.clock.stamp(),
        "TsActivated": pbx.clock.stamp(),
    }
    return {name: value for name, value in made.items() if name in known}
