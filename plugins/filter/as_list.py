# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters tcx.pbx.as_list and tcx.pbx.as_dict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.plugin_utils.flat import dict_of, list_of


def as_list(value: Any, name: str = "") -> list[Any]:
    """See as_list.yml."""
    try:
        return list_of(value)
    except ValueError as exc:
        raise AnsibleFilterError(f"{name or 'as_list'}: {exc}") from None


def as_dict(value: Any, name: str = "") -> dict[str, Any]:
    """See as_dict.yml."""
    try:
        return dict_of(value)
    except ValueError as exc:
        raise AnsibleFilterError(f"{name or 'as_dict'}: {exc}") from None


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"as_list": as_list, "as_dict": as_dict}
