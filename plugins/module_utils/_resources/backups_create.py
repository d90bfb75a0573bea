# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Making a backup: accepted at once, finished later (REALITY.md section 9). PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .._xapi.errors import Refused, XapiError
from .backups import Backup, backups_of, named
from .model import Body, Item
from .port import Port
from .waiting import DOUBTFUL, Pace

# The size rests when it was the same for so many seconds.
RESTING = 2.0
# Looks at an idle PBX without the file, until a call whose answer got lost is taken for not carried out.
IDLE_LOOKS = 3
# What a backup holds unless told otherwise: all but recordings, which are large.
CONTENTS: Item = {
    "call_history": True,
    "disable_backup_compression": False,
    "encrypt_backup": False,
    "fqdn": True,
    "license": True,
    "phone_provisioning": True,
    "prompts": True,
    "recordings": False,
    "voice_mails": True,
}
BUSY = "the PBX says that it cannot make a backup now; it may be making another one"


def contents_of(given: Item) -> Item:
    """With what was left out. A password means that the backup is to be encrypted."""
    encrypted = {"encrypt_backup": True} if given.get("encrypt_backup_password") else {}
    return {**CONTENTS, **encrypted, **given}


def can_create(port: Port) -> bool:
    """Not while another backup is being made. A PBX that does not say so may be asked."""
    answer = port.function("Backups/Pbx.GetCanCreateBackup")
    return bool(answer.get("value", True)) if isinstance(answer, dict) else True


@dataclass(frozen=True)
class Made:
    """backup: the finished file, None if it is not there. sent: the PBX may have accepted the call.
    trouble: what went wrong, "" for nothing."""

    backup: Backup | None
    sent: bool
    trouble: str = ""


class Creation:
    """One backup on its way. contents: as the XAPI takes them."""

    def __init__(self, port: Port, name: str, contents: Body, pace: Pace) -> None:
        self._port = port
        self._name = name
        self._contents = contents
        self._pace = pace
        self._rest = Rest(name, pace.clock)
        self._doubt: XapiError | None = None
        self._again = True
        self._idle = 0

    def run(self) -> Made:
        """Raises XapiError if the PBX refuses it."""
        busy = self._pace.until(lambda: "" if can_create(self._port) else BUSY)
        if busy:
            return Made(None, False, f"{busy}. Look at the PBX, or raise wait_timeout.")
        sent = self._send()
        made = self.finished()
        return Made(made.backup, sent, made.trouble)

    def finished(self) -> Made:
        """Waits until the file is listed and its size rests."""
        try:
            lacking = self._pace.until(self._look)
        except XapiError as exc:
            return Made(None, True, str(exc))
        if not lacking:
            return Made(self._rest.backup, False)
        after = f"after {self._pace.elapsed:.0f} s {lacking}. {ADVICE}"
        return Made(None, True, f"{self._doubt} Afterwards: {after}" if self._doubt else after)

    def _send(self) -> bool:
        """Whether it was sent; a backup of this name that came up meanwhile is as good."""
        body = {"description": {"Name": self._name, "Contents": self._contents}}
        self._doubt, self._idle = None, 0
        try:
            self._port.action("Backups/Pbx.Backup", body)
        except Refused as exc:
            if "DUPLICATE" not in exc.codes:
                raise
            return False
        except DOUBTFUL as exc:
            self._doubt = exc
        return True

    def _look(self) -> str:
        lacking = self._rest.see(backups_of(self._port))
        if self._rest.backup is None and self._doubt is not None:
            self._weigh(self._doubt)
        return lacking

    def _weigh(self, doubt: XapiError) -> None:
        """An idle PBX without the file did not get the call. It is sent once more: the name keeps it from being done
        twice. Then raises what went wrong."""
        self._idle = self._idle + 1 if can_create(self._port) else 0
        if self._idle >= IDLE_LOOKS:
            if not self._again:
                raise doubt
            self._again = False
            self._send()


ADVICE = "Look at the PBX, where it may still be in the making, or raise wait_timeout."


class Rest:
    """Whether the size of a file rests. backup: as it was seen last, None before it is listed."""

    def __init__(self, name: str, clock: Callable[[], float]) -> None:
        self.backup: Backup | None = None
        self._name = name
        self._clock = clock
        self._since = 0.0

    def see(self, backups: list[Backup]) -> str:
        """ "" when it rests, else what is lacking."""
        before, now = self.backup, named(backups, self._name)
        self.backup = now
        if now is None:
            return f"the backup {self._name} is not listed yet"
        if before is None or before.size != now.size:
            self._since = self._clock()
        if now.size and self._clock() - self._since >= RESTING:
            return ""
        return f"the size of the backup {now.name} does not rest yet"
