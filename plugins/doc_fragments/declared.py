# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that the modules for whole entity sets share."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  identity:
    description:
      - The fields that together tell one item from another, if not the usual ones.
      - V(gateway.name) is the field of a field.
    type: list
    elements: str
  purge_filter:
    description:
      - Which unlisted items O(purge) may remove. An item has to meet all conditions.
      - 'Fields and their values, such as V({name: Berlin}), or lists of values, of which any will do.'
    type: dict
notes:
  - A field that this version of the PBX does not have is an error before anything is written.
  - Lists are always sent whole. What an element of a list has besides the fields that are given stays as it is,
    as long as the element can be recognized.
"""

    SECRETS = r"""
options:
  update_password:
    description:
      - When passwords and other secrets are written. The PBX does not show them, so nobody can compare them.
      - V(on_create) writes them to new items only.
      - V(always) writes them each time, and each time reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
"""
