# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the PBX of a task offers. PRIVATE to the collection."""

from __future__ import annotations

from .._catalog.catalog import Catalog, catalog_for
from .._xapi.client import Client
from .options import OptionError


def catalog_of(client: Client) -> Catalog:
    """By the version that the PBX tells. Raises OptionError for one that is too old, XapiError if it tells none."""
    try:
        return catalog_for(client.known_version())
    except ValueError as exc:
        raise OptionError(str(exc)) from exc
