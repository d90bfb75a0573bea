# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that comes from the PBX. PRIVATE to the collection."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .options import OptionError

PIECE = 1024 * 1024


class Destination:
    """Where a download goes. Raises OptionError if it certainly cannot go there; nothing is written yet."""

    def __init__(self, path: str) -> None:
        self.path = Path(path).expanduser().absolute()
        folder = self.path.parent
        if not folder.is_dir():
            raise OptionError(f"dest: the directory {folder} does not exist")
        if self.path.is_dir():
            raise OptionError(f"dest: {self.path} is a directory; give the name of a file in it")
        if not os.access(folder, os.W_OK):
            raise OptionError(f"dest: the directory {folder} cannot be written to")

    @property
    def exists(self) -> bool:
        return self.path.exists()

    def checksum(self) -> str | None:
        """SHA-256 of what is there now; None for nothing, and for what cannot be read."""
        found = hashlib.sha256()
        try:
            with self.path.open("rb") as file:
                while piece := file.read(PIECE):
                    found.update(piece)
        except OSError:
            return None
        return found.hexdigest()

    @contextmanager
    def receiving(self) -> Iterator[PartFile]:
        """A file beside the destination, for its owner only; gone at the end unless it was kept."""
        part = PartFile(self)
        try:
            yield part
        finally:
            part.discard()


class PartFile:
    """A sink that writes to a temporary file, until `keep` gives it its name."""

    def __init__(self, destination: Destination) -> None:
        self._destination = destination
        self._size = 0
        self._hash = hashlib.sha256()
        name = destination.path.name
        try:
            number, place = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=destination.path.parent)
        except OSError as exc:
            raise _unwritable(destination.path, exc) from exc
        self._path = Path(place)
        self._file = os.fdopen(number, "wb")

    def restart(self) -> None:
        self._size = 0
        self._hash = hashlib.sha256()
        self._file.seek(0)
        self._file.truncate()

    def write(self, piece: bytes) -> None:
        try:
            self._file.write(piece)
        except OSError as exc:
            raise _unwritable(self._destination.path, exc) from exc
        self._size += len(piece)
        self._hash.update(piece)

    def keep(self) -> bool:
        """Puts the whole file in its place, mode 0600; False, and nothing done, if the same content is there."""
        if self._destination.checksum() == self._hash.hexdigest():
            return False
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._path.replace(self._destination.path)
        except OSError as exc:
            raise _unwritable(self._destination.path, exc) from exc
        return True

    def discard(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def as_dict(self) -> dict[str, Any]:
        return {"dest": str(self._destination.path), "size": self._size, "checksum": self._hash.hexdigest()}


def _unwritable(path: Path, exc: OSError) -> OptionError:
    return OptionError(f"dest: {path} cannot be written: {exc.strerror or type(exc).__name__}")
