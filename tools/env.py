# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Needs nothing but the standard library: it creates what all others need.
"""Create the virtual environments under .venv, once, and again when what they are made of changes.

``python -m tools.env demo`` prepares the main environment for the demo and ``python -m tools.env test`` everything
that the tests and linters need. Each environment keeps a stamp of what it was made of; without a matching stamp (other
requirements, other Python, moved directory, interrupted creation) it is made anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tools.checkout import CONTROLLERS, REQUIREMENTS, ROOT, VENVS
from tools.plans import Plan, main_plan, rulebook_plan, second_plan, untested

LAYERS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "demo": {"main": ["demo"]},
    "test": {"main": ["demo", "test", "lint"], "second": ["demo", "test"]},
}


def pythons() -> dict[str, Path]:
    """Return the usable Pythons of this machine by version, as tools/pythons finds them."""
    listing = subprocess.run([ROOT / "tools" / "pythons"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return {version: Path(path) for version, path in (line.split(" ", 1) for line in listing.splitlines())}


def fingerprint(layer: str) -> str:
    """Return a hash of what one requirements file asks for; comments do not count."""
    lines = (REQUIREMENTS / f"{layer}.txt").read_text("utf-8").splitlines()
    asked = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return hashlib.sha256("\n".join(asked).encode()).hexdigest()


def say(what: str) -> None:
    """Tell the person at the terminal what takes so long."""
    print(what, file=sys.stderr, flush=True)


class Environment:
    """One virtual environment of this checkout and the stamp in it."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan; nothing is created yet."""
        self.plan = plan
        self.path = VENVS / plan.role
        self.python = self.path / "bin" / "python"
        self._stamp = self.path / "tcx-stamp.json"

    def ensure(self, layers: Sequence[str]) -> None:
        """Create the environment if need be, and install the layers that it lacks."""
        wanted = {f"core-{self.plan.core}", *layers}
        installed = self._installed()
        if installed is None:
            # What another purpose had asked for is there again afterwards.
            wanted |= {layer for layer in self._stamped() if not layer.startswith("core-")}
            self._create()
            installed = {}
        if wanted - installed.keys():
            self._install(sorted(installed.keys() | wanted))

    def _identity(self) -> dict[str, str]:
        return {"python": str(self.plan.python), "path": str(self.path)}

    def _installed(self) -> dict[str, str] | None:
        """Return the layers in the environment, or None if it cannot be used as it is."""
        layers = self._stamped()
        usable = bool(layers) and self.python.exists()
        return layers if usable and all(fingerprint(name) == made for name, made in layers.items()) else None

    def _stamped(self) -> dict[str, str]:
        """Return the layers that the stamp names, by their fingerprints; none if it is of another environment."""
        try:
            stamp = json.loads(self._stamp.read_text("utf-8"))
            same = stamp["identity"] == self._identity()
            layers = {name: made for name, made in stamp["layers"].items() if (REQUIREMENTS / f"{name}.txt").is_file()}
        except (OSError, ValueError, KeyError):
            return {}
        return layers if same else {}

    def _create(self) -> None:
        say(f"Creating {self.path.relative_to(VENVS.parent)} with Python {self.plan.version}")
        shutil.rmtree(self.path, ignore_errors=True)
        subprocess.run([self.plan.python, "-m", "venv", self.path], check=True)

    def _install(self, layers: list[str]) -> None:
        say(f"Installing {', '.join(layers)} into {self.path.relative_to(VENVS.parent)}")
        self._stamp.unlink(missing_ok=True)
        self._pip(layers)
        stamp = {"identity": self._identity(), "layers": {layer: fingerprint(layer) for layer in layers}}
        self._stamp.write_text(json.dumps(stamp, indent=2) + "\n", "utf-8")

    def _pip(self, layers: list[str]) -> None:
        """Install all layers in one go, so that pip sees every requirement at once."""
        argv = [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        for layer in layers:
            argv += ["-r", str(REQUIREMENTS / f"{layer}.txt")]
        subprocess.run(argv, check=True)


@contextmanager
def only_one() -> Iterator[None]:
    """Keep a second make in the same checkout waiting while environments are being made."""
    VENVS.mkdir(exist_ok=True)
    with (VENVS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_controllers(environments: Sequence[Environment], missing: Sequence[str]) -> None:
    """Tell the tests which environments there are, and what this machine could not offer."""
    rows = [
        {"name": env.plan.name, "core": env.plan.core, "version": env.plan.version, "python": str(env.python)}
        for env in environments
    ]
    CONTROLLERS.write_text(json.dumps({"controllers": rows, "untested": list(missing)}, indent=2) + "\n", "utf-8")


def ensure_rulebook(found: Mapping[str, Path]) -> list[str]:
    """Create the environment of ansible-rulebook; nothing else depends on it.

    Return a sentence for what cannot be tested without it.
    """
    if shutil.which("java") is None:
        return ["rulebooks in ansible-rulebook (no Java here)"]
    try:
        Environment(rulebook_plan(found)).ensure(["rulebook"])
    except subprocess.CalledProcessError:
        return ["rulebooks in ansible-rulebook (it cannot be installed here)"]
    return []


def prepare(purpose: str) -> None:
    """Make sure that everything for a purpose (demo or test) is there."""
    found = pythons()
    plans = {"main": main_plan(found), "second": second_plan(found)}
    environments = {role: Environment(plan) for role in LAYERS[purpose] if (plan := plans[role]) is not None}
    # pip leaves most of a second processor unused.
    with only_one(), ThreadPoolExecutor() as together:
        made = [together.submit(one.ensure, LAYERS[purpose][role]) for role, one in environments.items()]
        rulebook = together.submit(ensure_rulebook, found) if purpose == "test" else None
        for one in made:
            one.result()
        if rulebook is not None:
            write_controllers([*environments.values()], [*untested(found), *rulebook.result()])


def main(argv: Sequence[str]) -> int:
    """Prepare what the one argument names and return an exit status."""
    if len(argv) != 1 or argv[0] not in LAYERS:
        print(f"usage: python -m tools.env {{{','.join(LAYERS)}}}", file=sys.stderr)
        return 2
    try:
        prepare(argv[0])
    except LookupError as exc:
        print(exc, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as exc:
        print(f"Failed ({exc.returncode}): {' '.join(map(str, exc.cmd))}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
