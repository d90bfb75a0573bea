# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An installation, and a PBX that comes back from it with another version or not."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.updates import Update, listing_of
from ansible_collections.tcx.pbx.plugins.module_utils._resources.updates_install import Installation, Installed
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import LostAnswer, Refused
from ansible_collections.tcx.pbx.tests.unit.backup_pbx import NAMES, BackupPbx, pace
from ansible_collections.tcx.pbx.tests.unit.service_pbx import Clock

LOST = LostAnswer("POST InstallUpdates: the connection was lost")
OLD, NEW = "20.0.10.1234", "20.0.10.1300"


class UpdatePbx(BackupPbx):
    """offers: (name, installed version, version there is). stuck: nothing is ever installed."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.version_after = NEW
        self.offers = [("System", OLD, NEW)]
        self.stuck = False
        self.vanishing: set[str] = set()
        self.actions["InstallUpdates"] = self.do_restore

    @property
    def done(self) -> bool:
        return not self.stuck and self.restored_at is not None and self.clock.now - self.restored_at >= self.away[1]

    def rows(self, path: str, **options: Any) -> list[dict[str, Any]]:
        rows = super().rows(path, **options)
        return [row for row in rows if not (self.done and row.get("Name") in self.vanishing)]

    def function(self, path: str, /, **parameters: Any) -> Any:
        entries = [
            {"Name": name, "Guid": f"g-{name}", "LocalVersion": there, "ServerVersion": new, "OutOfDate": not self.done}
            for name, there, new in self.offers
        ]
        return {"Key": f"k-{self.clock.now:g}", "Entries": entries}


@pytest.fixture
def pbx() -> UpdatePbx:
    return UpdatePbx(Clock())


def install(pbx: UpdatePbx, timeout: float = 60.0, told: list[str] | None = None) -> Installed:
    listing = listing_of(pbx)
    return Installation(pbx, listing, listing.updates, pace(pbx.clock, timeout, told=told)).run()


def test_it_waits_until_the_version_has_changed(pbx: UpdatePbx) -> None:
    told: list[str] = []
    done = install(pbx, told=told)
    assert (done.before, done.after, done.trouble) == (OLD, NEW, "")
    assert pbx.calls == [("POST", "InstallUpdates", {"install": {"Key": "k-1000", "Entries": ["g-System"]}})]
    assert any("the API does not answer" in line for line in told)
    assert done.listing is not None and not done.listing.updates[0].out_of_date


def test_a_pbx_that_comes_back_as_it_was_is_told(pbx: UpdatePbx) -> None:
    pbx.version_after, pbx.stuck = OLD, True
    assert f"after 60 s the PBX still has version {OLD}" in install(pbx).trouble


def test_services_that_ran_have_to_run(pbx: UpdatePbx) -> None:
    pbx.stopped = {NAMES[0]}
    assert f"services do not run yet: {NAMES[0]} (Stopped)" in install(pbx).trouble


def test_services_that_the_new_version_does_not_have_are_told(pbx: UpdatePbx) -> None:
    pbx.vanishing = {NAMES[1]}
    done = install(pbx)
    assert (done.trouble, done.vanished) == ("", (NAMES[1],))


def test_what_does_not_concern_the_pbx_needs_no_outage(pbx: UpdatePbx) -> None:
    pbx.offers = [("Prompts", "1", "2")]
    pbx.away, pbx.version_after = (0.0, 0.0), OLD
    done = install(pbx)
    assert (done.after, done.trouble) == (OLD, "")


def test_what_stays_out_of_date_is_told_by_name(pbx: UpdatePbx) -> None:
    pbx.offers = [("Prompts", "1", "2"), ("Phones", "3", "4")]
    pbx.stuck = True
    assert "not installed yet: Prompts, Phones" in install(pbx).trouble


def test_an_update_to_which_there_is_a_later_one_by_now_is_installed(pbx: UpdatePbx) -> None:
    listing = listing_of(pbx)
    installation = Installation(pbx, listing, listing.updates, pace(pbx.clock))
    pbx.offers = [("System", NEW, "20.0.10.1400")]
    assert not installation._still_waiting(Update("System", "", OLD, NEW, True), listing_of(pbx))


def test_a_lost_answer_is_judged_by_what_happens(pbx: UpdatePbx) -> None:
    pbx.interfere = lambda verb, path: LOST
    assert install(pbx).trouble == ""
    assert len(pbx.calls) == 1


def test_a_lost_call_is_told_and_never_repeated(pbx: UpdatePbx) -> None:
    pbx.deaf = 1
    pbx.interfere = lambda verb, path: LOST
    assert install(pbx).trouble.startswith(f"{LOST} Afterwards: after 60 s the PBX has not begun yet")
    assert len(pbx.calls) == 1


def test_a_refusal_is_raised(pbx: UpdatePbx) -> None:
    def refuse(verb: str, path: str) -> None:
        raise Refused("XAPI.NOT_FOUND on Key", status=400)

    pbx.interfere = refuse
    with pytest.raises(Refused):
        install(pbx)
