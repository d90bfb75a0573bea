# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_trunks. PRIVATE to the collection."""

from __future__ import annotations

from typing import Any

from .._resources.declared.declaration import Declaration
from .._resources.model import Item
from .._resources.trunks import Trunks
from .declared import declared_set
from .manage import manage
from .task import Task


def manage_trunks(task: Task, declaration: Declaration, option: str, items: list[Item]) -> dict[str, Any]:
    return manage(task, declared_set(task, declaration, option, made=Trunks), items)
