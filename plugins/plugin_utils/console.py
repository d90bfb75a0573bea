# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task says on the console while it runs. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable

from ansible.module_utils.common.parameters import remove_values
from ansible.utils.display import Display


class Console:
    """Lines that begin with host and module, since tasks of several hosts run at the same time.

    secrets: values that are masked in every line. silent: for a task with no_log.
    """

    def __init__(self, host: str, module: str, secrets: Iterable[str], *, silent: bool) -> None:
        self._head = f"{host} | {module}: "
        self._secrets = frozenset(secrets)
        self._silent = silent

    def tell(self, text: str) -> None:
        """Display hands lines of a worker process over to the main one."""
        if not self._silent:
            Display().display(self._head + str(remove_values(text, self._secrets)))
