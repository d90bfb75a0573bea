# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text in a file that an editor, a spreadsheet or a feed has written. PRIVATE to the collection."""

from __future__ import annotations

import codecs

# The longer marks first: that of UTF-32 begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What programs of Windows write in Western Europe when they do not write Unicode.
ELSE = "cp1252"
ARCHIVE = b"PK\x03\x04"
PACKED = b"\x1f\x8b"
PAGE = ("<!doctype html", "<html")


def decoded(content: bytes) -> str:
    """The text, without a byte order mark. Raises ValueError with a remedy for what is no text, or is a web page."""
    text = _text(content)
    if text[:1000].lstrip().casefold().startswith(PAGE):
        raise ValueError("this is a web page; does the server want a login, or is it another address?")
    return text


def _text(content: bytes) -> str:
    if content.startswith(ARCHIVE):
        raise ValueError("this is a workbook or an archive, not a text; save the sheet as CSV")
    if content.startswith(PACKED):
        raise ValueError("this is a file packed with gzip; unpack it first")
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "")
    if not encoding and b"\0" in content:
        raise ValueError("this is not a text; it holds zero bytes")
    for attempt in (encoding,) if encoding else ("utf-8", ELSE):
        try:
            return content.decode(attempt)
        except UnicodeDecodeError as exc:
            failed = exc
    line = content[: failed.start].count(b"\n") + 1
    raise ValueError(f"line {line}: this is not readable as {failed.encoding}; save the file as UTF-8")
