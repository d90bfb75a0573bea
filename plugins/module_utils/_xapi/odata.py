# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""OData literals, keys, filters and query strings. PRIVATE to the collection.

Filters are plain text until `encoded` makes a query of them; `key` and `call` return paths that are ready to send.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from urllib.parse import quote
from uuid import UUID

_PATH_SAFE = "'(),:@!$*="
_QUERY_SAFE = "'(),:@!$*/"


def literal(value: Any) -> str:
    """The OData text of a value: null, true, 5, 1.5, 'it''s', 2027-01-31T00:00:00Z, a bare UUID.

    Raises ValueError for a datetime without time zone, TypeError for what OData has no literal for.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return literal(value.value)
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no OData literal for {type(value).__name__}")


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "INF" if value > 0 else "-INF"
    return repr(value)


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a point in time needs a time zone")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def key(path: str, value: Any) -> str:
    """`Blocklist(17)`, `Backups('a.zip')`; a mapping makes an alternate key: `Users(Number='100')`."""
    if isinstance(value, Mapping):
        return call(path, value)
    return f"{path}({_in_path(value)})"


def call(path: str, parameters: Mapping[str, Any]) -> str:
    """A function call, parameters in the order given: the PBX answers 404 to any other order than the contract's."""
    return f"{path}({','.join(f'{name}={_in_path(value)}' for name, value in parameters.items())})"


def _in_path(value: Any) -> str:
    return quote(literal(value), safe=_PATH_SAFE)


def encoded(query: Mapping[str, Any]) -> str:
    """The query string: spaces as %20, plus as %2B; None left out, lists joined by commas, booleans in lower case."""
    return "&".join(
        f"{quote(name, safe='$@')}={quote(_plain(value), safe=_QUERY_SAFE)}"
        for name, value in query.items()
        if value is not None
    )


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(_plain(v) for v in value)
    return str(value)


def equals(name: str, value: Any) -> str:
    return f"{name} eq {literal(value)}"


def contains(name: str, part: str) -> str:
    return f"contains({name},{literal(part)})"


def any_of(*filters: str | None) -> str:
    """Filters joined by `or`, in parentheses when there is more than one; None and '' are left out."""
    given = [f for f in filters if f]
    return "(" + " or ".join(given) + ")" if len(given) > 1 else "".join(given)


def all_of(*filters: str | None) -> str:
    """Filters joined by `and`; None and '' are left out. A part with a bare `or` gets parentheses."""
    given = [f for f in filters if f]
    if len(given) < 2:
        return "".join(given)
    return " and ".join(f"({f})" if " or " in f and not _enclosed(f) else f for f in given)


def _enclosed(text: str) -> bool:
    """Whether the first parenthesis closes at the very end."""
    if not text.startswith("("):
        return False
    depth, quoted = 0, False
    for place, sign in enumerate(text):
        if sign == "'":
            quoted = not quoted
        elif not quoted:
            depth += (sign == "(") - (sign == ")")
            if depth == 0:
                return place == len(text) - 1
    return False


def member(name: str, values: Iterable[Any]) -> str:
    """`(A eq 1 or A eq 2)`. ValueError for no values: that filter would match nothing, so do not ask."""
    given = list(dict.fromkeys(values))
    if not given:
        raise ValueError(f"no values to compare {name} with")
    return any_of(*(equals(name, value) for value in given))


def member_filters(name: str, values: Iterable[Any], at_once: int = 20) -> Iterator[str]:
    """`member` in portions: servers limit the nodes of a filter (ASP.NET by default 100) and the length of a URL."""
    given = list(dict.fromkeys(values))
    for start in range(0, len(given), at_once):
        yield member(name, given[start : start + at_once])
