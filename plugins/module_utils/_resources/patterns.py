# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Patterns for names of files and updates. PRIVATE to the collection."""

from __future__ import annotations

from fnmatch import fnmatchcase


def fits(name: str, pattern: str) -> bool:
    """Whether a name is meant by a pattern with * and ?. Brackets mean themselves: people have them in names."""
    return fnmatchcase(name, pattern.replace("[", "[[]"))
