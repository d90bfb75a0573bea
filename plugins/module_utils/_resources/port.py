# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a resource needs of the wire. PRIVATE to the collection.

`_xapi.client.Client` is the real one; unit tests use a PBX made of dicts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class Port(Protocol):
    """The calls of the XAPI, paths relative to /xapi/v1. They raise `_xapi.errors.XapiError`."""

    def known_version(self) -> str: ...

    def get(self, path: str, query: dict[str, Any] | None = None) -> dict[str, Any]: ...

    def value(self, path: str) -> Any: ...

    def rows(
        self,
        path: str,
        *,
        select: Sequence[str] = (),
        filter: str | None = None,
        expand: str | None = None,
        orderby: str = "Id",
        search: str | None = None,
        limit: int | None = None,
        keyed: bool = True,
    ) -> list[dict[str, Any]]: ...

    def create(self, path: str, body: dict[str, Any]) -> dict[str, Any]: ...

    def update(self, path: str, body: dict[str, Any], *, if_match: str | None = None) -> None: ...

    def delete(self, path: str, *, if_match: str | None = None) -> None: ...

    def action(self, path: str, body: dict[str, Any] | None = None, *, repeatable: bool = False) -> Any: ...

    def function(self, path: str, /, **parameters: Any) -> Any: ...
