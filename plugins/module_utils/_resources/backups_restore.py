# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restoring a backup: the PBX goes away and comes back as it was (REALITY.md section 9). PRIVATE to the collection."""

from __future__ import annotations

from dataclasses import dataclass

from .._xapi.errors import AuthFailed, Forbidden, XapiError
from .._xapi.odata import key
from .backups import Backup
from .port import Port
from .waiting import DOUBTFUL, Pace, PingPort
from .waiting_comeback import Comeback, Standing, standing

OTHER_CREDENTIALS = (
    "The PBX is back, but does not let us in any more: the backup may hold another API client, or another secret of it."
)


@dataclass(frozen=True)
class Extras:
    """What the PBX says of one backup. footprint: proves to it that it was asked for this backup just now."""

    footprint: int | None
    encrypted: bool
    version: str


def extras_of(port: Port, backup: Backup) -> Extras:
    answer = port.function(f"{key('Backups', backup.name)}/Pbx.GetBackupExtras") or {}
    return Extras(answer.get("Footprint"), bool(answer.get("IsEncrypted")), str(answer.get("Version") or ""))


def fqdn_of(port: Port) -> str:
    return str(port.get("SystemStatus", {"$select": "FQDN"}).get("FQDN") or "")


@dataclass(frozen=True)
class Restored:
    """sent: the PBX may have accepted the call. trouble: what went wrong, "" for nothing."""

    sent: bool
    version: str
    trouble: str = ""


def restore(port: PingPort, backup: Backup, footprint: int, password: str, pace: Pace) -> Restored:
    """Raises XapiError if the PBX refuses it."""
    before = standing(port)
    body = {"footprint": footprint, "password": password}
    doubt: XapiError | None = None
    try:
        port.action(f"{key('Backups', backup.name)}/Pbx.Restore", body)
    except DOUBTFUL as exc:
        doubt = exc
    comeback = Comeback(port, before, lambda now: _other_version(before, now))
    try:
        lacking = pace.until(comeback.look)
    except XapiError as exc:
        closed = f"{OTHER_CREDENTIALS} {exc}" if isinstance(exc, (AuthFailed, Forbidden)) else str(exc)
        return Restored(True, comeback.now.version, closed)
    return Restored(True, comeback.now.version, _trouble(doubt, lacking, pace))


def _other_version(before: Standing, now: Standing) -> str:
    return "" if now.version == before.version else f"the version was {before.version} and is {now.version}"


def _trouble(doubt: XapiError | None, lacking: str, pace: Pace) -> str:
    if not lacking:
        return ""
    after = f"after {pace.elapsed:.0f} s {lacking}"
    return f"{doubt} Afterwards: {after}" if doubt else f"{after}. Look at the PBX, or raise wait_timeout."
