# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bodies of downloads: the contract calls them JSON, a client gets a file."""

from __future__ import annotations

import csv
import io
import json
import wave
from dataclasses import dataclass
from typing import Any

RATE = 8000  # samples a second, as telephones have it


@dataclass(frozen=True, slots=True)
class FileBody:
    """A file that is answered instead of JSON."""

    name: str
    media: str
    content: bytes


def as_csv(name: str, columns: list[str], rows: list[dict[str, Any]]) -> FileBody:
    """The rows of a report as a table with a head line."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([_cell(row.get(column)) for column in columns])
    return FileBody(f"{name}.csv", "text/csv", text.getvalue().encode())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def silence(name: str, seconds: int = 1) -> FileBody:
    """A WAV file in which nothing is said."""
    content = io.BytesIO()
    with wave.open(content, "wb") as audio:
        audio.setnchannels(1)
        audio.setsampwidth(2)
        audio.setframerate(RATE)
        audio.writeframes(bytes(2 * RATE * seconds))
    return FileBody(name, "audio/wav", content.getvalue())


def text(name: str, media: str, content: str) -> FileBody:
    """A file of text."""
    return FileBody(name, media, content.encode())
