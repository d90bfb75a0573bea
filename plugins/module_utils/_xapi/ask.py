# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of the XAPI as it is to be sent. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from .secrecy import secrets_in
from .sink import Sink


@dataclass
class Ask:
    """path: relative to /xapi/v1, for messages. repeatable: sending it twice does no more than sending it once.
    maybe_done: an earlier attempt may have been carried out although its answer was lost. sink: where the content goes
    that is not to be held in memory."""

    method: str
    path: str
    url: str
    repeatable: bool
    headers: Mapping[str, str] = field(default_factory=dict)
    content: Any = field(default=None, repr=False)
    body: bytes | None = field(default=None, repr=False)
    maybe_done: bool = False
    sink: Sink | None = field(default=None, repr=False)

    @property
    def title(self) -> str:
        """What a message calls this request."""
        return f"{self.method} {unquote(self.path)}"

    def secrets(self) -> list[str]:
        return list(secrets_in(self.content))
