# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The controller's own address as the PBX would see it on the same network. PRIVATE to the collection."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit


def own_address(url: str) -> str | None:
    """The local IP address used to reach the host of `url`; None when it cannot be told.

    A connected UDP socket picks a route without sending anything. Behind NAT the PBX sees another address.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or 443
        if not host:
            return None
        family, kind, proto, _name, target = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.connect(target)
            return str(probe.getsockname()[0]).partition("%")[0]
    except (OSError, ValueError):
        return None
