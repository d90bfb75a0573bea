# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates of phones, gateways, trunks and CRM systems: those of 3CX are fixed, own ones are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.base import EntitySet
from tests.simulator.areas.ruled import RuledSet
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class Templates(RuledSet):
    """A set of device templates. A new one is always the user's own."""

    read_only = frozenset(("IsCustom",))

    def defaults(self) -> Entity:
        return {**super().defaults(), "IsCustom": True}

    def accept(self, draft: Entity, before: Entity | None) -> None:
        super().accept(draft, before)
        self._refuse_built_in(before)

    def releasing(self, entity: Entity) -> None:
        self._refuse_built_in(entity)

    def _refuse_built_in(self, template: Entity | None) -> None:
        own = template is None or template.get("IsCustom")
        if not own and self.pbx.switches.word("template_built_in") == "refuse":
            raise refused("Id", "XAPI.FORBIDDEN_CHANGE")


class PhoneTemplates(Templates):
    made = {"TemplateType": "Unknown", "Content": "", "Models": []}


class FxsTemplates(Templates):
    made = {"TemplateType": "Unknown", "DeviceType": "Fxs", "Brand": "", "URL": "", "NumberOfExtensions": 0}


class TrunkTemplates(Templates):
    made = {"TemplateType": "Unknown", "Name": "", "Countries": [], "Content": ""}


class CrmTemplates(EntitySet):
    """CRM templates, reached by name or by a function; there is no listing."""

    modelled = True


def crm_templates(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> list[Entity]:
    """CrmTemplates/Pbx.GeCrmtTemplates() (the contract's spelling)."""
    return pbx.sets["CrmTemplates"].entities()


def crm_source(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """CrmIntegration/Pbx.GetCrmTemplateSource(name='...')."""
    row = pbx.sets["CrmTemplates"].find(arguments["name"])
    if row is None:
        raise not_found()
    return {"Value": f'<Crm Name="{row["Name"]}"/>'}


CALLS = {
    "CrmTemplates/Pbx.GeCrmtTemplates()": crm_templates,
    "CrmIntegration/Pbx.GetCrmTemplateSource()": crm_source,
}
