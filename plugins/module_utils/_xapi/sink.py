# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the content of an answer goes piece by piece, when it is too large for memory. PRIVATE to the collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from requests import Response

PIECE = 256 * 1024


class Sink(Protocol):
    """Its errors must not be OSErrors, which on the wire mean that the connection broke."""

    def restart(self) -> None:
        """A new attempt begins: forget what an earlier one wrote."""

    def write(self, piece: bytes) -> None: ...


def pour(response: Response, sink: Sink) -> None:
    """All of the content, decompressed. Raises what requests raises when the connection breaks."""
    sink.restart()
    for piece in response.iter_content(PIECE):
        sink.write(piece)
