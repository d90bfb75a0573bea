# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter tcx.pbx.newest_backup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.module_utils._resources.instants import instant
from ansible_collections.tcx.pbx.plugins.module_utils._resources.patterns import fits

SECONDS_PER_HOUR = 3600


def newest_backup(backups: Iterable[Mapping[str, Any]], pattern: str = "*", now: str | None = None) -> dict[str, Any]:
    """See newest_backup.yml."""
    if isinstance(backups, (str, bytes, Mapping)) or not isinstance(backups, Iterable):
        raise AnsibleFilterError(f"newest_backup takes a list of backups, not {type(backups).__name__}")
    try:
        moment = instant(now) if now else datetime.now(UTC)
        dated = [
            (instant(one["creation_time"]), dict(one))
            for one in backups
            if one.get("creation_time") and fits(str(one["file_name"]), pattern)
        ]
    except ValueError as exc:
        raise AnsibleFilterError(f"newest_backup: {exc}") from None
    if not dated:
        return {}
    made, newest = max(dated, key=lambda pair: pair[0])
    return {**newest, "age_hours": round((moment - made).total_seconds() / SECONDS_PER_HOUR, 2)}


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"newest_backup": newest_backup}
