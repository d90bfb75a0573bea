# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings behind a pair of a function and an action (REALITY.md section 9). PRIVATE to the collection.

The action takes the settings as a whole, so what is sent is what was read, with what the user gave on top of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .._xapi.secrecy import HIDDEN
from .declared.comparing import Comparing
from .declared.names import Names
from .declared.shapes import Part, Shape, Shapes
from .declared.showing import Showing
from .declared.taking import Taking
from .declared.writing import Writing
from .model import Body, Item, Problem
from .port import Port
from .waiting import DOUBTFUL


@dataclass(frozen=True)
class Pair:
    """option: of the task. reader: the function; writer: the action, whose parameter is `settings`."""

    option: str
    reader: str
    writer: str
    type: str


BACKUP_SETTINGS = Pair("schedule", "Backups/Pbx.GetBackupSettings", "Backups/Pbx.SetBackupSettings", "BackupSettings")
BACKUP_REPOSITORY = Pair(
    "repository",
    "Backups/Pbx.GetBackupRepositorySettings",
    "Backups/Pbx.SetBackupRepositorySettings",
    "BackupRepositorySettings",
)
UPDATE_SETTINGS = Pair("schedule", "GetUpdateSettings", "SetUpdateSettings", "UpdateSettings")


class Settings:
    """The wanted settings of one pair, and those of the PBX once they were read.

    given: the option, without what was left out. always: whether passwords are sent although the PBX has one.
    changes: after reading, the fields that are to be written. diff: before and after of these fields; that a password
    is sent is shown, and not which. sent: whether the PBX may have taken them.
    """

    def __init__(self, pair: Pair, shapes: Shapes, given: Item, *, always: bool = False) -> None:
        self.pair = pair
        self._shape = shapes.of(pair.type)
        self._shapes = shapes
        self._always = always
        self._comparing = Comparing(shapes)
        self._writing = Writing(shapes, Names())
        self._showing = Showing(shapes, Names())
        taking = Taking(shapes)
        self._wanted = taking.item(self._shape, given)
        self.problems = [Problem(None, "", f"{pair.option}.{where}", words) for where, words in taking.problems]
        self._body: Body = {}
        self.changes: Item = {}
        self.diff: tuple[Item, Item] = ({}, {})
        self.sent = False

    def read(self, port: Port) -> None:
        """What the PBX has, and what of it is to be changed."""
        self._body = port.function(self.pair.reader) or {}
        sent = self._sent(self._shape, self._wanted, self._body)
        differing = self._comparing.differing(self._shape, sent, self.item)
        secret = _hidden(self._shapes, self._shape, sent)
        self.changes = {option: value for option, value in sent.items() if option in differing or option in secret}
        before, after = self.item, self.after
        self.diff = (
            {option: before[option] for option in self.changes},
            {option: _merged(after[option], secret.get(option)) for option in self.changes},
        )

    @property
    def item(self) -> Item:
        """The settings as they were read last, as the option takes them, without passwords."""
        return self._showing.item(self._shape, self._body, self._shape.own)

    @property
    def after(self) -> Item:
        """The settings as they will be."""
        return self._showing.item(self._shape, self._full_body(), self._shape.own)

    def write(self, port: Port) -> list[str]:
        """Writes, reads back, and names the fields that the PBX accepted and did not take."""
        try:
            port.action(self.pair.writer, {"settings": self._full_body()}, repeatable=True)
        except DOUBTFUL:
            self.sent = True
            raise
        self.sent = True
        wanted = self.changes
        self._body = port.function(self.pair.reader) or {}
        return sorted(self._comparing.differing(self._shape, wanted, self.item))

    def _full_body(self) -> Body:
        kept = {part.prop: self._body[part.prop] for part in self._shape.own if self._body.get(part.prop) is not None}
        return {**kept, **self._writing.body(self._shape, self.changes, self._body)}

    def _sent(self, shape: Shape, wanted: Item, body: Body) -> Item:
        """Without passwords that stay as they are: the PBX has one, and nothing beside it changes."""
        sent: Item = {}
        for option, value in wanted.items():
            part = shape.parts[option]
            inner = self._shapes.inner(shape.type, part)
            if inner is not None and isinstance(value, dict):
                sent[option] = self._sent(inner, value, body.get(part.prop) or {})
            elif (
                not part.secret
                or self._always
                or not _is_set(body.get(part.prop))
                or self._others_change(shape, wanted, body)
            ):
                sent[option] = value
        return sent

    def _others_change(self, shape: Shape, wanted: Item, body: Body) -> bool:
        return bool(self._comparing.differing(shape, wanted, self._showing.item(shape, body, shape.own)))


def _is_set(secret: Any) -> bool:
    """Whether the PBX has one: it then says that it conceals it."""
    return bool(secret) and not (isinstance(secret, dict) and secret.get("Concealed") is False)


def _parts(shapes: Shapes, shape: Shape, item: Item) -> Iterator[tuple[Part, Shape | None, Any]]:
    for option, value in item.items():
        part = shape.parts[option]
        yield part, shapes.inner(shape.type, part), value


def _hidden(shapes: Shapes, shape: Shape, item: Item) -> Item:
    """Only the passwords of an item, masked, at their places."""
    found: Item = {}
    for part, inner, value in _parts(shapes, shape, item):
        if part.secret:
            found[part.option] = HIDDEN
        elif inner is not None and isinstance(value, dict) and (deeper := _hidden(shapes, inner, value)):
            found[part.option] = deeper
    return found


def _merged(value: Any, hidden: Any) -> Any:
    if not isinstance(hidden, dict):
        return value if hidden is None else hidden
    return {**value, **{option: _merged(value.get(option), inner) for option, inner in hidden.items()}}
