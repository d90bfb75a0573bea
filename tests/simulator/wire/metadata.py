# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""$metadata: the types and sets of a version as CSDL."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from tests.simulator.facts.catalog import Catalog
from tests.simulator.facts.grammar import Kind

EDMX = "http://docs.oasis-open.org/odata/ns/edmx"
EDM = "http://docs.oasis-open.org/odata/ns/edm"
SCALARS = {
    "string": "Edm.String",
    "datetime": "Edm.DateTimeOffset",
    "date": "Edm.Date",
    "time": "Edm.TimeOfDay",
    "duration": "Edm.Duration",
    "uuid": "Edm.Guid",
    "boolean": "Edm.Boolean",
    "int32": "Edm.Int32",
    "int64": "Edm.Int64",
    "uint8": "Edm.Byte",
    "decimal": "Edm.Decimal",
    "float": "Edm.Single",
    "double": "Edm.Double",
    "object": "Edm.Untyped",
}


def metadata(catalog: Catalog) -> bytes:
    """The document, built anew each time: nobody asks for it often."""
    root = ET.Element("edmx:Edmx", {"Version": "4.0", "xmlns:edmx": EDMX})
    schema = ET.SubElement(ET.SubElement(root, "edmx:DataServices"), "Schema", {"Namespace": "Pbx", "xmlns": EDM})
    for name, members in sorted(catalog.enums.items()):
        enum = ET.SubElement(schema, "EnumType", {"Name": name})
        for member in sorted(members):
            ET.SubElement(enum, "Member", {"Name": member})
    keys = {facts.type: facts.key for facts in catalog.sets.values()}
    for name in sorted(catalog.types):
        _type(schema, catalog, name, keys)
    _container(schema, catalog)
    return b'<?xml version="1.0" encoding="utf-8"?>' + ET.tostring(root)


def _type(schema: ET.Element, catalog: Catalog, name: str, keys: dict[str, str | None]) -> None:
    is_entity = name in keys or name in catalog.singletons.values()
    element = ET.SubElement(schema, "EntityType" if is_entity else "ComplexType", {"Name": name})
    key = keys.get(name)
    if key:
        ET.SubElement(ET.SubElement(element, "Key"), "PropertyRef", {"Name": key})
    for property_name, kind in catalog.types[name].items():
        tag = "NavigationProperty" if kind.navigation else "Property"
        attributes = {"Name": property_name, "Type": _type_name(kind)}
        if not kind.nullable and not kind.collection:
            attributes["Nullable"] = "false"
        ET.SubElement(element, tag, attributes)


def _type_name(kind: Kind) -> str:
    single = SCALARS.get(kind.name, f"Pbx.{kind.name}")
    return f"Collection({single})" if kind.collection else single


def _container(schema: ET.Element, catalog: Catalog) -> None:
    container = ET.SubElement(schema, "EntityContainer", {"Name": "Container"})
    for name, facts in catalog.sets.items():
        ET.SubElement(container, "EntitySet", {"Name": name, "EntityType": f"Pbx.{facts.type}"})
    for name, type_name in catalog.singletons.items():
        ET.SubElement(container, "Singleton", {"Name": name, "Type": f"Pbx.{type_name}"})
