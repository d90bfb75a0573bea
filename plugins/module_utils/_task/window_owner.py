# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who works on a window, and whether that run still lives. PRIVATE to the collection."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

# What can be said of the run that holds a window: this very one, another that lives, one that is gone, or one on
# another controller, which cannot be asked.
Standing = Literal["mine", "alive", "gone", "elsewhere"]
PROC = Path("/proc")


@dataclass(frozen=True)
class Owner:
    """One run of ansible-playbook.

    controller: its host name. place: what tells controllers of one name apart, such as containers; "" where the system
    does not tell. boot, began: of the system and of the process, since numbers of processes are used again.
    """

    controller: str
    place: str
    boot: str
    pid: int
    began: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        return f"process {self.pid} on {self.controller}"


def owner_from(found: Mapping[str, Any]) -> Owner:
    """Raises KeyError or TypeError for what no run wrote."""
    return Owner(**{name: found[name] for name in ("controller", "place", "boot", "pid", "began")})


def this_run() -> Owner:
    """The playbook run that this worker process belongs to: the process that forked it."""
    pid = os.getppid()
    return Owner(socket.gethostname(), _place(), _text(PROC / "sys/kernel/random/boot_id"), pid, _began(pid))


def standing(owner: Owner, me: Owner) -> Standing:
    if owner == me:
        return "mine"
    if (owner.controller, owner.place) != (me.controller, me.place):
        return "elsewhere"
    if owner.boot != me.boot or not _exists(owner.pid) or _began(owner.pid) != owner.began:
        return "gone"
    return "alive"


def _place() -> str:
    try:
        space = str((PROC / "self/ns/pid").readlink())
    except OSError:
        space = ""
    return f"{_text(Path('/etc/machine-id'))} {space}".strip()


def _began(pid: int) -> str:
    """The start of a process in ticks since the boot (proc(5), field 22 of stat); "" where there is no /proc.

    A process that has ended and is not collected yet has not begun either: it does nothing any more.
    """
    # The name in parentheses may hold blanks and parentheses itself.
    fields = _text(PROC / str(pid) / "stat").rpartition(")")[2].split()
    return fields[19] if len(fields) > 19 and fields[0] not in ("Z", "X") else ""


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
