# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the simulator."""

from __future__ import annotations

import sys

from tests.simulator.cli import main

if __name__ == "__main__":
    sys.exit(main())
