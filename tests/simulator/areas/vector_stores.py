# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Vector stores of the AI settings: named collections of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import made_up
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

STORES, FILES = "VectorStores", "VectorStoreFiles"
WRITTEN = ("Name", "Description", "Expiration")


def _stores(pbx: Pbx) -> dict[str, Entity]:
    held: dict[str, Entity] = pbx.shelf.setdefault(STORES, {})
    return held


def _files(pbx: Pbx) -> dict[str, dict[str, Entity]]:
    """Store -> file -> what is known of it."""
    held: dict[str, dict[str, Entity]] = pbx.shelf.setdefault(FILES, {})
    return held


def _shown(pbx: Pbx, key: Any) -> Entity:
    store = _stores(pbx).get(str(key))
    if store is None:
        raise not_found()
    count = len(_files(pbx).get(str(key), {}))
    return {**store, "FilesTotal": count, "FilesCompleted": count, "Bytes": 1000 * count}


def _page(pbx: Pbx, items: list[Entity], arguments: dict[str, Any]) -> Entity:
    after = str(arguments.get("after") or "")
    places = [place for place, item in enumerate(items) if item["Id"] == after]
    rest = items[places[0] + 1 :] if places else items
    limit = int(arguments["limit"]) or len(rest)
    page = rest[:limit]
    ends = {"FirstId": page[0]["Id"], "LastId": page[-1]["Id"]} if page else {}
    return {"Items": page, "HasMore": len(rest) > limit, **ends}


def create(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """AISettings/Pbx.CreateVectorStore."""
    model = arguments.get("model") or {}
    if not model.get("Name"):
        raise refused("Name", "XAPI.REQUIRED")
    key = f"vs_{made_up.secret('store', model['Name'], len(_stores(pbx)))}"
    content = {name: model[name] for name in WRITTEN if name in model}
    _stores(pbx)[key] = {**content, "Id": key, "Status": "completed", "CreatedAt": pbx.clock.stamp()}
    return _shown(pbx, key)


def update(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """AISettings/Pbx.UpdateVectorStore: the model carries the Id."""
    model = arguments.get("model") or {}
    shown = _shown(pbx, model.get("Id"))
    _stores(pbx)[shown["Id"]].update({name: model[name] for name in WRITTEN if name in model})
    return _shown(pbx, shown["Id"])


def delete(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """AISettings/Pbx.DeleteVectorStore."""
    if _stores(pbx).pop(str(arguments.get("id")), None) is None:
        raise not_found()
    _files(pbx).pop(str(arguments.get("id")), None)


def one(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """AISettings/Pbx.GetVectorStore(id='...')."""
    return _shown(pbx, arguments["id"])


def listed(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """AISettings/Pbx.GetVectorStores(limit=...,after='...')."""
    return _page(pbx, [_shown(pbx, key) for key in _stores(pbx)], arguments)


def add_files(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """AISettings/Pbx.AddVectorStoreFiles."""
    model = arguments.get("model") or {}
    key = _shown(pbx, model.get("VectorId"))["Id"]
    for name in model.get("FileIds") or []:
        _files(pbx).setdefault(key, {})[name] = {
            "Id": name,
            "Name": f"{name}.txt",
            "Size": 1000,
            "Status": "completed",
            "VectorStoreId": key,
            "CreatedAt": pbx.clock.stamp(),
        }


def files_of(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """AISettings/Pbx.GetVectorStoreFiles(id='...',limit=...,after='...')."""
    key = _shown(pbx, arguments["id"])["Id"]
    return _page(pbx, list(_files(pbx).get(key, {}).values()), arguments)


def delete_file(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """AISettings/Pbx.DeleteVectorStoreFile: out of one store."""
    if _files(pbx).get(str(arguments.get("vectorid")), {}).pop(str(arguments.get("fileid")), None) is None:
        raise not_found()


def delete_everywhere(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """AISettings/Pbx.DeleteOpenAiFile: out of all stores."""
    found = [held.pop(str(arguments.get("fileid")), None) for held in _files(pbx).values()]
    if not any(found):
        raise not_found()


def delete_some(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> list[Entity]:
    """AISettings/Pbx.BatchDeleteFiles: what could not be deleted says so inside a 200."""
    model = arguments.get("model") or {}
    held = _files(pbx).get(str(model.get("VectorId")), {})
    results = []
    for name in model.get("FileIds") or []:
        gone = held.pop(name, None)
        outcome = {"Status": "deleted"} if gone else {"Status": "failed", "Error": "File not found"}
        results.append({"FileName": gone["Name"] if gone else name, "ExternalFileId": name, **outcome})
    return results


CALLS = {
    "AISettings/Pbx.CreateVectorStore": create,
    "AISettings/Pbx.UpdateVectorStore": update,
    "AISettings/Pbx.DeleteVectorStore": delete,
    "AISettings/Pbx.GetVectorStore()": one,
    "AISettings/Pbx.GetVectorStores()": listed,
    "AISettings/Pbx.AddVectorStoreFiles": add_files,
    "AISettings/Pbx.GetVectorStoreFiles()": files_of,
    "AISettings/Pbx.DeleteVectorStoreFile": delete_file,
    "AISettings/Pbx.DeleteOpenAiFile": delete_everywhere,
    "AISettings/Pbx.BatchDeleteFiles": delete_some,
}
