# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is in the repository that belongs to one machine, to somebody else, or to nobody but its owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.checkout import ROOT
from tools.tree import tracked_files

# Written so that this file does not match itself.
FORBIDDEN = {
    "a path of somebody's machine": r"(?<![\w.}])/(?:root|work)/|(?<![\w.}])/home/(?!runner/)[a-z]\w*/",
    "the host of a package registry": r"\b(?:py[p]i\.org|python[h]osted\.org|npm[j]s\.(?:org|com)|crates[.]io)\b",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE[ ]KEY-----",
    "a token": r"\bey[J][\w-]{10,}\.ey[J][\w-]{10,}\.",
    "a silenced linter": r"#\s*no[q]a\b",
}


def texts() -> Iterator[tuple[Path, str]]:
    for name in tracked_files():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            yield name, content.decode("utf-8")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_not_in_the_repository(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{name}:{number}: {line.strip()}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, f"{what}:\n" + "\n".join(found)


def test_this_checkout_is_not_named_anywhere() -> None:
    found = [str(name) for name, text in texts() if f"{ROOT}/" in text]
    assert not found, f"files that name this directory: {found}"


def test_the_contract_of_3cx_is_not_in_the_repository() -> None:
    names = [str(name) for name in tracked_files() if "swagger" in name.name.lower()]
    opened = [str(name) for name, text in texts() if re.match(r"""\s*\{?\s*["']?(?:openapi|swagger)["']?\s*:""", text)]
    assert names + opened == []


def test_package_markers_are_empty() -> None:
    filled = [
        str(name)
        for name in tracked_files()
        if name.name == "__init__.py" and name.parts[0] in ("plugins", "tests") and (ROOT / name).stat().st_size
    ]
    assert not filled, f"ansible-test wants these to be empty: {filled}"


def test_every_python_file_says_its_licence() -> None:
    line = "# SPDX-License-Identifier: GPL-3.0-or-later"
    bare = [str(name) for name, text in texts() if name.suffix == ".py" and text and line not in text[:400]]
    assert not bare, f"files without the licence header: {bare}"
