# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Points in time as the XAPI writes them: ISO 8601 in UTC (REALITY.md section 3). PRIVATE to the collection."""

from __future__ import annotations

import re
from datetime import UTC, datetime

REMEDY = "write it as 2027-01-31T18:00:00Z or 2027-01-31T19:00:00+01:00"
FRACTION = re.compile(r"[.](\d{1,6})\d*")


def instant(text: str) -> datetime:
    """The instant, in UTC. A zone is required: whose midnight would it be? Raises ValueError with a remedy."""
    try:
        parsed = datetime.fromisoformat(FRACTION.sub(_six_digits, text.strip()))
    except ValueError as exc:
        raise ValueError(f'"{text}" is not a time; {REMEDY}') from exc
    if parsed.tzinfo is None:
        raise ValueError(f'"{text}" has no time zone; {REMEDY}')
    return parsed.astimezone(UTC)


def _six_digits(found: re.Match[str]) -> str:
    """Seven fraction digits are usual on a PBX; Python reads six."""
    return "." + found.group(1).ljust(6, "0")


def to_the_minute(text: str | None) -> datetime | str | None:
    """The meaning of an expiry. The console has minute steps (REALITY.md section 4), so seconds are no difference."""
    if not text:
        return None
    try:
        return instant(text).replace(second=0, microsecond=0)
    except ValueError:
        return text


def zulu(text: str | None) -> str | None:
    """What to send; "" clears, and the XAPI says that with null."""
    if not text:
        return None
    return instant(text).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
