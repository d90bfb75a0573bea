# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files behind links that the PBX gave: whoever has the link gets the file, without a token (REALITY.md section 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulator.areas import backups
from tests.simulator.errors import not_found, not_offered
from tests.simulator.wire.messages import Request, Response

if TYPE_CHECKING:
    from tests.simulator.pbx import Pbx


def is_link(path: str) -> bool:
    """Whether a request is for a file."""
    return path.startswith(backups.LINKS)


def answer(pbx: Pbx, request: Request) -> Response:
    """The file; ApiError when there is none behind the link."""
    if request.method != "GET":
        raise not_offered()
    for row in pbx.sets["Backups"].entities():
        if backups.link(row["FileName"]) == request.path:
            disposition = f'attachment; filename="{row["FileName"]}"'
            headers = {"Content-Type": "application/zip", "Content-Disposition": disposition}
            return Response(200, backups.content(row), headers)
    raise not_found()
