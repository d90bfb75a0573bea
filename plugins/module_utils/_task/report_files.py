# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_report: a report is kept as data and as a page. PRIVATE to the collection."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .cabinet import Cabinet
from .options import OptionError
from .task import Task

NAME = re.compile(r"[\w@+-][\w.@+-]*")


def keep_report(task: Task) -> dict[str, Any]:
    name = task.params["name"]
    if not NAME.fullmatch(name):
        raise OptionError(f'name: "{name}" cannot be the beginning of a file name; letters, digits and ._@+- can')
    texts = {
        f"{name}.report.json": json.dumps(task.params["data"], indent=2, ensure_ascii=False) + "\n",
        f"{name}.report.html": task.params["page"],
    }
    cabinet = Cabinet("directory", task.params["directory"])
    cabinet.check()
    there = set(cabinet.names())
    stale = {file: text for file, text in texts.items() if file not in there or cabinet.read(file) != text}
    if not task.check_mode:
        cabinet.make()
        for file, text in stale.items():
            cabinet.write(file, text)
    return {"changed": bool(stale), "files": [str(cabinet.path / file) for file in texts]}


def options_shown(params: Mapping[str, Any]) -> dict[str, Any]:
    """The report itself would fill pages of a log."""
    return {name: params[name] for name in ("directory", "name")}
