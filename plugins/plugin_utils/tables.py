# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables that a person edits in a spreadsheet and saves as CSV. PRIVATE to the collection.

Spreadsheets differ in what they call CSV: commas in English ones, semicolons in those of most of Europe, tabs where
text was copied; they hide marks at the start of cells that keep numbers from being taken for numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ansible_collections.tcx.pbx.plugins.plugin_utils.rows import Problems, Row

SEPARATORS = ";,\t"
SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
# ="+49..." is how people keep a spreadsheet from calculating with a number.
FORMULA = re.compile(r'^="(.*)"$')
# What a formula shows that cannot be calculated; +49 89 is one to a spreadsheet.
FAILED = re.compile(r"#(?:N/A|NV|DIV/0!|[A-Z\u00c0-\u00dd]+[!?])")
# A line that no file has.
END = "\0end"
# Signs that look like a blank, or like nothing at all.
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200e\u200f\u202a\u202c\u2060"), None) | {ord("\u00a0"): " "}


@dataclass(frozen=True)
class Column:
    """One field of a table. titles: other headings that mean it; upper case, blanks and hyphens do not matter."""

    name: str
    titles: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Line:
    """number: of the line in the file at which it starts; a quoted cell may go on in further lines."""

    number: int
    cells: tuple[str, ...]


def read_table(
    text: str,
    name: str,
    columns: Sequence[Column],
    headings: Mapping[str, str] | None = None,
    head: Sequence[str] = (),
) -> tuple[list[Row], list[str]]:
    """(the rows that are neither empty nor a comment, the headings that mean nothing here).

    name: of the file, for messages. headings: the heading of each field where it is another than usual.
    head: the headings of a file that has none. Raises BadInput with all that is wrong.
    """
    problems = Problems()
    told = [line for line in _lines(text, name, problems) if any(line.cells)]
    lines = [line for line in told if not line.cells[0].startswith("#") or FAILED.fullmatch(line.cells[0])]
    problems.raise_if_any()
    if head:
        lines.insert(0, Line(0, tuple(head)))
    if not lines:
        raise ValueError(f"{name}: is empty; its first line has to hold the headings")
    places, unknown = _places(lines[0], name, columns, headings or {}, problems)
    problems.raise_if_any()
    rows = [_row(line, name, lines[0], places, problems) for line in lines[1:]]
    problems.raise_if_any()
    return rows, unknown


def letters(place: int) -> str:
    """How a spreadsheet calls the column at this place, counted from 0: A to Z, AA and so on."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _lines(text: str, name: str, problems: Problems) -> Iterator[Line]:
    # Not splitlines, which also ends a line at signs that may stand in a cell.
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    told = SEPARATOR_LINE.match(lines[0]) if lines else None
    skipped = 1 if told else 0
    separator = told.group(1) if told else _separator(lines)
    # Not strict: an inch sign in a cell is no mistake. The end shows whether a quotation mark never ended.
    reader = csv.reader([*lines[skipped:], END], delimiter=separator)
    last = start = skipped + 1
    try:
        for cells in reader:
            if cells == [END]:
                return
            yield Line(start, tuple(_clean(cell) for cell in cells))
            last, start = start, skipped + reader.line_num + 1
    except csv.Error as exc:
        problems.add(f"{name}:{start}", f"is no CSV: {exc}; is a quotation mark missing?")
    else:
        problems.add(f"{name}:{last}", "a cell begins with a quotation mark, and none ends it")


def _separator(lines: Sequence[str]) -> str:
    """The one that the line with the headings has most of."""
    head = next((line for line in lines if line.strip(SEPARATORS + " \r\n") and not line.startswith("#")), "")
    outside = re.sub(r'"[^"]*"', "", head)
    return max(SEPARATORS, key=outside.count)


def _clean(cell: str) -> str:
    text = cell.translate(INVISIBLE).strip()
    found = FORMULA.match(text)
    return found.group(1).strip() if found else text.removeprefix("'").strip()


def _places(
    head: Line, name: str, columns: Sequence[Column], headings: Mapping[str, str], problems: Problems
) -> tuple[dict[int, str], list[str]]:
    """(the field at each place, headings without one)."""
    meaning = {_plain(title): column.name for column in columns for title in _titles(column, headings)}
    for field in headings.keys() - {column.name for column in columns}:
        problems.add(f'heading "{headings[field]}"', f"there is no field {field}")
    places: dict[int, str] = {}
    for place, title in enumerate(head.cells):
        field = meaning.get(_plain(title), "")
        if field in places.values():
            problems.add(f'{name}:{head.number}, column {letters(place)} "{title}"', f"is a second column for {field}")
        elif field:
            places[place] = field
    for column in columns:
        if (column.required or column.name in headings) and column.name not in places.values():
            problems.add(f"{name}:{head.number}", _missing(column, headings, head))
    return places, [title for place, title in enumerate(head.cells) if title and place not in places]


def _titles(column: Column, headings: Mapping[str, str]) -> tuple[str, ...]:
    if column.name in headings:
        return (headings[column.name],)
    return tuple(dict.fromkeys((column.name, *column.titles)))


def _missing(column: Column, headings: Mapping[str, str], head: Line) -> str:
    wanted = " or ".join(_titles(column, headings))
    found = ", ".join(f'"{title}"' for title in head.cells if title)
    return f"there is no column for {column.name}; call one {wanted} (the headings are {found})"


def _plain(title: str) -> str:
    return re.sub(r"[\s_./-]+", "", title).casefold()


def _row(line: Line, name: str, head: Line, places: Mapping[int, str], problems: Problems) -> Row:
    where = f"{name}:{line.number}"
    for place in range(len(head.cells), len(line.cells)):
        if line.cells[place]:
            problems.add(
                f"{where}, column {letters(place)}",
                f'"{line.cells[place]}" stands beyond the headings; is there a separator too many?',
            )
    values = {field: line.cells[place] if place < len(line.cells) else "" for place, field in places.items()}
    columns = {field: f'column {letters(place)} "{head.cells[place]}"' for place, field in places.items()}
    row = Row(where, values, columns)
    for field, text in values.items():
        if FAILED.fullmatch(text):
            problems.add(row.place(field), f"the spreadsheet could not calculate it: {text}; format the column as text")
    return row
