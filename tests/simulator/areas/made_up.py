# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets and links that the PBX would draw at random: here the same for the same question."""

from __future__ import annotations

import hashlib


def secret(*about: object) -> str:
    """Ten characters, different for different questions."""
    return hashlib.sha256(" ".join(map(str, about)).encode()).hexdigest()[:10]


def digits(*about: object) -> str:
    """Six digits."""
    return f"{int(secret(*about), 16) % 1_000_000:06d}"


def guid(*about: object) -> str:
    """A GUID."""
    text = hashlib.sha256(" ".join(map(str, about)).encode()).hexdigest()
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:32]}"
