# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The controller's own address towards a PBX."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.address import own_address


def test_towards_this_machine() -> None:
    assert own_address("http://127.0.0.1:5001/xapi/v1") == "127.0.0.1"


@pytest.mark.parametrize("url", ["", "pbx", "https://", "https://no-such-host.invalid", "https://[::1", "http://a:b"])
def test_where_there_is_none(url: str) -> None:
    assert own_address(url) is None


def test_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The probe is a datagram socket that only connects."""
    used: list[str] = []

    class Probe(socket.socket):
        def connect(self, address: Any) -> None:
            used.append(f"connect {self.type.name}")
            super().connect(("127.0.0.1", 9))

        def send(self, *args: Any) -> int:
            used.append("send")
            return 0

    monkeypatch.setattr(socket, "socket", Probe)
    found = own_address("https://192.0.2.1")
    assert found is not None
    assert ip_address(found).is_loopback
    assert used == ["connect SOCK_DGRAM"]


def test_an_ipv6_address_loses_its_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Probe:
        def __init__(self, *args: Any) -> None:
            pass

        def __enter__(self) -> Any:
            return self

        def __exit__(self, *args: Any) -> None:
            pass

        def connect(self, target: Any) -> None:
            assert target[0] == "fe80::2"

        def getsockname(self) -> tuple[str, int, int, int]:
            return ("fe80::1%eth0", 1, 0, 2)

    monkeypatch.setattr(socket, "socket", Probe)
    assert own_address("https://[fe80::2]:5001") == "fe80::1"
