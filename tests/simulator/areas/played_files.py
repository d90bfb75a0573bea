# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that queues, ring groups and IVRs play: they have to be there, if the switch says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

PLAYED = frozenset(
    (
        "CallbackOfferPrompt",
        "ComfortPrompts",
        "DestinationNoAnswerPrompt",
        "GreetingFile",
        "IntroFile",
        "OnHoldFile",
        "Prompt",
        "PromptFilename",
    )
)


def refuse_missing(pbx: Pbx, draft: Entity, before: Entity | None) -> None:
    """Refuses a file that a draft newly names and that is no custom prompt."""
    if pbx.switches.word("prompt_missing") == "accept":
        return
    known = {row["Filename"] for row in pbx.sets["CustomPrompts"].rows.values()}
    former = set(_named(before))
    for prop, filename in _named(draft):
        if filename not in known and (prop, filename) not in former:
            raise refused(prop, "XAPI.FILE_NOT_FOUND")


def _named(value: Any) -> Iterator[tuple[str, str]]:
    """(property, file name) at every depth."""
    for prop, one in value.items() if isinstance(value, dict) else ():
        if prop in PLAYED:
            yield from ((prop, name) for name in (one if isinstance(one, list) else [one]) if name)
        else:
            yield from _named(one)
