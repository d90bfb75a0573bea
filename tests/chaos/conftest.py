# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated PBX of the integration tests."""

from __future__ import annotations

from tests.integration.conftest import running_simulator, simulator

__all__ = ["running_simulator", "simulator"]
