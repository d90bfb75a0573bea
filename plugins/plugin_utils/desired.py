# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desired state in the shapes of the modules, checked and cut into areas. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values

from ansible_collections.tcx.pbx.plugins.module_utils._task.secrets import secret_values
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec

# What people call what each module manages. Modules that are not here only read, call or wait.
TITLES = {
    "tcx_backup": "Backups",
    "tcx_blacklist_numbers": "Blocked callers",
    "tcx_blocklist": "Blocklist",
    "tcx_call_flow_apps": "Call flow apps",
    "tcx_contacts": "Contacts",
    "tcx_groups": "Departments",
    "tcx_holidays": "Holidays",
    "tcx_inbound_rules": "Inbound rules",
    "tcx_object": "Objects",
    "tcx_office_hours": "Office hours",
    "tcx_outbound_rules": "Outbound rules",
    "tcx_parameters": "Parameters",
    "tcx_queues": "Queues",
    "tcx_receptionists": "Receptionists",
    "tcx_ring_groups": "Ring groups",
    "tcx_service": "Services",
    "tcx_settings": "Settings",
    "tcx_trunk_routes": "DID routes",
    "tcx_trunks": "Trunks",
    "tcx_update": "Updates",
    "tcx_users": "Users",
}
PREFIX = "tcx.pbx."


def areas_of(place: str, desired: Any) -> Iterator[dict[str, Any]]:
    """{place, module, title, options} of each task that the state stands for, in its order.

    place: where the state comes from, for messages. Raises ValueError, which names the place.
    """
    if not isinstance(desired, Mapping):
        raise ValueError(f"{place} has to be a dictionary of modules and their options, not {type(desired).__name__}")
    for written, given in desired.items():
        name = str(written).removeprefix(PREFIX)
        if name not in TITLES:
            raise ValueError(f"{place}: {written} is no module that has a desired state; there are {', '.join(TITLES)}")
        several = isinstance(given, (list, tuple))
        for number, options in enumerate(given if several else [given]):
            yield _area(f"{place}: {name}[{number}]" if several else f"{place}: {name}", name, options)


def _area(place: str, name: str, options: Any) -> dict[str, Any]:
    if not isinstance(options, Mapping):
        raise ValueError(f"{place} has to be a dictionary of the options of {name}, not {type(options).__name__}")
    checked = _plain(options)
    _check(place, name, checked)
    suffix = f" ({checked['set']})" if name == "tcx_object" else ""
    return {"place": place, "module": name, "title": TITLES[name] + suffix, "options": checked}


def _plain(value: Any) -> Any:
    """Ansible's own containers are not for copying; values stay what they are."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def _check(place: str, name: str, options: dict[str, Any]) -> None:
    """What the task would refuse without asking the PBX, as far as its options alone tell. No secret is told."""
    spec = _specs()[name]
    # A copy, since validation writes into the defaults of suboptions.
    checked = ArgumentSpecValidator(deepcopy(spec.options), **spec.rules).validate(options)
    if checked.error_messages:
        words = "; ".join(checked.error_messages)
        raise ValueError(f"{place}: {remove_values(words, secret_values(spec.options, _dictionary(options)))}")


@cache
def _specs() -> dict[str, ModuleSpec]:
    """Of each module. Imported when they are needed: whoever uses another filter need not wait for them."""
    from ansible_collections.tcx.pbx.plugins.modules import (
        tcx_backup,
        tcx_blacklist_numbers,
        tcx_blocklist,
        tcx_call_flow_apps,
        tcx_contacts,
        tcx_groups,
        tcx_holidays,
        tcx_inbound_rules,
        tcx_object,
        tcx_office_hours,
        tcx_outbound_rules,
        tcx_parameters,
        tcx_queues,
        tcx_receptionists,
        tcx_ring_groups,
        tcx_service,
        tcx_settings,
        tcx_trunk_routes,
        tcx_trunks,
        tcx_update,
        tcx_users,
    )

    modules = (
        tcx_backup,
        tcx_blacklist_numbers,
        tcx_blocklist,
        tcx_call_flow_apps,
        tcx_contacts,
        tcx_groups,
        tcx_holidays,
        tcx_inbound_rules,
        tcx_object,
        tcx_office_hours,
        tcx_outbound_rules,
        tcx_parameters,
        tcx_queues,
        tcx_receptionists,
        tcx_ring_groups,
        tcx_service,
        tcx_settings,
        tcx_trunk_routes,
        tcx_trunks,
        tcx_update,
        tcx_users,
    )
    return {module.__name__.rpartition(".")[2]: module.SPEC for module in modules}


def _dictionary(options: dict[str, Any]) -> dict[str, Any]:
    """Only what has the shape in which secrets can be looked for."""
    return {
        name: value
        for name, value in options.items()
        if not isinstance(value, list) or all(isinstance(one, Mapping) for one in value)
    }
