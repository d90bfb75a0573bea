# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs our modules inside the controller's worker process. PRIVATE to the collection.

A module process costs a third of a second, most of it start-up; the same function called here costs
little more than a debug task. The ordinary module stays the reference: same file, same argument spec, same function.
"""

from __future__ import annotations

import os
from types import ModuleType
from typing import Any, ClassVar

from ansible import constants
from ansible.errors import AnsibleActionFail
from ansible.module_utils.common.arg_spec import ModuleArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display
from ansible.utils.vars import merge_hash

from ansible_collections.tcx.pbx.plugins.module_utils._task.execute import execute
from ansible_collections.tcx.pbx.plugins.module_utils._task.secrets import secret_values
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.tls import preload
from ansible_collections.tcx.pbx.plugins.plugin_utils.console import Console
from ansible_collections.tcx.pbx.plugins.plugin_utils.lifetime import end_with_parent

# Read the CA bundle here, in the parent: every worker inherits it.
preload()

# Set to true to run tasks as ordinary modules on the task's host, for a PBX that only that host can reach.
MODULE_PROCESS = "tcx_module_process"


class TcxAction(ActionBase):
    """Base of every plugins/action/tcx_*.py; `module` is the module file of the same name."""

    module: ClassVar[ModuleType]
    _requires_connection = False
    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result = super().run(tmp, task_vars)
        task_vars = task_vars or {}
        spec: ModuleSpec = self.module.SPEC
        if spec.local and self._task.async_val:
            raise AnsibleActionFail(f"{self._task.action} works in this process and cannot run async")
        if not spec.local and (self._task.async_val or self._as_module(task_vars)):
            return merge_hash(result, self._execute_module(task_vars=task_vars, wrap_async=self._task.async_val))
        end_with_parent()
        self._take_environment()
        params = self._validated(spec)
        answer = execute(
            spec,
            params,
            check_mode=bool(self._task.check_mode),
            diff_mode=bool(self._task.diff),
            tell=self._console(spec, params, task_vars).tell,
        )
        if self._shows_options(task_vars):
            answer["invocation"] = {"module_args": spec.shown(params) if spec.shown else params}
        result.update(self._masked(spec, params, answer))
        self._warn_become(result)
        return result

    def _console(self, spec: ModuleSpec, params: dict[str, Any], task_vars: dict[str, Any]) -> Console:
        host = str(task_vars.get("inventory_hostname", ""))
        module = self._task.action.rpartition(".")[2]
        return Console(host, module, secret_values(spec.argument_spec, params), silent=bool(self._task.no_log))

    def _as_module(self, task_vars: dict[str, Any]) -> bool:
        wanted = task_vars.get(MODULE_PROCESS, False)
        return boolean(self._templar.template(wanted))

    def _take_environment(self) -> None:
        """`environment:` of the task; this process is the task's own and ends with it."""
        environment: dict[str, str] = {}
        self._compute_environment_string(environment)
        os.environ.update(environment)

    def _validated(self, spec: ModuleSpec) -> dict[str, Any]:
        checked = ModuleArgumentSpecValidator(spec.argument_spec, **spec.rules).validate(dict(self._task.args))
        if checked.error_messages:
            message = checked.errors.msg
            if isinstance(checked.errors[0], UnsupportedError):
                message = f"Unsupported parameters for ({self._task.action}) module: {message}"
            raise AnsibleActionFail(message, obj=self._task.args)
        return checked.validated_parameters

    def _shows_options(self, task_vars: dict[str, Any]) -> bool:
        """As with an ordinary module: by a setting where ansible-core has it (2.20), before that at -vvv."""
        if "INJECT_INVOCATION" in constants.config.get_configuration_definitions():
            return bool(constants.config.get_config_value("INJECT_INVOCATION", variables=task_vars))
        return bool(Display().verbosity >= 3)

    def _masked(self, spec: ModuleSpec, params: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
        """What AnsibleModule does on its way out: no secret leaves."""
        secrets = secret_values(spec.argument_spec, params)
        plain = {name: value for name, value in answer.items() if value is None or isinstance(value, bool)}
        return {**remove_values(answer, secrets), **plain}

    def _warn_become(self, result: dict[str, Any]) -> None:
        if self._task.become:
            text = "become has no effect: the task talks to the API from the controller"
            result["warnings"] = [*result.get("warnings", []), text]
