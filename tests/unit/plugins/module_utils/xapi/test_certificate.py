# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the certificate of a PBX lasts."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime

import pytest
import trustme
from cryptography import x509

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.certificate import validity, validity_at
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Unreachable
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import listening

ENDS = [
    datetime(2020, 2, 29, 23, 59, 59, tzinfo=UTC),
    datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC),
    # From 2050 on the year has four digits.
    datetime(2050, 1, 1, tzinfo=UTC),
]


def issued(end: datetime) -> trustme.LeafCert:
    return trustme.CA().issue_cert("127.0.0.1", not_after=end)


@pytest.mark.parametrize("end", ENDS, ids=lambda end: str(end.year))
def test_it_is_what_another_reader_finds(end: datetime) -> None:
    pem = issued(end).cert_chain_pems[0].bytes()
    known = x509.load_pem_x509_certificate(pem)
    found = validity(ssl.PEM_cert_to_DER_cert(pem.decode()))
    assert found == (known.not_valid_before_utc, known.not_valid_after_utc)
    assert found[1] == end


@pytest.mark.parametrize("end", ENDS[:2], ids=["expired", "valid"])
def test_a_certificate_is_read_whether_it_is_valid_or_not(end: datetime) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued(end).configure_cert(context)
    with listening(context) as server:
        found = validity_at(server.url, 5.0)
    assert found is not None
    assert found["not_after"] == end.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_without_tls_there_is_none() -> None:
    assert validity_at("http://127.0.0.1:9", 5.0) is None


def test_nobody_answers() -> None:
    with pytest.raises(Unreachable, match=r"certificate of 127\.0\.0\.1:9 could not be read"):
        validity_at("https://127.0.0.1:9", 1.0)


@pytest.mark.parametrize("data", [b"", b"\x30", b"\x30\x03\x02\x01\x01", b"no certificate at all"])
def test_what_is_no_certificate(data: bytes) -> None:
    with pytest.raises(ValueError, match="no certificate in DER"):
        validity(data)
