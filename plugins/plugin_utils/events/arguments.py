# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The arguments of the event source, as rulebooks and the environment give them. PRIVATE to the collection.

Values may be texts, because variables of rulebooks often are. Everything raises OptionError, which names the argument.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.connection import Connection

from ..flat import dict_of, list_of

LOGS = ("event", "activity")
STARTS = ("new", "all")
CHOICE = ("extension", "call", "search", "severity")
# What the connection options are called in the environment, as for the modules.
ENVIRONMENT = {
    "url": "TCX_URL",
    "client_id": "TCX_CLIENT_ID",
    "client_secret": "TCX_CLIENT_SECRET",
    "access_token": "TCX_ACCESS_TOKEN",
    "validate_certs": "TCX_VALIDATE_CERTS",
    "ca_path": "TCX_CA_PATH",
    "timeout": "TCX_TIMEOUT",
}
OWN = ("logs", "interval", "start", "host", "state_directory", "activity")
# ansible-rulebook adds it to the arguments of a source that can be told what became of an event.
GIVEN_BY_THE_ENGINE = ("eda_feedback_queue",)
SHORTEST = 5.0
YES = ("true", "yes", "on", "1", "y", "t")
NO = ("false", "no", "off", "0", "n", "f")


@dataclass(frozen=True)
class Arguments:
    """logs: of LOGS. interval: seconds. start: of STARTS. host: name in the inventory. activity: of CHOICE."""

    connection: Connection
    logs: tuple[str, ...]
    interval: float
    start: str
    host: str | None
    state_directory: str
    activity: dict[str, str]


def arguments_of(given: Mapping[str, Any], environ: Mapping[str, str]) -> Arguments:
    unknown = sorted(set(given) - {*ENVIRONMENT, *OWN, *GIVEN_BY_THE_ENGINE})
    if unknown:
        raise OptionError(f"{unknown[0]}: there is no such argument; there are {', '.join((*ENVIRONMENT, *OWN))}")
    return Arguments(
        connection=_connection(given, environ),
        logs=_logs(given.get("logs", "event")),
        interval=_number("interval", given.get("interval", 30.0), SHORTEST),
        start=_one_of("start", given.get("start") or "new", STARTS),
        host=_text("host", given.get("host")),
        state_directory=_text("state_directory", given.get("state_directory")) or default_directory(environ),
        activity=_choice(given.get("activity")),
    )


def default_directory(environ: Mapping[str, str]) -> str:
    """Where programs of a user keep what they need for their next start (XDG Base Directory Specification)."""
    base = environ.get("XDG_STATE_HOME") or ""
    if not base.startswith("/"):
        if not environ.get("HOME"):
            raise OptionError("state_directory: neither HOME nor XDG_STATE_HOME is set, so say where")
        base = str(Path(environ["HOME"]) / ".local" / "state")
    return str(Path(base) / "tcx.pbx" / "events")


def _connection(given: Mapping[str, Any], environ: Mapping[str, str]) -> Connection:
    values: dict[str, Any] = {}
    for name, variable in ENVIRONMENT.items():
        value = given.get(name)
        if value is None or value == "":
            value = environ.get(variable) or None
        if value is not None:
            values[name] = value
    if "url" not in values:
        raise OptionError("url: say where the PBX is, here or in the environment variable TCX_URL")
    if "validate_certs" in values:
        values["validate_certs"] = _truth("validate_certs", values["validate_certs"])
    if "timeout" in values:
        values["timeout"] = _number("timeout", values["timeout"], 0.1)
    if "ca_path" in values:
        values["ca_path"] = str(Path(str(values["ca_path"])).expanduser())
    for name in ("url", "client_id", "client_secret", "access_token"):
        if name in values:
            values[name] = str(values[name])
    try:
        # Whoever polls need not repeat a call: the next look does that.
        return Connection(**values, retry_for=0.0)
    except ValueError as exc:
        raise OptionError(str(exc)) from exc


def _logs(value: Any) -> tuple[str, ...]:
    names = _flat("logs", list_of, value)
    if not names:
        raise OptionError(f"logs: name at least one of {', '.join(LOGS)}")
    return tuple(dict.fromkeys(_one_of("logs", name, LOGS) for name in names))


def _choice(value: Any) -> dict[str, str]:
    choice = _flat("activity", dict_of, value)
    for name in choice:
        _one_of("activity", name, CHOICE)
    return {name: str(one) for name, one in choice.items() if one is not None}


def _flat(name: str, parse: Any, value: Any) -> Any:
    try:
        return parse(value)
    except ValueError as exc:
        raise OptionError(f"{name}: {exc}") from exc


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise OptionError(f'{name}: "{value}" is none of {", ".join(allowed)}')
    return str(value)


def _text(name: str, value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise OptionError(f"{name}: expected a text, not {type(value).__name__}")
    return value or None


def _number(name: str, value: Any, least: float) -> float:
    try:
        number = float("nan") if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if not least <= number < float("inf"):
        raise OptionError(f'{name}: "{value}" is not a number of seconds from {least:g} up')
    return number


def _truth(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word not in YES + NO:
        raise OptionError(f'{name}: "{value}" is neither true nor false')
    return word in YES
