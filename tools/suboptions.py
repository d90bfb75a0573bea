# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Print the suboptions of an entity set as a module documents them: ``python -m tools.suboptions Queues``.

The descriptions are to be written. A test compares types, choices and elements with the argument spec.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from tools.checkout import ROOT

FACETS = ("type", "elements", "choices", "aliases")
INDENT = "  "


def lines(options: dict[str, dict[str, Any]], depth: int) -> Iterator[str]:
    """The YAML of options, ``depth`` levels deep."""
    for name, option in options.items():
        yield f"{INDENT * depth}{name}:"
        yield f"{INDENT * (depth + 1)}description:"
        yield f"{INDENT * (depth + 2)}- ."
        for facet in FACETS:
            if facet in option:
                value = option[facet]
                text = f"[{', '.join(value)}]" if isinstance(value, list) else value
                yield f"{INDENT * (depth + 1)}{facet}: {text}"
        if "options" in option:
            yield f"{INDENT * (depth + 1)}suboptions:"
            yield from lines(option["options"], depth + 2)


def main(argv: Sequence[str]) -> int:
    """Print the suboptions of the one set that is named."""
    if len(argv) != 1:
        print("usage: python -m tools.suboptions SET", file=sys.stderr)
        return 2
    sys.path.insert(0, str(ROOT / "collections"))
    typed = import_module("ansible_collections.tcx.pbx.plugins.module_utils._task.typed")
    print("\n".join(lines(typed.item_options(argv[0]), 3)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
