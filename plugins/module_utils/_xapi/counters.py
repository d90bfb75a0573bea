# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client did, for the `api` part of a result. PRIVATE to the collection."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass
class Counters:
    """requests: XAPI requests sent, repeats included; retries: those of them that repeat an earlier one;
    tokens: requests sent to the token endpoint."""

    requests: int = 0
    retries: int = 0
    tokens: int = 0

    def as_dict(self) -> dict[str, int]:
        return asdict(self)
