# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a runbook tells of a run, checked and completed: the report as data. PRIVATE to the collection.

The shape is described in roles/report/meta/argument_specs.yml.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .moments import instant, iso, zone_called
from .redacting import clean, plain, redacted, redacted_text, redacted_value

SCHEMA = 1
STEP_STATUSES = ("ok", "skipped", "failed", "running")
CHECK_STATUSES = ("ok", "warning", "critical", "unknown")
ACTIONS = ("created", "updated", "deleted")
_UNSAFE_IN_FILE_NAMES = re.compile(r"[^\w.@+-]+")
# Bytes of host and of id in the name of a file; with endings, and those of a file half written, it stays below 255.
_LONGEST_IN_FILE_NAMES = 100
Report = dict[str, Any]
Reader = Callable[[str, Any], Any]


def report_of(told: Any, *, directory: str = "", now: datetime | None = None) -> Report:
    """What was told, checked, redacted and with counts. Raises ValueError, which names the place.

    directory: where the report will be written; empty if it will not be. now: the end of a run that does not tell it.
    """
    given = _fields("", told, {**_REQUIRED, **_OPTIONAL}, _REQUIRED)
    given["schema"] = SCHEMA
    given.setdefault("ended", iso(now or datetime.now(UTC)))
    report = {name: given[name] for name in _ORDER if name in given}
    report["seconds"] = _between(report)
    for name in ("steps", "changes", "checks", "notes"):
        report.setdefault(name, [])
    report["counts"] = counts(report)
    report["name"] = file_stem(report)
    report["files"] = {**report.get("files", {}), **(_written(report["name"], directory) if directory else {})}
    return report


def counts(report: Report) -> dict[str, dict[str, int]]:
    """How many steps, changes and checks there are of each kind; every kind is named."""
    return {
        "steps": _count(report["steps"], "status", STEP_STATUSES),
        "changes": _count(report["changes"], "action", ACTIONS),
        "checks": _count(report["checks"], "status", CHECK_STATUSES),
    }


def file_stem(report: Report) -> str:
    """What the files of a report are called, without what a file system could take for a path."""
    return ".".join(_short(_UNSAFE_IN_FILE_NAMES.sub("_", str(report[name])).lstrip(".")) for name in ("host", "id"))


def _short(part: str) -> str:
    """What is too long for a file name is cut, and still differs from others that begin alike."""
    whole = part.encode()
    if len(whole) <= _LONGEST_IN_FILE_NAMES:
        return part or "_"
    digest = hashlib.sha256(whole).hexdigest()[:8]
    return f"{whole[: _LONGEST_IN_FILE_NAMES - len(digest) - 1].decode(errors='ignore')}-{digest}"


def _count(rows: list[dict[str, Any]], name: str, kinds: tuple[str, ...]) -> dict[str, int]:
    found = Counter(row[name] for row in rows)
    return {kind: found[kind] for kind in kinds}


def _between(row: dict[str, Any]) -> int | float:
    return max(0, int((instant(row["ended"]) - instant(row["started"])).total_seconds()))


def _written(name: str, directory: str) -> dict[str, str]:
    stem = Path(clean(directory)).expanduser().absolute() / name
    return {"report": f"{stem}.report.json", "page": f"{stem}.report.html"}


def _fields(place: str, value: Any, readers: Mapping[str, Reader], required: Mapping[str, Reader]) -> dict[str, Any]:
    """A dictionary with these fields and no others; None is as good as left out."""
    shown = place or "the report"
    if not isinstance(value, Mapping):
        raise ValueError(f"{shown} has to be a dictionary, not {type(value).__name__}")
    given = {clean(name): inner for name, inner in value.items() if inner is not None}
    unknown = sorted(set(given) - set(readers))
    if unknown:
        raise ValueError(f"{shown} has no {', '.join(unknown)}; it may have {', '.join(readers)}")
    missing = [name for name in required if name not in given]
    if missing:
        raise ValueError(f"{shown} lacks {', '.join(missing)}")
    return {name: readers[name](f"{place}.{name}" if place else name, given[name]) for name in readers if name in given}


def _rows(readers: Mapping[str, Reader], *required: str) -> Reader:
    needed = {name: readers[name] for name in required}

    def read(place: str, value: Any) -> list[dict[str, Any]]:
        if isinstance(value, (str, bytes, Mapping)):
            raise ValueError(f"{place} has to be a list of dictionaries, not {type(value).__name__}")
        return [_fields(f"{place}[{number}]", row, readers, needed) for number, row in enumerate(value)]

    return read


def _row(readers: Mapping[str, Reader], *required: str) -> Reader:
    needed = {name: readers[name] for name in required}
    return lambda place, value: _fields(place, value, readers, needed)


def _one_of(kinds: tuple[str, ...]) -> Reader:
    def read(place: str, value: Any) -> str:
        if clean(value) not in kinds:
            raise ValueError(f'{place}: "{clean(value)}" is none of {", ".join(kinds)}')
        return clean(value)

    return read


def _text(place: str, value: Any) -> str:
    return redacted_text(clean(value))


def _word(place: str, value: Any) -> str:
    """A text that others are told by, so that there has to be one."""
    word = _text(place, value)
    if not word.strip():
        raise ValueError(f"{place} is empty")
    return word


def _time(place: str, value: Any) -> str:
    try:
        return iso(instant(value))
    except ValueError as exc:
        raise ValueError(f"{place}: {exc}") from exc


def _schema(place: str, value: Any) -> int:
    if str(value) != str(SCHEMA):
        raise ValueError(f"{place}: {value} is not known; {SCHEMA} is")
    return SCHEMA


def _zone(place: str, value: Any) -> str:
    try:
        zone_called(clean(value))
    except ValueError as exc:
        raise ValueError(f"{place}: {exc}") from exc
    return clean(value)


def _flag(place: str, value: Any) -> bool:
    """Also as text, into which ansible-core 2.18 makes what a template says."""
    words = {"true": True, "yes": True, "false": False, "no": False}
    if clean(value).lower() not in words:
        raise ValueError(f'{place}: "{clean(value)}" is neither true nor false')
    return words[clean(value).lower()]


def _texts(place: str, value: Any) -> list[str]:
    return [_text(place, one) for one in ([value] if isinstance(value, (str, bytes, Mapping)) else value)]


def _anything(place: str, value: Any) -> Any:
    return redacted(plain(value))


def _raw(place: str, value: Any) -> Any:
    """Redacted later, when the name that it stands under is known."""
    return plain(value)


def _named(rows: Reader, name: str, values: tuple[str, ...]) -> Reader:
    """Rows whose values are redacted by the name of the row."""

    def read(place: str, value: Any) -> list[dict[str, Any]]:
        return [
            {field: redacted_value(row[name], inner) if field in values else inner for field, inner in row.items()}
            for row in rows(place, value)
        ]

    return read


_STEP: dict[str, Reader] = {
    "name": _text,
    "title": _text,
    "started": _time,
    "ended": _time,
    "status": _one_of(STEP_STATUSES),
    "msg": _text,
}
_CHANGE: dict[str, Reader] = {"area": _text, "item": _text, "action": _one_of(ACTIONS), "before": _raw, "after": _raw}
_CHECK: dict[str, Reader] = {
    "name": _text,
    "status": _one_of(CHECK_STATUSES),
    "value": _raw,
    "limit": _anything,
    "unit": _text,
    "msg": _text,
}
_PBX: dict[str, Reader] = {"fqdn": _text, "version": _text, "url": _text}
_FILES: dict[str, Reader] = {"snapshot": _text, "journal": _text}
_FAILURE: dict[str, Reader] = {"task": _text, "msg": _text, "remedy": _text}
_REQUIRED: dict[str, Reader] = {
    "runbook": _word,
    "title": _word,
    "host": _word,
    "id": _word,
    "started": _time,
    "result": _word,
    "headline": _text,
}
_OPTIONAL: dict[str, Reader] = {
    "schema": _schema,
    "ended": _time,
    "timezone": _zone,
    "pbx": _row(_PBX),
    "steps": _rows(_STEP, "name", "status"),
    "changes": _named(_rows(_CHANGE, "area", "item", "action"), "item", ("before", "after")),
    "planned": _flag,
    "checks": _named(_rows(_CHECK, "name", "status"), "name", ("value",)),
    "failure": _row(_FAILURE, "msg"),
    "notes": _texts,
    "files": _row(_FILES),
}
# As a person reads it.
_ORDER = (
    *("schema", "runbook", "title", "host", "pbx", "id", "started", "ended", "timezone", "result", "headline"),
    *("failure", "steps", "changes", "planned", "checks", "notes", "files"),
)
