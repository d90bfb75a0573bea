# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_office_hours. PRIVATE to the collection."""

from __future__ import annotations

from typing import Any

from .._engine.converge import converge
from .._resources.office_hours import OfficeHours
from .manage import result_of
from .task import Task


def manage_office_hours(task: Task) -> dict[str, Any]:
    resource = OfficeHours(warn=task.warn)
    result = result_of(converge(resource, task.client, task.params[resource.option], check_mode=task.check_mode))
    # Hours are always there.
    return {name: value for name, value in result.items() if name not in ("created", "deleted")}
