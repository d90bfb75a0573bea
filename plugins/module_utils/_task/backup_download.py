# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A backup as a file on the machine that runs the task. PRIVATE to the collection."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from .._resources.backups import Backup, backups_of, named
from .._xapi.client import Client
from .._xapi.errors import XapiError
from .._xapi.secrecy import scrub
from .download import Destination, PartFile
from .options import OptionError

OWNER_ONLY = 0o600


class Copy:
    """facts: what the result says of the file, once it is there. Raises OptionError if it cannot be written.

    A copy gets the time of its backup, so that it need not be fetched again to know that it is one.
    """

    def __init__(self, dest: str) -> None:
        self._destination = Destination(dest)
        self.path = self._destination.path
        self.facts: dict[str, Any] = {}

    def is_of(self, backup: Backup | None) -> bool:
        """Whether the file is there, with the size and time of the backup."""
        if backup is None or backup.moment is None or not self.path.is_file():
            return False
        found = self.path.stat()
        return found.st_size == backup.size and int(found.st_mtime) == int(backup.moment.timestamp())

    def fetch(self, client: Client, backup: Backup) -> bool:
        """Whether it had to be fetched."""
        if self.is_of(backup):
            self.facts = {"dest": str(self.path), "size": backup.size, "checksum": self._destination.checksum()}
            return False
        with self._destination.receiving() as part:
            _pour(client, backup, part)
            self.facts = part.as_dict()
            _compare(backup, self.facts["size"])
            part.keep()
        self.path.chmod(OWNER_ONLY)
        if backup.moment is not None:
            os.utime(self.path, (backup.moment.timestamp(), backup.moment.timestamp()))
        return True


def _pour(client: Client, backup: Backup, part: PartFile) -> None:
    link = _link(client, backup)
    try:
        client.download_link(link, part)
    except XapiError as exc:
        path = urlsplit(link).path
        words = scrub(str(exc), [link, path, unquote(path)])
        raise OptionError(f"dest: the backup {backup.name} could not be downloaded: {words}") from None


def _link(client: Client, backup: Backup) -> str:
    """Read now: nobody knows how long a link lives, and whoever has it can fetch the file."""
    found = named(backups_of(client, links=True), backup.name)
    if found is None or not found.link:
        raise OptionError(f"dest: the PBX gives no link for the backup {backup.name}, so it cannot be downloaded")
    return found.link


def _compare(backup: Backup, size: int) -> None:
    if backup.size is not None and backup.size != size:
        raise OptionError(
            f"dest: the backup {backup.name} has {backup.size} bytes on the PBX, but {size} arrived; nothing was kept"
        )
