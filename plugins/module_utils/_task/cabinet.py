# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that only their owner reads, written whole or not at all. PRIVATE to the collection."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .options import OptionError

# Whose directories and files are trusted: our own, and those of root, who may do anything anyway.
ROOT = 0


class Cabinet:
    """A directory on the controller (mode 0700 if it is made here), with files of mode 0600.

    option: name of the option that told the directory, for messages. All methods raise OptionError.
    """

    def __init__(self, option: str, path: str) -> None:
        self._option = option
        self.path = Path(path).expanduser().absolute()

    def check(self) -> None:
        """A directory that is there has to be a real one, ours, and one that can be written to."""
        try:
            found = self.path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            self._check_parents()
            return
        except OSError as exc:
            raise self._fault(f"{self.path} cannot be looked at: {exc.strerror}") from exc
        if stat.S_ISLNK(found.st_mode):
            raise self._fault(f"{self.path} is a symbolic link; give the directory that it leads to")
        if not stat.S_ISDIR(found.st_mode):
            raise self._fault(f"{self.path} is not a directory")
        if found.st_uid not in (os.geteuid(), ROOT):
            raise self._fault(
                f"{self.path} belongs to another user (uid {found.st_uid}); choose a directory of your own"
            )
        if not os.access(self.path, os.R_OK | os.W_OK | os.X_OK):
            raise self._fault(f"{self.path} cannot be written to; change its mode, or choose another directory")

    def make(self) -> None:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as exc:
            raise self._fault(f"{self.path} cannot be made: {exc.strerror}") from exc
        self.check()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Only one process at a time; a process that is killed lets go."""
        number = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(number, fcntl.LOCK_EX)
            yield
        finally:
            os.close(number)

    def names(self) -> list[str]:
        """All files, in order; none if there is no directory."""
        try:
            return sorted(entry.name for entry in os.scandir(self.path) if entry.is_file(follow_symlinks=False))
        except FileNotFoundError:
            return []

    def read(self, name: str) -> str:
        with self._opened(name, os.O_RDONLY) as number, os.fdopen(number, encoding="utf-8", closefd=False) as file:
            return file.read()

    def write(self, name: str, text: str) -> None:
        """The whole file, or what was there before, whenever the power fails."""
        part = ""
        try:
            number, part = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=self.path)
            with os.fdopen(number, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(number)
            Path(part).replace(self.path / name)
        except OSError as exc:
            if part:
                Path(part).unlink(missing_ok=True)
            raise self._unwritable(name, exc) from exc

    def append(self, name: str, lines: list[str]) -> None:
        """Lines at the end. After a line that was cut off in the middle they begin on a new one."""
        with self._opened(name, os.O_RDWR | os.O_APPEND | os.O_CREAT) as number:
            try:
                size = os.fstat(number).st_size
                torn = bool(size) and os.pread(number, 1, size - 1) != b"\n"
                os.write(number, (("\n" if torn else "") + "".join(f"{line}\n" for line in lines)).encode())
                os.fsync(number)
            except OSError as exc:
                raise self._unwritable(name, exc) from exc

    @contextmanager
    def _opened(self, name: str, flags: int) -> Iterator[int]:
        try:
            number = os.open(self.path / name, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as exc:
            raise self._fault(f"{self.path / name} cannot be opened: {exc.strerror}") from exc
        try:
            if os.fstat(number).st_uid not in (os.geteuid(), ROOT):
                raise self._fault(f"{self.path / name} belongs to another user; nothing is taken from it")
            yield number
        finally:
            os.close(number)

    def _check_parents(self) -> None:
        nearest = next(parent for parent in self.path.parents if parent.exists())
        if not nearest.is_dir():
            raise self._fault(f"{self.path} cannot be made: {nearest} is not a directory")
        if not os.access(nearest, os.W_OK | os.X_OK):
            raise self._fault(f"{self.path} cannot be made: {nearest} cannot be written to")

    def _unwritable(self, name: str, exc: OSError) -> OptionError:
        return self._fault(f"{self.path / name} cannot be written: {exc.strerror or type(exc).__name__}")

    def _fault(self, words: str) -> OptionError:
        return OptionError(f"{self._option}: {words}")
