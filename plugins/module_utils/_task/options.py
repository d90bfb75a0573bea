# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options whose values an argument spec cannot check. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Parsed = TypeVar("Parsed")


class OptionError(Exception):
    """A sentence for the user that names the option and the remedy."""


def parsed(option: str, parse: Callable[[str], Parsed], texts: Iterable[str]) -> list[Parsed]:
    """Each text parsed. `parse` raises ValueError with a sentence."""
    values = []
    for index, text in enumerate(texts):
        try:
            values.append(parse(text))
        except ValueError as exc:
            raise OptionError(f"{option}[{index}]: {exc}") from exc
    return values
