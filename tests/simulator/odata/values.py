# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Instants and spans of time in the text forms of the XAPI."""

from __future__ import annotations

import datetime as dt
import re

_INSTANT = re.compile(r"(\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d)")
_SPAN = re.compile(r"(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def instant(text: str) -> dt.datetime:
    """ISO 8601 with an offset, up to 12 digits of a second (7 are common here); ValueError otherwise."""
    found = _INSTANT.fullmatch(text)
    if found is None:
        raise ValueError(f"not an instant: {text!r}")
    base, fraction, zone = found.groups()
    moment = dt.datetime.fromisoformat(base + ("+00:00" if zone == "Z" else zone))
    return moment.replace(microsecond=int((fraction or "0").ljust(6, "0")[:6]))


def stamp(moment: float) -> str:
    """Seconds since the epoch -> ``2026-10-01T08:00:00Z``."""
    return dt.datetime.fromtimestamp(int(moment), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def span(text: str) -> dt.timedelta:
    """An ISO 8601 duration of days and smaller, such as ``PT18H``; ValueError otherwise."""
    found = _SPAN.fullmatch(text)
    if found is None or text.rstrip("-").endswith(("P", "T")):
        raise ValueError(f"not a duration: {text!r}")
    sign, days, hours, minutes, seconds = found.groups()
    length = dt.timedelta(
        days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0), seconds=float(seconds or 0)
    )
    return -length if sign else length
