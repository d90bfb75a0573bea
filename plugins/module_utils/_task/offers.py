# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the PBX of a task offers. PRIVATE to the collection."""

from __future__ import annotations

from .._catalog.catalog import Catalog, catalog_for
from .._xapi.client import Client
from .options import OptionError


def catalog_of(client: Client) -> Catalog:
    """By the version that the PBX tells; costs one GET if nothing was asked before."""
    version = client.version or client.ping()
    if not version:
        raise OptionError(f"{client.connection.url} does not tell its version. Is this a 3CX v20 PBX?")
    try:
        return catalog_for(version)
    except ValueError as exc:
        raise OptionError(str(exc)) from exc
