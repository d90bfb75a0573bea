# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory that forked processes share: many small slots, each with a tag and a lock. PRIVATE to the collection.

An anonymous file is inherited by every process forked after it was made, never appears on disk under a name, and dies
with its last process. POSIX record locks belong to a process, so the kernel frees them when their holder is killed.
(`flock` would not exclude forks, which share one open file; a lock of `multiprocessing` would survive its holder.)
"""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

# Two for each API client: its token, and the version of its PBX.
SLOTS = 4096
SLOT_SIZE = 8192
TAG_SIZE = 32
_HEAD = TAG_SIZE + 8
_NO_TAG = bytes(TAG_SIZE)
_PAUSE = 0.02


class Slots:
    """`find` a slot by its 32-byte tag, `read` and `write` its content, hold its lock while changing it.

    Every method may raise OSError.
    """

    def __init__(self, count: int = SLOTS) -> None:
        self._count = count
        self._file = _anonymous_file(count * SLOT_SIZE)
        self._identity = self._identify()
        self._threads: dict[int, dict[int, threading.Lock]] = {}

    def find(self, tag: bytes) -> int | None:
        """The slot of the tag, taken now if it is new; None when all slots belong to others."""
        if self._identify() != self._identity:
            raise OSError(errno.EBADF, "the shared memory was closed and its number given to another file")
        slot = self._probe(tag)
        if slot is None or self._tag(slot) == tag:
            return slot
        with self._locked(self._count * SLOT_SIZE):
            slot = self._probe(tag)
            if slot is not None:
                os.pwrite(self._file, tag, slot * SLOT_SIZE)
        return slot

    def _identify(self) -> tuple[int, int]:
        status = os.fstat(self._file)
        return status.st_dev, status.st_ino

    def _probe(self, tag: bytes) -> int | None:
        """The slot that holds the tag, else the first free one on its way, else None."""
        first = int.from_bytes(tag[:8], "big")
        for step in range(self._count):
            slot = (first + step) % self._count
            if self._tag(slot) in (tag, _NO_TAG):
                return slot
        return None

    def _tag(self, slot: int) -> bytes:
        return os.pread(self._file, TAG_SIZE, slot * SLOT_SIZE)

    def read(self, slot: int) -> bytes:
        """The content; b"" when there is none, or when its writer was stopped half-way."""
        raw = os.pread(self._file, SLOT_SIZE, slot * SLOT_SIZE)
        size = int.from_bytes(raw[TAG_SIZE : TAG_SIZE + 4], "big")
        content = raw[_HEAD : _HEAD + size]
        whole = len(content) == size and raw[TAG_SIZE + 4 : _HEAD] == _checksum(content)
        return content if whole else b""

    def write(self, slot: int, content: bytes) -> bool:
        """False when the content is too long for a slot; the slot is empty then."""
        fits = len(content) <= SLOT_SIZE - _HEAD
        kept = content if fits else b""
        os.pwrite(self._file, len(kept).to_bytes(4, "big") + _checksum(kept) + kept, slot * SLOT_SIZE + TAG_SIZE)
        return fits

    @contextmanager
    def locked(self, slot: int) -> Iterator[None]:
        """Exclusive among threads and processes; other slots stay free."""
        with self._locked(slot * SLOT_SIZE):
            yield

    @contextmanager
    def _locked(self, place: int) -> Iterator[None]:
        # Record locks do not tell the threads of one process apart. Locks made before a fork stay with the parent.
        mine = self._threads.setdefault(os.getpid(), {})
        with mine.setdefault(place, threading.Lock()):
            self._lock_record(place)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)

    def _lock_record(self, place: int) -> None:
        while True:
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX, 1, place)
                return
            except OSError as exc:
                # The kernel looks at processes only, so two threads with two slots can look like a deadlock.
                if exc.errno != errno.EDEADLK:
                    raise
            time.sleep(_PAUSE)


def _anonymous_file(size: int) -> int:
    """A file without a name, sparse, not inherited by programs that are started."""
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("tcx-pbx-tokens", os.MFD_CLOEXEC)
    else:
        with tempfile.TemporaryFile() as unnamed:
            file = os.dup(unnamed.fileno())
    os.ftruncate(file, size)
    return file


def _checksum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4, "big")
