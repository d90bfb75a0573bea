# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator process for tests, with its control interface as methods.

    with Simulator(seed="demo", version="20.0.10") as pbx:
        run_something(pbx.url, pbx.client_id, pbx.client_secret, pbx.ca_path)
        assert pbx.calls("POST") == [...]

Works from any directory and with any number of processes at a time (port 0).
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import requests

from tests.simulator.process import SimulatorProcess

ANSWER_WITHIN = 90.0
NEWEST = "20.0.10"


def command_line(
    *,
    version: str = NEWEST,
    seed: str | Path = "demo",
    tls: bool = True,
    client_id: str = "simulator",
    client_secret: str = "simulator-secret",
    switches: Mapping[str, Any] | None = None,
) -> list[str]:
    """The options of the simulator's command line; ``switches`` maps names to values."""
    place = str(seed) if seed in ("demo", "empty") else str(Path(seed).resolve())
    options = ["--version", version, "--seed", place, "--client-id", client_id, "--client-secret", client_secret]
    options += [] if tls else ["--no-tls"]
    for name, value in (switches or {}).items():
        options += ["--switch", f"{name}={value}"]
    return options


class RunningPbx:
    """A simulated PBX that runs somewhere, with its control interface as methods.

    ``url``, ``control_url`` and ``ca_path`` are empty until somebody says where that is.
    """

    def __init__(self, *, version: str, client_id: str, client_secret: str) -> None:
        self.version = version
        self.client_id = client_id
        self.client_secret = client_secret
        self.url = ""
        self.ca_path: str | None = None
        self.control_url = ""
        self._session = requests.Session()
        # Neither proxies nor certificate bundles of the environment concern a local process.
        self._session.trust_env = False

    @classmethod
    def at(cls, *, url: str, control_url: str, ca_path: str | None, **others: str) -> RunningPbx:
        """The one that runs there; what ``address`` gave, in another process."""
        pbx = RunningPbx(**others)
        pbx.url, pbx.control_url, pbx.ca_path = url, control_url, ca_path
        return pbx

    @property
    def address(self) -> dict[str, Any]:
        """What ``at`` needs."""
        names = ("version", "client_id", "client_secret", "url", "control_url", "ca_path")
        return {name: getattr(self, name) for name in names}

    # Control interface

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """One control request; ValueError with the simulator's words when it refuses."""
        answer = self._session.request(
            method, f"{self.control_url}/{path}", json=body, verify=self.ca_path or True, timeout=ANSWER_WITHIN
        )
        content = answer.json()
        if answer.status_code != 200:
            raise ValueError(content.get("error", content))
        return content

    def log(self, *, bodies: bool = False, since: int = 0) -> list[dict[str, Any]]:
        """All requests since the start or the last clear_log, oldest first."""
        entries: list[dict[str, Any]] = self.control("GET", f"log?bodies={int(bodies)}&since={since}")["log"]
        return entries

    def clear_log(self) -> None:
        """Forgets the log."""
        self.control("DELETE", "log")

    def calls(self, *methods: str) -> list[str]:
        """The log as ``METHOD path``; only these methods when given."""
        return [f"{e['method']} {e['path']}" for e in self.log() if not methods or e["method"] in methods]

    def writes(self) -> list[str]:
        """All requests but GETs and those for tokens."""
        return [
            f"{e['method']} {e['path']}" for e in self.log() if e["method"] != "GET" and e["path"] != "/connect/token"
        ]

    def state(self, *, ids: bool = False) -> dict[str, Any]:
        """The comparable state: equal PBXs give equal values."""
        found: dict[str, Any] = self.control("GET", f"state?ids={int(ids)}")
        return found

    def rows(self, set_name: str, *, ids: bool = False) -> list[dict[str, Any]]:
        """The comparable state of one set."""
        found: list[dict[str, Any]] = self.state(ids=ids)["sets"].get(set_name, [])
        return found

    def coverage(self) -> dict[str, Any]:
        """How true the simulator is to each operation: modelled, stored, stateful or canned."""
        found: dict[str, Any] = self.control("GET", "coverage")
        return found

    def change_settings(self, name: str, **properties: Any) -> None:
        """Changes a singleton, or settings behind a pair of functions such as BackupSettings, behind the API's back."""
        self.control("PATCH", "state", {name: properties})

    def reset(self) -> None:
        """Back to the seed; the log, faults, switches and the clock too. Clients and tokens stay."""
        self.control("POST", "reset")

    def save(self, name: str) -> None:
        """Keeps the state under a name; ValueError while something is under way, such as an update."""
        self.control("POST", "save", {"name": name})

    def restore(self, name: str) -> None:
        """Back to the state that was kept under this name, as often as one likes. Log, faults and switches stay."""
        self.control("POST", "restore", {"name": name})

    def switch(self, **values: Any) -> None:
        """Changes switches until the next reset."""
        self.control("PATCH", "switches", values)

    def fault(
        self,
        action: dict[str, Any],
        *,
        method: str | None = None,
        path: str | None = None,
        nth: int | None = None,
        after: int | None = None,
        times: int | None = 1,
    ) -> None:
        """Lets something go wrong; see docs/simulator.md."""
        wanted = {"method": method, "path": path, "nth": nth, "after": after}
        match = {name: value for name, value in wanted.items() if value is not None}
        self.control("POST", "faults", {"match": match, "action": action, "times": times})

    def clear_faults(self) -> None:
        """No more faults."""
        self.control("DELETE", "faults")

    def hold(self, nth: int, *, executed: bool = False, **match: Any) -> None:
        """Holds the request at this position, counted from now; with executed=True after it took effect."""
        self.fault({"hold": "after" if executed else "before"}, nth=nth, **match)

    def held(self, wait: float = 0.0) -> list[dict[str, Any]]:
        """The requests held now; waits up to this many seconds for one."""
        found: list[dict[str, Any]] = self.control("GET", f"held?wait={wait}")["held"]
        return found

    def release(self, *, drop: bool = False) -> int:
        """Lets held requests go on, or cuts them; how many there were."""
        return int(self.control("POST", "release", {"drop": drop})["released"])

    def revoke_tokens(self) -> None:
        """Kills all tokens."""
        self.control("POST", "tokens/revoke")

    def advance(self, seconds: float) -> None:
        """Lets time pass on the PBX."""
        self.control("POST", "clock", {"advance": seconds})

    def add_client(self, client_id: str, client_secret: str, role: str = "owner") -> None:
        """One more API client."""
        self.control("POST", "clients", {"client_id": client_id, "client_secret": client_secret, "role": role})

    def set_calls(self, *calls: dict[str, Any]) -> None:
        """Replaces the calls in progress: {"caller", "callee", "ends_in"}."""
        self.control("POST", "calls", list(calls))

    def note_activity(self, *messages: str) -> None:
        """Lines of the activity log, now."""
        self.control("POST", "activity", list(messages))

    def create(self, set_name: str, **properties: Any) -> dict[str, Any]:
        """Creates an entity behind the API's back."""
        made: dict[str, Any] = self.control("POST", f"entities/{set_name}", properties)
        return made

    def change(self, set_name: str, key: str | int, **properties: Any) -> dict[str, Any]:
        """Changes an entity behind the API's back; key: its key, number, name or network."""
        changed: dict[str, Any] = self.control("PATCH", f"entities/{set_name}({_key(key)})", properties)
        return changed

    def remove(self, set_name: str, key: str | int) -> None:
        """Deletes an entity behind the API's back."""
        self.control("DELETE", f"entities/{set_name}({_key(key)})")

    # A plain client, for tests that want to look through the API

    def token(self) -> str:
        """A fresh token of the default client; its previous one is dead then."""
        answer = self._session.post(
            f"{self.url}/connect/token",
            data={
                "grant_type": "client_credentials",
                "client_id": self.client_id,
                "client_secret": self.client_secret,
            },
            verify=self.ca_path or True,
            timeout=ANSWER_WITHIN,
        )
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def request(self, method: str, path: str, *, token: str | None = None, **options: Any) -> requests.Response:
        """One XAPI request (path below /xapi/v1).

        With a token it is a client's request. Without, nobody notices it: no log, no faults, no token spent.
        """
        identity = {"Authorization": f"Bearer {token}"} if token else {"X-Simulator-Observer": "1"}
        return self._session.request(
            method,
            f"{self.url}/xapi/v1/{path}",
            headers={**identity, **options.pop("headers", {})},
            verify=self.ca_path or True,
            timeout=ANSWER_WITHIN,
            allow_redirects=False,
            **options,
        )

    def get(self, path: str) -> Any:
        """What a GET through the API shows, unnoticed; RuntimeError when it is refused."""
        answer = self.request("GET", path)
        if answer.status_code != 200:
            raise RuntimeError(f"GET {path}: {answer.status_code} {answer.text}")
        return answer.json()


class Simulator(RunningPbx):
    """One process, with one PBX. Options are those of ``command_line``."""

    def __init__(
        self,
        *,
        version: str = NEWEST,
        client_id: str = "simulator",
        client_secret: str = "simulator-secret",
        python: str = sys.executable,
        **others: Any,
    ) -> None:
        super().__init__(version=version, client_id=client_id, client_secret=client_secret)
        self.options = command_line(version=version, client_id=client_id, client_secret=client_secret, **others)
        self.python = python
        self.pid = 0

    def start(self) -> Self:
        """Starts the process and waits until it is ready; RuntimeError with its words when it does not come up."""
        self._process = SimulatorProcess("tests.simulator", self.options, self.python)
        ready = self._process.ready
        self.url, self.control_url, self.pid = ready["url"], ready["control"], ready["pid"]
        self.ca_path = ready["ca_path"]
        return self

    def stop(self) -> int:
        """Ends the process in order and returns its exit status."""
        self._session.close()
        return self._process.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class Fleet:
    """Many PBXs in one process, by name. What ``members`` holds are options of ``command_line``.

    with Fleet({"alder": {"version": "20.0.4"}, "birch": {}}) as pbxs:
        run_something(pbxs["alder"].url)
    """

    def __init__(self, members: Mapping[str, Mapping[str, Any]]) -> None:
        self._members = {name: command_line(**options) for name, options in members.items()}

    def __enter__(self) -> dict[str, RunningPbx]:
        with tempfile.TemporaryDirectory() as folder:
            listing = Path(folder) / "fleet.json"
            listing.write_text(json.dumps(self._members), encoding="utf-8")
            self._process = SimulatorProcess("tests.simulator.fleet", [str(listing)])
        ready = self._process.ready
        return {name: self._reached(said, ready["ca_path"]) for name, said in ready["pbxs"].items()}

    def _reached(self, said: Mapping[str, str], ca_path: str) -> RunningPbx:
        client = {name: said[name] for name in ("version", "client_id", "client_secret")}
        return RunningPbx.at(url=said["url"], control_url=said["control"], ca_path=ca_path, **client)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.stop()


def _key(key: str | int) -> str:
    return str(key) if isinstance(key, int) else "'" + quote(key.replace("'", "''"), safe="") + "'"
