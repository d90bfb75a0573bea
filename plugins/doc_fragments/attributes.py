# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules can do, in the words of Ansible's attributes."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying the PBX.
  diff_mode:
    description: >-
      Will return details on what has changed, or possibly needs changing in C(check_mode), when in diff mode.
  idempotent:
    description: When run twice in a row with the same arguments, the second run changes nothing on the PBX.
  action_group:
    description: Use C(group/tcx.pbx.tcx) in C(module_defaults) to set defaults for this module.
    support: full
    membership:
      - tcx.pbx.tcx
  async:
    description: >-
      Supports being used with the C(async) keyword. The task then runs as an ordinary module on the host of the task.
    support: full
"""

    FULL = r"""
options: {}
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
"""

    INFO = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - This module does not change anything.
  diff_mode:
    support: N/A
    details:
      - This module does not change anything.
  idempotent:
    support: full
    details:
      - This module does not change anything.
"""

    ACTION = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - What only reads is done, and what changes something is shown and not sent.
  diff_mode:
    support: none
    details:
      - What an action will change only the PBX knows.
  idempotent:
    support: partial
    details:
      - An action is done each time, unless O(unless) says when it is not needed.
"""
