# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one library that the wire needs. PRIVATE to the collection.

Imported here once, in the parent of all forks. A controller without it must still load the plugins.
"""

from __future__ import annotations

import importlib
import traceback

from .errors import MissingLibrary

try:
    importlib.import_module("requests")
except ImportError:
    REQUESTS_PROBLEM: str | None = traceback.format_exc()
else:
    REQUESTS_PROBLEM = None


def demand_requests() -> None:
    """Raise MissingLibrary when `requests` could not be imported."""
    if REQUESTS_PROBLEM is not None:
        raise MissingLibrary("requests", REQUESTS_PROBLEM)
