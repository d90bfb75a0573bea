# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carries out what is asked of services. PRIVATE to the collection.

Not an entity set that converges: calls take effect later, a restart leaves no trace, and the answer may be cut off
by the very service that gives it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from .._xapi.errors import (
    AuthFailed,
    LostAnswer,
    Malformed,
    ServerFault,
    TlsUntrusted,
    TokenFlood,
    Unreachable,
    XapiError,
)
from .port import Port
from .services import RUNNING, Services, services_of
from .services_plan import SWITCHES, Act, Verb, Wish, state_verb
from .services_watch import Watch, moved

FIRST_PAUSE, LONGEST_PAUSE, GROWTH = 0.5, 2.0, 1.5
# The call may have been carried out all the same; after any other error it was not.
DOUBTFUL = (LostAnswer, ServerFault, Malformed)
# No other call can do better after these; waiting cures only the last.
INCURABLE = (AuthFailed, TlsUntrusted, TokenFlood)
HOPELESS = (*INCURABLE, Unreachable)
# What is to run is looked at again at the end, since stopping or restarting one may stop others.
ORDER: tuple[Verb, ...] = ("stop", "start", "restart", "start")
ACTIONS: dict[Verb, str] = {
    "disable": "Services/Pbx.Disable",
    "enable": "Services/Pbx.Enable",
    "stop": "Services/Pbx.Stop",
    "start": "Services/Pbx.Start",
    "restart": "Services/Pbx.Restart",
}

Answers: TypeAlias = "Sequence[tuple[Act, XapiError | None]]"


class PingPort(Port, Protocol):
    """`ping(retry=False)` fails at once where an ordinary call keeps trying."""

    def ping(self, retry: bool = True) -> str: ...


@dataclass
class Outcome:
    """status: done, failed, unknown (it may have been done) or skipped. sent: the PBX may have accepted the call."""

    act: Act
    status: str
    message: str = ""
    sent: bool = True

    def as_dict(self) -> dict[str, Any]:
        act = self.act
        return {"index": act.index, "item": act.name, "action": act.verb, "status": self.status, "msg": self.message}


class ServiceRun:
    """One run over one PBX. timeout: seconds of waiting in all. clock counts seconds, from anywhere."""

    def __init__(
        self,
        port: PingPort,
        services: Services,
        *,
        wait: bool = True,
        timeout: float = 120.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._port = port
        self.services = services
        self.outcomes: list[Outcome] = []
        self._wait = wait
        self._timeout = timeout
        self._sleep = sleep
        self._clock = clock
        self._deadline = clock() + timeout
        self._hopeless = ""
        self._restarted: set[str] = set()
        self._given_up: set[str] = set()
        self._disabled: set[str] = set()

    def perform(self, wishes: Sequence[Wish], acts: Sequence[Act]) -> list[Outcome]:
        """acts: as planned for `services`, which has the last reading afterwards."""
        if self._wait:
            self._settle(wishes)
        for switch in SWITCHES:
            self._switch([act for act in acts if act.verb == switch])
        self._skip([act for act in acts if act.verb not in SWITCHES and act.name in self._given_up])
        for verb in ORDER if self._wait else ORDER[:-1]:
            self._change([Act(wish.index, wish.name, verb) for wish in wishes if self._due(wish) == verb])
        if self._wait:
            self._verify(wishes)
        else:
            self._look_once()
        return self.outcomes

    def _due(self, wish: Wish) -> Verb | None:
        if wish.name in self._given_up:
            return None
        service = self.services[wish.name]
        if wish.name in self._restarted:
            return None if service.heading == RUNNING else "start"
        return state_verb(wish, service)

    def _verify(self, wishes: Iterable[Wish]) -> None:
        """What needed no call, because it was on its way there, and did not arrive."""
        judged = {outcome.act.name for outcome in self.outcomes}
        for wish in wishes:
            service = self.services[wish.name]
            if wish.state in ("started", "stopped") and wish.name not in judged and service.pending:
                act = Act(wish.index, wish.name, "start" if wish.state == "started" else "stop")
                message = f"it is {service.status} after {self._timeout:g} s; look at the PBX, or raise wait_timeout"
                self.outcomes.append(Outcome(act, "failed", message, sent=False))

    # --- calling

    def _switch(self, acts: Sequence[Act]) -> None:
        """What could not be enabled or disabled keeps its state too, so that the next run tries both again."""
        answers = self._send(acts)
        self.outcomes += [_answered(act, error) for act, error in answers]
        self._given_up |= {act.name for act, error in answers if error is not None}
        self._disabled |= {act.name for act, error in answers if error is None and act.verb == "disable"}

    def _skip(self, acts: Sequence[Act]) -> None:
        message = "not tried, since enabling or disabling it failed"
        self.outcomes += [Outcome(act, "skipped", message, sent=False) for act in acts]

    def _change(self, acts: Sequence[Act]) -> None:
        before = self.services
        answers = self._send(acts)
        open_ = [(act, error) for act, error in answers if error is None or isinstance(error, DOUBTFUL)]
        self._conclude([_answered(act, error) for act, error in answers if (act, error) not in open_])
        if not open_:
            return
        if self._wait:
            self._conclude(self._followed(open_, before))
        else:
            self._conclude([_unwatched(act, error, serves_api=before[act.name].serves_api) for act, error in open_])

    def _conclude(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            self.outcomes.append(outcome)
            if outcome.status != "done":
                self._given_up.add(outcome.act.name)
            elif outcome.act.verb == "restart":
                self._restarted.add(outcome.act.name)

    def _send(self, acts: Sequence[Act]) -> Answers:
        """One call for all; if that is declined, one by one, to learn which of them is the matter."""
        if not acts:
            return []
        if self._hopeless:
            message = f"not tried after: {self._hopeless}"
            self._conclude([Outcome(act, "skipped", message, sent=False) for act in acts])
            return []
        error = self._call(acts)
        if isinstance(error, HOPELESS):
            self._hopeless = str(error)
        elif error is not None and not isinstance(error, DOUBTFUL) and len(acts) > 1:
            return [answer for act in acts for answer in self._send_one(act)]
        return [(act, error) for act in acts]

    def _send_one(self, act: Act) -> Answers:
        """A refusal of many may come after some were done: what is on its way by now is not asked for again."""
        if act.verb not in SWITCHES and self._under_way(act):
            return [(act, None)]
        return self._send([act])

    def _under_way(self, act: Act) -> bool:
        try:
            now = services_of(self._port).get(act.name)
        except XapiError:
            return False
        return now is not None and moved(self.services[act.name], now)

    def _call(self, acts: Sequence[Act]) -> XapiError | None:
        verb = acts[0].verb
        body = {"options": {"ServiceNames": [act.name for act in acts]}}
        try:
            self._port.action(ACTIONS[verb], body, repeatable=verb != "restart")
        except XapiError as exc:
            return exc
        return None

    # --- waiting

    def _settle(self, wishes: Sequence[Wish]) -> None:
        """What is moving already comes to rest first, as far as the time goes: a start during a stop may be ignored."""
        moving = {wish.name for wish in wishes if wish.state and self.services[wish.name].pending}

        def at_rest(seen: Services) -> bool:
            return not any(name in seen and seen[name].pending for name in moving)

        if moving:
            self._poll(at_rest, lambda error: None, careful=False)

    def _followed(self, answers: Answers, before: Services) -> list[Outcome]:
        acts, error = [act for act, _error in answers], next((error for _act, error in answers if error), None)
        serving = any(before[act.name].serves_api for act in acts)
        accepted = error is None or (serving and isinstance(error, LostAnswer))
        watch = Watch(acts, before, now=self._clock(), accepted=accepted, may_hide=self._disabled)

        def over(seen: Services) -> bool:
            watch.see(seen)
            return watch.over(self._clock())

        self._poll(over, watch.miss, careful=serving)
        return [self._judged(watch, act, error) for act, error in answers]

    def _judged(self, watch: Watch, act: Act, error: XapiError | None) -> Outcome:
        status, message = watch.verdict(act.name, self._timeout)
        if status != "done" and error is not None:
            message = f"{error} Afterwards: {message}"
        return Outcome(act, status, message, sent=error is None or status != "failed")

    def _poll(self, over: Callable[[Services], bool], missed: Callable[[str], None], *, careful: bool) -> None:
        """Looks until `over`, or until the time is. careful: the API itself may be away."""
        pause = FIRST_PAUSE
        while (left := self._deadline - self._clock()) > 0:
            self._sleep(min(pause, left))
            pause = min(pause * GROWTH, LONGEST_PAUSE)
            try:
                seen = self._look(careful)
            except XapiError as exc:
                missed(str(exc))
                if isinstance(exc, INCURABLE):
                    self._hopeless = str(exc)
                    return
            else:
                if over(seen):
                    return

    def _look(self, careful: bool) -> Services:
        """A list that is not complete yet, early after a restart, does not make others unknown."""
        if careful:
            self._port.ping(retry=False)
        seen = services_of(self._port)
        self.services = {**self.services, **seen}
        return seen

    def _look_once(self) -> None:
        if self._hopeless:
            return
        try:
            self._look(careful=True)
        except XapiError:
            return


def _answered(act: Act, error: XapiError | None) -> Outcome:
    return Outcome(act, "done") if error is None else Outcome(act, "failed", str(error), sent=False)


def _unwatched(act: Act, error: XapiError | None, *, serves_api: bool) -> Outcome:
    """Nobody waits. What serves the API cuts its own answer off; any other lost answer leaves a doubt."""
    if error is None or (serves_api and isinstance(error, LostAnswer)):
        return Outcome(act, "done")
    return Outcome(act, "unknown", str(error))


def failures(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.status != "done"]
