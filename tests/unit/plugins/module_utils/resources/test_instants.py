# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Points in time, by meaning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.tcx.pbx.plugins.module_utils._resources.instants import instant, to_the_minute, zulu


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-31T18:00:00Z",
        "2027-01-31T19:00:00+01:00",
        "2027-01-31T18:00:00.1234567Z",
        "2027-01-31 18:00:59Z",
    ],
)
def test_one_minute_in_many_notations(text: str):
    assert to_the_minute(text) == datetime(2027, 1, 31, 18, tzinfo=UTC)


def test_a_time_without_a_zone_is_a_question():
    with pytest.raises(ValueError, match="has no time zone; write it as"):
        instant("2027-01-31T18:00:00")


def test_what_is_no_time_is_told():
    with pytest.raises(ValueError, match='"tomorrow" is not a time'):
        instant("tomorrow")


def test_empty_clears():
    assert zulu("") is None
    assert to_the_minute("") is None
    assert to_the_minute(None) is None


@given(st.datetimes(), st.integers(-14 * 60, 14 * 60))
def test_what_is_sent_is_the_same_minute(naive: datetime, offset: int):
    if not 2 <= naive.year <= 9998:
        return
    text = naive.replace(tzinfo=timezone(timedelta(minutes=offset))).isoformat()
    assert to_the_minute(zulu(text)) == to_the_minute(text)
