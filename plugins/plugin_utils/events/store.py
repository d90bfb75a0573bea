# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a watcher keeps how far it is, for the next start. PRIVATE to the collection.

`<host>-<port>.<log>.json`, mode 0600, replaced as a whole. Who watches holds a lock on the file beside it, which the
kernel frees when he is killed: two that share a place would each take from the other what he has not seen.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from urllib.parse import urlsplit

from ansible_collections.tcx.pbx.plugins.module_utils._task.cabinet import Cabinet
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError

from .mark import Mark

OPTION = "state_directory"
FORMAT = 1


class Store:
    """The place of one log of one PBX. All methods raise OptionError."""

    def __init__(self, cabinet: Cabinet, url: str, log: str) -> None:
        self._cabinet = cabinet
        self._stem = f"{re.sub(r'[^A-Za-z0-9._-]+', '-', urlsplit(url).netloc).strip('-')}.{log}"
        self._lock: int | None = None

    @property
    def name(self) -> str:
        return f"{self._stem}.json"

    def take(self) -> None:
        """Be the only one. Until `leave`, or the end of the process."""
        self._cabinet.make()
        place = self._cabinet.path / f"{self._stem}.lock"
        try:
            lock = os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as exc:
            raise OptionError(f"{OPTION}: {place} cannot be opened: {exc.strerror}") from exc
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            os.close(lock)
            raise OptionError(
                f"{OPTION}: another source watches the same log and keeps its place in {place.parent}; give each a"
                f" {OPTION} of its own"
            ) from exc
        self._lock = lock

    def leave(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def load(self) -> Mark | None:
        """None if nothing has been kept yet."""
        if self.name not in self._cabinet.names():
            return None
        text = self._cabinet.read(self.name)
        try:
            record = json.loads(text)
            if record["format"] != FORMAT:
                raise ValueError(f"format {record['format']}")
            return Mark.from_record(record)
        except (ValueError, TypeError, KeyError, AttributeError) as exc:
            raise OptionError(
                f"{OPTION}: {self._cabinet.path / self.name} does not hold what a source keeps there; delete it to"
                " begin anew"
            ) from exc

    def save(self, mark: Mark) -> None:
        self._cabinet.write(self.name, json.dumps({"format": FORMAT, **mark.as_record()}) + "\n")
