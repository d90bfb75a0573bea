# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The functions of $filter: result type and what they do with values that are not null."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


FUNCTIONS: dict[str, tuple[str, Callable[..., Any]]] = {
    "contains": ("boolean", lambda text, part: part in text),
    "startswith": ("boolean", lambda text, part: text.startswith(part)),
    "endswith": ("boolean", lambda text, part: text.endswith(part)),
    "tolower": ("string", lambda text: text.lower()),
    "toupper": ("string", lambda text: text.upper()),
    "trim": ("string", lambda text: text.strip()),
    "length": ("int32", len),
    "concat": ("string", lambda a, b: a + b),
    "indexof": ("int32", lambda text, part: text.find(part)),
    "substring": ("string", lambda text, start, length=None: text[start:][:length]),
    "date": ("date", lambda moment: moment.date()),
    "year": ("int32", lambda moment: moment.year),
    "month": ("int32", lambda moment: moment.month),
    "day": ("int32", lambda moment: moment.day),
    "hour": ("int32", lambda moment: moment.hour),
    "minute": ("int32", lambda moment: moment.minute),
    "second": ("int32", lambda moment: moment.second),
    "now": ("datetime", _now),
}
