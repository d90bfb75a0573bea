# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers of calls that no model knows and that a name alone would not make plausible."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.simulator.areas import files, made_up

if TYPE_CHECKING:
    from tests.simulator.pbx import Pbx

POLICY = """{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"], "Resource": "*"}]
}
"""
SCRIPT = "# Run this in PowerShell.\nConnect-MicrosoftTeams\n"
ZONES = ["Europe", "North America", "Asia"]
LANGUAGES = [{"Code": "en-US", "Name": "English"}, {"Code": "de-DE", "Name": "German"}]


def _accounts(pbx: Pbx) -> dict[str, Any]:
    users = [row for row in pbx.sets["Users"].entities() if row.get("EmailAddress")]
    return {
        "Users": [
            {"Id": made_up.guid("account", row["Number"]), "Email": row["EmailAddress"], "Name": row["FirstName"]}
            for row in users
        ],
        "NextPageToken": None,
    }


# By the last part of the route.
ANSWERS: dict[str, Callable[[Pbx], Any]] = {
    "APIToken": lambda pbx: made_up.secret("api token", pbx.fqdn),
    "CheckFqdnRecord": lambda _pbx: True,
    "CheckMapUsersScript": lambda _pbx: True,
    "GenerateIamPolicyFile": lambda _pbx: files.text("iam-policy.json", "application/octet-stream", POLICY),
    "GetAITemplateContents": lambda _pbx: "You are a friendly receptionist.",
    "GetDialPlanScript": lambda _pbx: files.text("dial-plan.ps1", "text/plain", SCRIPT),
    "GetDirectoryInfo": lambda _pbx: {"Path": "/var/lib/3cxpbx", "Dirs": ["Backups", "Recordings"]},
    "GetFailoverScripts": lambda _pbx: [{"Filename": "failover.sh"}],
    "GetGoogleUsers": _accounts,
    "GetM365Users": _accounts,
    "GetMapUsersScript": lambda _pbx: files.text("map-users.ps1", "text/plain", SCRIPT),
    "GetMicrosoft365Directory": lambda _pbx: {"ApplicationId": "", "ProvisionUrl": "", "ExceptionMessage": ""},
    "GetOnboardMeetings": lambda _pbx: [],
    "GetSftpHostKey": lambda _pbx: f"SHA256:{made_up.secret('sftp host')}",
    "GetTranscribeLanguages": lambda _pbx: LANGUAGES,
    "GetUsers": lambda _pbx: {},
    "GetWebMeetingZones": lambda _pbx: ZONES,
    "RunAnalysis": lambda _pbx: [{"Code": "RegisteredOK", "Level": "Info", "Params": [], "Template": "Registered"}],
    "TestEmail": lambda _pbx: {"Success": True, "Error": "", "Parameters": []},
}
