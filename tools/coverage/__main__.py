# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write docs/coverage.md: ``python -m tools.coverage [--check]``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tools.checkout import ROOT

TARGET = ROOT / "docs" / "coverage.md"


def main(argv: Sequence[str]) -> int:
    """Write the page; with --check only say whether it is up to date, with exit status 1 if it is not."""
    check = list(argv) == ["--check"]
    if argv and not check:
        print("usage: python -m tools.coverage [--check]", file=sys.stderr)
        return 2
    sys.path.insert(0, str(ROOT / "collections"))
    from tools.coverage.page import page

    text = page()
    current = TARGET.is_file() and TARGET.read_text("utf-8") == text
    if not check:
        TARGET.write_text(text, "utf-8")
    print(f"{TARGET.relative_to(ROOT)} {'is up to date' if current else 'differs' if check else 'written'}")
    return 1 if check and not current else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
