# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract's paths, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

# "Users({Id})", "Users(Number={Number})", "Pbx.GetLogs(startDate={startDate},...)", "Pbx.Backup", "Codecs".
SEGMENT = re.compile(r"(?P<name>[\w.]+)(?:\((?P<inside>[^)]*)\))?")
NAMED = re.compile(r"(\w+)=\{\1\}")
KEY = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Segment:
    """One step of a path. parameters: the names inside its parentheses, None if it has none."""

    name: str
    parameters: tuple[str, ...] | None
    key: str | None = None

    @classmethod
    def parse(cls, text: str) -> Segment:
        match = SEGMENT.fullmatch(text)
        if match is None:
            raise ValueError(f"no segment of a path: {text}")
        inside = match["inside"]
        if inside is None:
            return cls(match["name"], None)
        if key := KEY.fullmatch(inside):
            return cls(match["name"], None, key[1])
        parameters = tuple(NAMED.findall(inside))
        if ",".join(f"{name}={{{name}}}" for name in parameters) != inside:
            raise ValueError(f"parameters of an unknown form: {text}")
        return cls(match["name"], parameters)


def segments(path: str) -> tuple[Segment, ...]:
    """The steps of a path; there are never more than two."""
    return tuple(Segment.parse(text) for text in path.strip("/").split("/"))
