# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ordinary module process: async, other hosts, and the reference. PRIVATE to the collection."""

from __future__ import annotations

from ansible.module_utils.basic import AnsibleModule

from .execute import execute
from .spec import ModuleSpec


def run_module(spec: ModuleSpec) -> None:
    # Written to the system log with all options, unless told not to.
    silent = spec.shown is not None
    module = AnsibleModule(argument_spec=spec.argument_spec, supports_check_mode=True, no_log=silent, **spec.rules)
    result = execute(spec, module.params, check_mode=module.check_mode, diff_mode=module._diff)
    if spec.shown is not None:
        result["invocation"] = {"module_args": spec.shown(module.params)}
    for text in result.pop("warnings", ()):
        module.warn(text)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)
