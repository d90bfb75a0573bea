# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Single values of the contract: what they may be, and what they mean. PRIVATE to the collection.

Types are those of the catalog: string, int32, boolean, datetime, duration and so on. A type that is not listed takes
whatever is given.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from ..instants import instant

TRUE, FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:[.]\d+)?)S)?)?"
)
CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2}([.]\d+)?)?")
INT_RANGES = {"uint8": (0, 255), "int16": (-(2**15), 2**15 - 1), "int32": (-(2**31), 2**31 - 1)}
LONG = (-(2**63), 2**63 - 1)


@dataclass(frozen=True)
class Scalar:
    """words: what to say that it is; take: what is given to what is sent (ValueError if it cannot be);
    mean: what is sent or shown to its meaning."""

    words: str
    take: Callable[[Any], Any]
    mean: Callable[[Any], Hashable]


def scalar(type_name: str) -> Scalar:
    if type_name in INT_RANGES or type_name == "int64":
        low, high = INT_RANGES.get(type_name, LONG)
        return Scalar("a whole number", lambda value: _integer(value, low, high), as_it_is)
    return SCALARS.get(type_name, ANYTHING)


def as_it_is(value: Any) -> Hashable:
    return repr(value) if isinstance(value, (dict, list)) else value


def _text(value: Any) -> str:
    """A bare number in YAML is meant as text where the PBX has text; a bare yes is a trap."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise ValueError("put it in quotes if it is meant as text" if isinstance(value, bool) else "")


def _integer(value: Any, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError("")
    try:
        number = int(value)
    except ValueError:
        raise ValueError("") from None
    if not low <= number <= high:
        raise ValueError(f"it has to be between {low} and {high}")
    return number


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError("")
    try:
        number = float(value)
    except ValueError:
        raise ValueError("") from None
    if not math.isfinite(number):
        raise ValueError("it has to be finite")
    return int(number) if number == int(number) else number


def _decimal(value: Any) -> Hashable:
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if isinstance(value, (int, str)) and text in (*TRUE, *FALSE):
        return text in TRUE
    raise ValueError("")


def _parsed(parse: Callable[[str], Any]) -> Callable[[Any], str]:
    """Text that `parse` can read, sent as it is."""

    def take(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError("put it in quotes" if isinstance(value, (int, float)) else "")
        parse(value)
        return value

    return take


def _meaning(parse: Callable[[str], Hashable]) -> Callable[[Any], Hashable]:
    def mean(value: Any) -> Hashable:
        try:
            return parse(value)
        except (ValueError, TypeError, AttributeError):
            return as_it_is(value)

    return mean


def zulu_text(value: Any) -> str:
    """Any zone is understood, UTC is sent."""
    if not isinstance(value, str):
        raise ValueError("put it in quotes")
    return instant(value).replace(tzinfo=None).isoformat() + "Z"


def clock(text: str) -> time:
    """08:00 is 08:00:00 is 8:00:00.0000000."""
    if not CLOCK.fullmatch(text.strip()):
        raise ValueError("write it as 08:00 or 08:00:00")
    hours, minutes, *seconds = text.strip().split(":")
    return time(int(hours), int(minutes), int(float(seconds[0])) if seconds else 0)


def duration(text: str) -> timedelta:
    """P1D is PT24H. Raises ValueError with a remedy."""
    found = DURATION.fullmatch(text.strip())
    if found is None or not any(found.group(part) for part in ("days", "hours", "minutes", "seconds")):
        raise ValueError("write it as P1D, PT18H or PT1H30M")
    parts = {name: float(value) for name, value in found.groupdict().items() if name != "sign" and value}
    length = timedelta(**parts)
    return -length if found.group("sign") else length


def _whole_clock(value: Any) -> str:
    """The XAPI writes HH:mm:ss; 8:00 in YAML without quotes is 480 to some readers, hence the word on quotes."""
    if not isinstance(value, str):
        raise ValueError("put it in quotes, such as '08:00'")
    return clock(value).isoformat()


SCALARS = {
    "string": Scalar("text", _text, as_it_is),
    "boolean": Scalar("true or false", _truth, as_it_is),
    "double": Scalar("a number", _number, _decimal),
    "float": Scalar("a number", _number, _decimal),
    "decimal": Scalar("a number", _number, _decimal),
    "datetime": Scalar("a point in time with a time zone", zulu_text, _meaning(instant)),
    "date": Scalar("a date such as 2027-01-31", _parsed(date.fromisoformat), _meaning(date.fromisoformat)),
    "time": Scalar("a time of day such as 08:00", _whole_clock, _meaning(clock)),
    "duration": Scalar("a duration such as PT18H", _parsed(duration), _meaning(duration)),
    "uuid": Scalar("a UUID", _parsed(UUID), _meaning(UUID)),
    "binary": Scalar("Base64 text", _text, as_it_is),
}
ANYTHING = Scalar("a value", lambda value: value, as_it_is)
