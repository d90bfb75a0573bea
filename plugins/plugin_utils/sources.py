# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where texts come from: a file or a URL, and how to name it in a message. PRIVATE to the collection."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import urlsplit


def is_url(source: str) -> bool:
    """Whether it is fetched rather than read. Raises ValueError for what is neither."""
    scheme, colon, _rest = source.partition("://")
    if not colon:
        return False
    if scheme.lower() not in ("http", "https"):
        raise ValueError("only https:// and http:// are fetched")
    return True


def shown(source: str) -> str:
    """A URL without what may be a key in it: user, password, query and fragment."""
    if "://" not in source:
        return source
    parts = urlsplit(source)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def titled(source: str) -> str:
    """The name of the file with its ending; of a URL without a file, its host."""
    return PurePath(shown(source)).name


def called(source: str) -> str:
    """The name of the file itself, without its ending: what a person would call it."""
    return PurePath(urlsplit(source).path if "://" in source else source).stem or urlsplit(source).netloc
