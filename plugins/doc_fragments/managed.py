# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options and words that the modules for lists of things share."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  state:
    description:
      - V(present) makes sure that the listed items are there and have the given values.
      - V(absent) makes sure that the listed items are not there.
    type: str
    choices: [present, absent]
    default: present
  purge:
    description:
      - Whether items that are not listed are removed as well.
    type: bool
    default: false
  max_deletions:
    description:
      - Refuse to do anything if more items than this would be removed.
    type: int
notes:
  - A field that is left out or null is left alone. An empty text or an empty list clears it.
  - Nothing is written before all items are checked.
    If the PBX then refuses one, the others are still processed, and RV(outcomes) tells what became of each.
"""
