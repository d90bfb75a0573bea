# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions without a model: plausible rows of the PBX itself, and files."""

from __future__ import annotations

import csv
import io

import pytest

from tests.simulator.invent.inventor import Inventor
from tests.unit.simulator.api import Api

PERIOD = "startDt=2026-11-01T00:00:00Z,endDt=2026-11-30T00:00:00Z"
PERFORMANCE = "ReportQueuePerformanceOverview/Pbx.GetQueuePerformanceOverviewData"


def performance(api: Api, queues: str = "") -> list[dict[str, object]]:
    period = "periodFrom=2026-11-01T00:00:00Z,periodTo=2026-11-30T00:00:00Z"
    rows: list[dict[str, object]] = api.get(f"{PERFORMANCE}({period},queueDns='{queues}',waitInterval='')").value
    return rows


def test_rows_of_reports_speak_of_the_queues_and_users_of_the_pbx(api: Api) -> None:
    rows = performance(api)
    assert {row["QueueDn"] for row in rows} == {"800", "801"}
    assert {row["QueueDisplayName"] for row in rows} == {"Sales", "Support"}
    assert ("100", "Robin Sample") in {(row["ExtensionDn"], row["ExtensionDisplayName"]) for row in rows}
    assert performance(api) == rows
    assert {row["QueueDn"] for row in performance(api, "801")} == {"801"}
    assert performance(api, "9999") == []


def test_functions_page_and_filter_like_sets(api: Api) -> None:
    name = "ReportExtensionStatistics/Pbx.GetExtensionStatisticsData"
    operation = api.pbx.catalog.operations[f"{name}()"]["GET"]
    given = ",".join(
        f"{key}={'2026-11-01T00:00:00Z' if kind.name == 'datetime' else 1 if kind.name == 'int32' else chr(39) * 2}"
        for key, kind in operation.parameters.items()
    )
    path = f"{name}({given})"
    assert len(api.rows(path)) == 14
    assert [row["Dn"] for row in api.rows(f"{path}?$top=2&$skip=1&$orderby=DisplayName&$select=Dn")] != []
    assert api.get(f"{path}?$count=true&$top=1").json["@odata.count"] == 14
    assert api.get(f"{path}?$top=1000").status == 200
    assert api.get(f"{path}?$top=1001").status == 400
    api.pbx.switches.set({"function_count": "refuse", "function_top_limit": 100})
    assert api.get(f"{path}?$count=true").status == 400
    assert api.get(f"{path}?$top=101").status == 400


def test_moments_of_a_report_lie_in_its_period(api: Api) -> None:
    path = f"ReportQueueFailedCallbacks/Pbx.GetQueueFailedCallbacksData(queueDnStr='',{PERIOD})"
    assert {row["CallTime"][:10] for row in api.rows(path)} == {"2026-11-01"}


def test_a_report_is_downloaded_as_a_table(api: Api) -> None:
    answer = api.get(f"ReportQueueCallbacks/Pbx.DownloadQueueCallbacks(queueDnStr='',{PERIOD})")
    assert answer.headers["content-type"] == "text/csv"
    assert 'filename="DownloadQueueCallbacks.csv"' in answer.headers["content-disposition"]
    table = list(csv.DictReader(io.StringIO(answer.body.decode())))
    assert [row["QueueDnNumber"] for row in table] == ["800", "801"]
    api.pbx.switches.set({"downloads": "contract"})
    assert len(api.get(f"ReportQueueCallbacks/Pbx.DownloadQueueCallbacks(queueDnStr='',{PERIOD})").value) == 2


def test_a_download_is_logged_as_a_file(api: Api) -> None:
    api.get("CallHistoryView/Pbx.DownloadCallHistory()")
    api.get("CallHistoryView")
    assert [entry["file"] for entry in api.control("GET", "log").json["log"]] == ["text/csv", None]


@pytest.mark.parametrize(
    ("path", "media", "start"),
    [
        ("AmazonIntegrationSettings/Pbx.GenerateIamPolicyFile()", "application/octet-stream", b"{"),
        ("Microsoft365TeamsIntegration/Pbx.GetDialPlanScript()", "text/plain", b"#"),
        ("Recordings/Pbx.DownloadRecording(recId=1)", "audio/wav", b"RIFF"),
        ("Users/Pbx.ExportExtensions()", "text/csv", b"AIAgent,"),
        ("CallCostSettings/Pbx.ExportCallCosts()", "text/csv", b"CountryName,"),
    ],
)
def test_files_have_their_own_types(api: Api, path: str, media: str, start: bytes) -> None:
    answer = api.get(path)
    assert (answer.status, answer.headers["content-type"]) == (200, media)
    assert answer.body.startswith(start)


def test_the_report_of_inbound_rules_is_true(api: Api) -> None:
    rows = api.get("ReportInboundRules/Pbx.GetInboundRulesData()").value
    assert [row["DID"] for row in rows] == [row["Data"] for row in api.rows("InboundRules")]
    assert (rows[0]["Trunk"], rows[0]["InOfficeRouting"]["Name"]) == ("Provider A", "Main menu")


def test_an_empty_pbx_has_stand_ins() -> None:
    api = Api(seed="empty")
    assert {row["QueueDn"] for row in performance(api)} == {"800"}
    assert Inventor(api.pbx).rows("string", {}) == Inventor(api.pbx).rows("string", {})


def test_an_enum_stands_bare_or_in_a_value() -> None:
    path = "SystemStatus/Pbx.GetRemoteAccessStatus()"
    assert Api().get(path).json == "None"
    assert Api(bare_result="wrapped").get(path).json["value"] == "None"
