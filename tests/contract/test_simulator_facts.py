# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator's facts are those of the contract, no more and no less."""

from __future__ import annotations

import re

from tests.contract.openapi import document, require_contract, versions
from tests.simulator.facts.catalog import load
from tests.simulator.facts.generate import TARGET, gather, render


def test_the_committed_facts_are_made_of_the_contract() -> None:
    require_contract()
    made = render(gather({version: document(version) for version in versions()}))
    assert made == TARGET.read_text(encoding="utf-8"), "run make simulator-facts"


def test_every_operation_of_the_contract_is_known() -> None:
    require_contract()
    for version in versions():
        offered = sum(
            method in ("get", "post", "patch", "delete", "put")
            for item in document(version)["paths"].values()
            for method in item
        )
        known = sum(len(methods) for methods in load(version).operations.values())
        assert known == offered, version


def test_no_text_of_the_contract_is_in_the_facts() -> None:
    """Names, types and versions only: no value has a blank but before the versions."""
    for text in re.findall(r'"((?:[^"\\]|\\.)*)"', TARGET.read_text(encoding="utf-8")):
        bare = re.sub(r" @[\d,-]+$", "", text)
        assert " " not in re.sub(r"^(GET|POST|PATCH|DELETE|PUT) ", "", bare), text
