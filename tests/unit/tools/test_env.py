# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Environments are made once, and anew when what they are made of changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import env
from tools.plans import Plan


class Recorded(env.Environment):
    """An environment whose creation and installation are only noted; the stamp is real."""

    def __init__(self, plan: Plan, notes: list[str]) -> None:
        super().__init__(plan)
        self.notes = notes

    def _create(self) -> None:
        self.notes.append("create")
        self.python.parent.mkdir(parents=True, exist_ok=True)
        self.python.touch()

    def _pip(self, layers: list[str]) -> None:
        self.notes.append("install " + " ".join(layers))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {"core-2.21": "ansible-core", "demo": "requests", "test": "pytest"}.items():
        (tmp_path / f"{name}.txt").write_text(f"# why\n{text}\n", "utf-8")
    monkeypatch.setattr(env, "REQUIREMENTS", tmp_path)
    monkeypatch.setattr(env, "VENVS", tmp_path / "venvs")
    return tmp_path


def ensure(*layers: str, python: str = sys.executable) -> list[str]:
    notes: list[str] = []
    Recorded(Plan("main", "2.21", "3.12", Path(python)), notes).ensure(layers)
    return notes


def test_made_once(place: Path) -> None:
    assert ensure("demo") == ["create", "install core-2.21 demo"]
    assert ensure("demo") == []


def test_more_is_added_to_what_is_there(place: Path) -> None:
    ensure("demo")
    assert ensure("demo", "test") == ["install core-2.21 demo test"]
    assert ensure("demo") == []


def test_other_requirements_make_it_anew(place: Path) -> None:
    ensure("demo")
    (place / "demo.txt").write_text("requests\nPyYAML\n", "utf-8")
    assert ensure("demo") == ["create", "install core-2.21 demo"]


def test_what_was_there_for_another_purpose_is_there_again(place: Path) -> None:
    ensure("demo", "test")
    (place / "demo.txt").write_text("requests\nPyYAML\n", "utf-8")
    assert ensure("demo") == ["create", "install core-2.21 demo test"]


def test_another_comment_does_not(place: Path) -> None:
    ensure("demo")
    (place / "demo.txt").write_text("# another reason\n\nrequests\n", "utf-8")
    assert ensure("demo") == []


def test_another_python_makes_it_anew(place: Path) -> None:
    ensure("demo")
    assert ensure("demo", python="elsewhere/python3") == ["create", "install core-2.21 demo"]


def test_interrupted_installation_makes_it_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(self: Recorded, layers: list[str]) -> None:
        raise KeyboardInterrupt

    ensure("demo")
    with monkeypatch.context() as patched:
        patched.setattr(Recorded, "_pip", killed)
        with pytest.raises(KeyboardInterrupt):
            ensure("demo", "test")
    assert ensure("demo") == ["create", "install core-2.21 demo"]


def test_moved_checkout_makes_it_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure("demo")
    (place / "venvs").rename(place / "moved")
    monkeypatch.setattr(env, "VENVS", place / "moved")
    assert ensure("demo") == ["create", "install core-2.21 demo"]


def test_without_java_there_are_no_rulebooks(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env.shutil, "which", lambda name: None)
    assert env.ensure_rulebook({"3.13": Path(sys.executable)}) == ["rulebooks in ansible-rulebook (no Java here)"]
    assert not (place / "venvs").exists()


def test_rulebooks_that_cannot_be_installed_stop_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: env.Environment, layers: list[str]) -> None:
        assert (self.plan.role, layers) == ("rulebook", ["rulebook"])
        raise subprocess.CalledProcessError(1, "pip")

    monkeypatch.setattr(env.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(env.Environment, "ensure", fails)
    assert env.ensure_rulebook({"3.13": Path(sys.executable)}) == [
        "rulebooks in ansible-rulebook (it cannot be installed here)"
    ]
