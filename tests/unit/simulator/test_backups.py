# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups and restores: what a backup holds, how the PBX goes away and comes back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulator.api import Api


def make(api: Api, name: str = "own.zip", **contents: Any) -> None:
    answer = api.post("Backups/Pbx.Backup", {"description": {"Name": name, "Contents": contents}})
    assert answer.status == 204, answer.body
    api.pbx.clock.advance(2)


def restore(api: Api, name: str = "own.zip", password: str = "") -> Any:
    footprint = api.get(f"Backups('{name}')/Pbx.GetBackupExtras()").json["Footprint"]
    return api.post(f"Backups('{name}')/Pbx.Restore", {"footprint": footprint, "password": password})


def away_and_back(api: Api) -> None:
    """Lets the restore begin, looks at the outage, and waits for its end."""
    api.pbx.clock.advance(0.6)
    assert api.get("Defs").status in (None, 502)
    api.pbx.clock.advance(3)


def test_a_restore_brings_back_the_state_of_the_backup(api: Api) -> None:
    make(api)
    before = set(api.pbx.sets["Users"].rows)
    user = api.id_of("Users", "101")
    assert api.delete(f"Users({user})").status == 204
    assert api.patch("LoggingSettings", {"KeepLogsDays": 99}).status == 204
    assert restore(api).status == 204
    assert api.get(f"Users({user})").status == 404
    away_and_back(api)
    api.token = api.new_token()
    assert api.get(f"Users({user})").status == 200
    assert api.get("LoggingSettings").json["KeepLogsDays"] == 7
    assert set(api.pbx.sets["Users"].rows) == before
    assert [row["FileName"] for row in api.rows("Backups")][-1] == "own.zip"
    # The restored state lives on, and the backup still holds its own.
    assert api.delete(f"Users({user})").status == 204
    assert restore(api).status == 204
    away_and_back(api)
    api.token = api.new_token()
    assert api.get(f"Users({user})").status == 200


def test_a_seeded_backup_holds_what_the_seed_describes(api: Api) -> None:
    api.post("Groups", {"Name": "Later"})
    assert restore(api, "weekly-2026-11-15.zip").status == 204
    away_and_back(api)
    api.token = api.new_token()
    assert "Later" not in [row["Name"] for row in api.rows("Groups")]
    assert len(api.rows("Users")) == 14


@pytest.mark.parametrize(("switch", "status"), [("die", 401), ("survive", 200)])
def test_tokens_outlive_a_restore_or_not(switch: str, status: int) -> None:
    api = Api(restore_tokens=switch)
    make(api)
    restore(api)
    away_and_back(api)
    assert api.get("Defs").status == status


def test_an_encrypted_backup_wants_its_password(api: Api) -> None:
    make(api, EncryptBackup=True, EncryptBackupPassword={"Value": "hidden-4711"})
    assert api.get("Backups('own.zip')/Pbx.GetBackupExtras()").json["IsEncrypted"] is True
    assert restore(api, password="wrong").code == "password BACKUP_NOT_FOUND_OR_INVALID"
    assert restore(api, password="hidden-4711").status == 204
    assert b"hidden-4711" not in api.get("Backups").body


def test_a_restore_wants_the_footprint_of_the_backup(api: Api) -> None:
    make(api)
    body = {"footprint": 1, "password": ""}
    assert api.post("Backups('own.zip')/Pbx.Restore", body).code == "footprint BACKUP_NOT_FOUND_OR_INVALID"
    assert api.post("Backups('gone.zip')/Pbx.Restore", body).status == 404
    api.pbx.switches.set({"restore_footprint": "ignore"})
    assert api.post("Backups('own.zip')/Pbx.Restore", body).status == 204


def test_a_limit_and_a_purge() -> None:
    api = Api(backup_limit=3)
    assert api.get("Backups/Pbx.GetLocalBackupSize()").json["value"] == 48234496 + 49283072
    make(api)
    refused = api.post("Backups/Pbx.Backup", {"description": {"Name": "more.zip"}})
    assert refused.code == "Name TOO_MANY_BACKUPS"
    assert api.post("Backups/Pbx.PurgeLocalBackups").status == 204
    assert api.rows("Backups") == []


def test_settings_come_in_pairs_and_show_in_the_status(api: Api) -> None:
    settings = api.get("Backups/Pbx.GetBackupSettings()").json
    assert settings["ScheduleEnabled"] is api.get("SystemStatus").json["BackupScheduled"] is True
    assert api.post("Backups/Pbx.SetBackupSettings", {"settings": {"ScheduleEnabled": False}}).status == 204
    after = api.get("Backups/Pbx.GetBackupSettings()").json
    assert "Rotation" not in after
    assert api.get("SystemStatus").json["BackupScheduled"] is False
    api.pbx.switches.set({"pairs_write": "merge"})
    api.post("Backups/Pbx.SetBackupSettings", {"settings": {"Rotation": 5}})
    assert api.get("Backups/Pbx.GetBackupSettings()").json["Rotation"] == 5
    assert api.control("GET", "state").json["functions"]["BackupSettings"] == {"Rotation": 5, "ScheduleEnabled": False}
