# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A headless Chromium, driven over its DevTools protocol through a pair of pipes: no driver is needed.

The protocol: https://chromedevtools.github.io/devtools-protocol/. With --remote-debugging-pipe Chromium reads commands
from descriptor 3 and answers on descriptor 4, as JSON that ends with a zero byte.
"""

from __future__ import annotations

import base64
import fcntl
import itertools
import json
import os
import select
import shutil
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"),
    *("--force-color-profile=srgb", "--remote-debugging-pipe"),
)
READ, WRITE = 3, 4
# Descriptors of ours are moved above those that the browser will have.
SAFE = 10


def chromium() -> str | None:
    """The browser of this machine: what TCX_CHROMIUM names, else the first that is on PATH."""
    named = os.environ.get("TCX_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """One process; pages are opened in it one after another. profile: an empty directory of its own."""

    def __init__(self, path: str, profile: Path, timeout: float = 30) -> None:
        self._timeout = timeout
        self._numbers = itertools.count(1)
        self._buffer = b""
        self._messages: list[dict[str, Any]] = []
        theirs, self._commands = _pipe()
        self._answers, to_us = _pipe()
        log = os.open(profile / "log", os.O_WRONLY | os.O_CREAT, 0o600)
        self._process = os.posix_spawn(
            path,
            [path, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            dict(os.environ),
            file_actions=[
                (os.POSIX_SPAWN_DUP2, theirs, READ),
                (os.POSIX_SPAWN_DUP2, to_us, WRITE),
                (os.POSIX_SPAWN_DUP2, log, 1),
                (os.POSIX_SPAWN_DUP2, log, 2),
            ],
            setpgroup=0,
        )
        for descriptor in (theirs, to_us, log):
            os.close(descriptor)

    def open(self, url: str, **view: Any) -> Page:
        """A page as `view` says: see Page.show."""
        target = self.call("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self.call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        page = Page(self, target, session)
        page.show(**view)
        page.go(url)
        return page

    def call(self, method: str, params: Mapping[str, Any] | None = None, session: str | None = None) -> dict[str, Any]:
        """The result of a command. Raises RuntimeError if the browser refuses it."""
        number = next(self._numbers)
        command = {"id": number, "method": method, "params": dict(params or {})}
        if session:
            command["sessionId"] = session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        answer = self._await(lambda message: message.get("id") == number, method)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def await_event(self, name: str, session: str) -> dict[str, Any]:
        return self._await(lambda one: one.get("method") == name and one.get("sessionId") == session, name)

    def events(self, session: str) -> list[dict[str, Any]]:
        """Everything that was told of a page and not awaited, in order."""
        return [one for one in self._messages if one.get("sessionId") == session and "method" in one]

    def close(self) -> None:
        for descriptor in (self._commands, self._answers):
            os.close(descriptor)
        # Chromium ends when its pipe does; its group, should it not.
        deadline = time.monotonic() + 5
        while os.waitpid(self._process, os.WNOHANG) == (0, 0):
            if time.monotonic() > deadline:
                os.killpg(self._process, signal.SIGKILL)
                deadline += self._timeout
            time.sleep(0.02)

    def _await(self, wanted: Any, what: str) -> dict[str, Any]:
        deadline = time.monotonic() + self._timeout
        while True:
            for place, message in enumerate(self._messages):
                if wanted(message):
                    return self._messages.pop(place)
            if not select.select([self._answers], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError(f"the browser did not answer to {what} within {self._timeout} seconds")
            self._read()

    def _read(self) -> None:
        got = os.read(self._answers, 1 << 20)
        if not got:
            raise RuntimeError("the browser has ended")
        *whole, self._buffer = (self._buffer + got).split(b"\0")
        self._messages += [json.loads(one) for one in whole]


class Page:
    """One tab. Requests, dialogs and errors of it are kept from before it is loaded."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        self._browser = browser
        self._target = target
        self._session = session
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        return self._browser.call(method, params, self._session)

    def show(self, width: int = 1280, height: int = 900, scheme: str = "light", media: str = "screen") -> None:
        """width, height: in CSS pixels. scheme: light or dark. media: screen or print."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)

    def go(self, url: str) -> None:
        self.call("Page.navigate", url=url)
        self._browser.await_event("Page.loadEventFired", self._session)

    def evaluate(self, expression: str) -> Any:
        """The value of an expression of JavaScript; the page's own policy does not keep DevTools from it."""
        done = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in done:
            raise RuntimeError(f"{expression[:80]}: {done['exceptionDetails']}")
        return done["result"].get("value")

    def screenshot(self, path: Path) -> Path:
        """The whole page, not only what fits into the window."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        picture = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        path.write_bytes(base64.b64decode(picture["data"]))
        return path

    def pdf(self, path: Path) -> Path:
        """As it is printed, on A4."""
        printed = self.call("Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69)
        path.write_bytes(base64.b64decode(printed["data"]))
        return path

    @property
    def requests(self) -> list[str]:
        """Addresses that the page asked for, its own among them."""
        return [one["params"]["request"]["url"] for one in self._told("Network.requestWillBeSent")]

    @property
    def blocked(self) -> list[str]:
        """Those of the requests that the page's own policy forbade, so that nothing was sent."""
        told = [one["params"] for one in self._told("Network.loadingFailed")]
        numbers = {one["requestId"] for one in told if one.get("blockedReason") == "csp"}
        sent = [one["params"] for one in self._told("Network.requestWillBeSent")]
        return [one["request"]["url"] for one in sent if one["requestId"] in numbers]

    @property
    def dialogs(self) -> list[str]:
        """Messages of alert() and the like, which nothing but a script can open."""
        return [one["params"]["message"] for one in self._told("Page.javascriptDialogOpening")]

    @property
    def complaints(self) -> list[str]:
        """What the browser has to say of the page: errors of scripts, and what the page's policy forbade."""
        logged = [one["params"]["entry"]["text"] for one in self._told("Log.entryAdded")]
        return logged + [str(one["params"]) for one in self._told("Runtime.exceptionThrown")]

    def close(self) -> None:
        self._browser.call("Target.closeTarget", {"targetId": self._target})

    def _told(self, event: str) -> list[dict[str, Any]]:
        return [one for one in self._browser.events(self._session) if one["method"] == event]


def _pipe() -> tuple[int, int]:
    """Read and write end, both away from the descriptors that the browser is given."""
    ends = os.pipe()
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, SAFE) for end in ends]
    for end in ends:
        os.close(end)
    return moved[0], moved[1]
