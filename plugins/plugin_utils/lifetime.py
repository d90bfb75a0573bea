# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A worker does not outlive its run. PRIVATE to the collection.

Workers are in sessions of their own, so whoever kills ansible-playbook alone (kill -9, a kernel short of memory, a job
that is cancelled) leaves them. They would go on changing the PBX while the next run takes this one for gone.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys

# prctl(2): the signal that this process gets when its parent ends.
PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Let this worker be killed when its run is. Does nothing in a process that is no worker, and outside Linux."""
    if multiprocessing.parent_process() is None or not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        # It ended before it was asked for.
        os.kill(os.getpid(), signal.SIGKILL)
