# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The licence and the partner it is linked to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import personal
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

# LicenseStatus by the names of EditLicenseInfo.
EDITED = {
    "CompanyName": "CompanyName",
    "ContactName": "ContactName",
    "Country": "CountryCode",
    "Email": "EMail",
    "Phone": "Telephone",
}


def _partner_name(partner: str) -> str:
    return f"Partner {partner}"


def replace_key(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """LicenseStatus/Pbx.ReplaceLicenseKey."""
    key = arguments.get("licenseKey")
    if not key:
        raise refused("licenseKey", "XAPI.REQUIRED")
    if pbx.switches.word("license_keys") == "refuse":
        raise refused("licenseKey", "LICENSE_NOT_FOUND")
    pbx.license["LicenseKey"] = key


def edit(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """LicenseStatus/Pbx.EditLicenseInfo."""
    given = arguments.get("licenseParams") or {}
    pbx.license.update({EDITED[name]: value for name, value in given.items() if value is not None})


def link(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """LicenseStatus/Pbx.LinkPartner."""
    pbx.license["ResellerName"] = _partner_name(arguments.get("resellerId", ""))


def unlink(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """LicenseStatus/Pbx.UnlinkPartner."""
    pbx.license.pop("ResellerName", None)


def refresh(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """LicenseStatus/Pbx.RefreshLicenseStatus: the licence server says what is known already."""
    pbx.license["LicenseActive"] = True


def partner(_pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """LicenseStatus/Pbx.PartnerInfo(resellerId='...') and GetMyGroupPartnerInfo."""
    number = str(arguments["resellerId"])
    return {"Id": number, "Name": _partner_name(number)}


def summary(pbx: Pbx, _target: Entity | None = None, _arguments: dict[str, Any] | None = None) -> Entity:
    """Defs/Pbx.GetLicenseParameters(): the licence in short."""
    product = str(pbx.license.get("ProductCode", ""))
    found = {
        "CountryCode": pbx.license.get("CountryCode"),
        "ProductCode": product,
        "MaxSimCalls": pbx.license.get("MaxSimCalls"),
        "IsEnterprise": "ENT" in product,
        "IsProfessional": "PRO" in product,
        "IsBrandingEnabled": "ENT" in product,
        "IsCfdEnabled": True,
        "IsMaintainceExpired": expired(pbx),
    }
    return {name: value for name, value in found.items() if name in pbx.types.properties("License")}


def expired(pbx: Pbx) -> bool:
    """Whether maintenance has run out."""
    until = pbx.license.get("MaintenanceExpiresAt")
    return until is not None and str(until) <= pbx.clock.stamp()


# Departments


def _of_group(pbx: Pbx, group_id: Any) -> Entity:
    groups = pbx.sets["Groups"]
    group = groups.find(int(group_id)) if str(group_id).isdigit() else groups.find_by("Number", group_id)
    if group is None:
        raise not_found()
    return group


def _set_partner(group: Entity, partner_id: str | None) -> None:
    name = _partner_name(partner_id) if partner_id else None
    group["Props"] = {**(group.get("Props") or {}), "ResellerId": partner_id, "ResellerName": name}


def link_group(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Groups/Pbx.LinkGroupPartner; the group is named by id or number."""
    _set_partner(_of_group(pbx, arguments.get("groupId")), arguments.get("resellerId"))


def unlink_groups(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """Groups/Pbx.UnlinkGroupPartner has no parameter: it means the caller's department."""
    _set_partner(personal.my_group(pbx), None)


def link_my_group(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """MyGroup/Pbx.LinkMyGroupPartner."""
    _set_partner(personal.my_group(pbx), arguments.get("resellerId"))


def group_key(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Groups/Pbx.ReplaceGroupLicenseKey: kept, though nothing shows it."""
    _of_group(pbx, arguments.get("groupId"))["_license_key"] = arguments.get("licenseKey")


def my_group_key(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """MyGroup/Pbx.ReplaceMyGroupLicenseKey."""
    personal.my_group(pbx)["_license_key"] = arguments.get("licenseKey")


CALLS = {
    "LicenseStatus/Pbx.ReplaceLicenseKey": replace_key,
    "LicenseStatus/Pbx.EditLicenseInfo": edit,
    "LicenseStatus/Pbx.LinkPartner": link,
    "LicenseStatus/Pbx.UnlinkPartner": unlink,
    "LicenseStatus/Pbx.RefreshLicenseStatus": refresh,
    "LicenseStatus/Pbx.PartnerInfo()": partner,
    "MyGroup/Pbx.GetMyGroupPartnerInfo()": partner,
    "Defs/Pbx.GetLicenseParameters()": summary,
    "Groups/Pbx.LinkGroupPartner": link_group,
    "Groups/Pbx.UnlinkGroupPartner": unlink_groups,
    "Groups/Pbx.ReplaceGroupLicenseKey": group_key,
    "MyGroup/Pbx.LinkMyGroupPartner": link_my_group,
    "MyGroup/Pbx.UnlinkMyGroupPartner": unlink_groups,
    "MyGroup/Pbx.ReplaceMyGroupLicenseKey": my_group_key,
}
