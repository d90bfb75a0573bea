# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run ansible-test sanity on a copy of the checkout, without containers and with PyPI as the only source.

ansible-test fetches one script, get-pip, from a server of its own before it makes its environments. A stand-in is put
where ansible-test would keep what it fetched: it copies the pip of the environment that runs ansible-test, which is
there compiled already (installing it anew takes longer than all that is installed with it).
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tools.checkout import BUILD, run
from tools.tree import export, shipped_files, tracked_files

STAND_IN = """\
import shutil
import sysconfig
from pathlib import Path

there = Path({packages!r})
for source in (there / "pip", *there.glob("pip-*.dist-info")):
    shutil.copytree(source, Path(sysconfig.get_path("purelib"), source.name))
"""
# The user's own pip settings and cache are used also from the home directory that ansible-test is given.
PIP_PLACES = (".cache/pip", ".config/pip", ".pip")


def get_pip_versions(python: Path) -> list[str]:
    """Return the pip versions, such as ``25_2``, whose get-pip this environment's ansible-test asks for.

    Raises RuntimeError if ansible-test no longer says so where it used to.
    """
    code = "import ansible_test._internal.python_requirements as m; print(open(m.__file__, encoding='utf-8').read())"
    versions = re.findall(r"pip=['\"]([\d.]+)['\"]", _answer(python, code))
    if not versions:
        raise RuntimeError("ansible-test's python_requirements.py names no pip version: adapt tools/sanity.py")
    return [version.replace(".", "_") for version in versions]


def _answer(python: Path, code: str) -> str:
    return subprocess.run([python, "-c", code], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def prepare_home(home: Path, python: Path) -> None:
    """Make a home directory for ansible-test with the stand-in in its cache and the user's pip settings."""
    cache = home / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    packages = _answer(python, "import sysconfig; print(sysconfig.get_path('purelib'))")
    for version in get_pip_versions(python):
        (cache / f"get_pip_{version}.py").write_text(STAND_IN.format(packages=packages), "utf-8")
    for place in PIP_PLACES:
        link, real = home / place, Path.home() / place
        if real.exists() and not link.exists():
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(real)


def complaints(output: str) -> str:
    """Return the lines of ansible-test's output that say what is wrong; all of it if there are none."""
    lines = [line for line in output.splitlines() if line.startswith(("ERROR", "FATAL")) or _is_failed_test(line)]
    return "\n".join(lines) or output


def _is_failed_test(line: str) -> bool:
    # The list under FATAL: "import --python 3.12", "pep8".
    return re.fullmatch(r"[a-z0-9-]+( --python \d\.\d+)?", line) is not None


def sanity(python: Path, version: str, name: str, *, whole: bool) -> subprocess.CompletedProcess[str]:
    """Run every sanity test with the ansible-test beside ``python`` (a Python ``version``, such as "3.12").

    Looks at the whole repository, or at what users get and galaxy.yml only. The copy and ansible-test's own
    environments stay in .build/sanity/``name``, which makes a second run fast.
    """
    work = BUILD / "sanity" / name
    files = tracked_files() if whole else [Path("galaxy.yml"), *shipped_files()]
    tree = export(work, files=files, keep=["tests/output/"])
    prepare_home(work / "home", python)
    argv = [str(python.parent / "ansible-test"), "sanity", "--local", "--python", version, "--color", "no"]
    return run(argv, python=python, cwd=tree, environ={"HOME": str(work / "home")})
