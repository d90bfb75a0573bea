# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared memory itself: slots, threads, torn writes, and what happens when it is full or gone."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import threading
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi import token_memory, token_slots
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Unreachable
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token import Token
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token_memory import TokenMemory, tag_of
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token_slots import SLOT_SIZE, TAG_SIZE, Slots


def tag(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest()


def colliding(number: int) -> bytes:
    """Tags that all want the same slot."""
    return bytes(8) + number.to_bytes(TAG_SIZE - 8, "big")


class Maker:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> Token:
        self.calls += 1
        return Token(f"token-{self.calls}", 100.0, "system_owners")


def good(token: Token) -> bool:
    return True


def test_tags_tell_clients_apart() -> None:
    tags = {
        tag_of("u", "a", "b"),
        tag_of("u", "a", "c"),
        tag_of("u", "ab", ""),
        tag_of("ua", "", "b"),
        tag_of("v", "a", "b"),
    }
    assert len(tags) == 5
    assert {len(each) for each in tags} == {TAG_SIZE}
    assert tag_of("u", "a", "b") == tag_of("u", "a", "b")


def test_a_token_is_made_once_and_comes_back_whole() -> None:
    memory, make = TokenMemory(4), Maker()
    first = memory.fetch(tag(1), good, make)
    again = TokenMemory.fetch(memory, tag(1), good, make)
    assert first == again == Token("token-1", 100.0, "system_owners")
    assert make.calls == 1


def test_a_bad_or_rejected_token_is_replaced() -> None:
    memory, make = TokenMemory(4), Maker()
    memory.fetch(tag(1), good, make)
    assert memory.fetch(tag(1), lambda token: token.value != "token-1", make).value == "token-2"
    assert memory.fetch(tag(1), good, make, rejected="token-2").value == "token-3"
    assert memory.fetch(tag(1), good, make, rejected="token-2").value == "token-3"
    assert make.calls == 3


def test_clients_do_not_mix() -> None:
    memory, make = TokenMemory(64), Maker()
    values = [memory.fetch(colliding(number), good, make).value for number in range(1, 33)]
    assert len(set(values)) == 32
    assert [memory.fetch(colliding(number), good, make).value for number in range(1, 33)] == values
    assert make.calls == 32


def test_room_for_a_thousand_clients() -> None:
    memory, make = TokenMemory(), Maker()
    for _attempt in range(2):
        for number in range(1000):
            memory.fetch(tag(number), good, make)
    assert make.calls == 1000


def test_a_full_memory_only_shares_no_more() -> None:
    memory, make = TokenMemory(2), Maker()
    for _attempt in range(2):
        for number in range(4):
            memory.fetch(tag(number), good, make)
    assert make.calls == 4
    assert memory._own.keys() < {tag(number) for number in range(4)}


def test_a_token_too_long_for_a_slot_is_kept_by_the_process() -> None:
    memory, calls = TokenMemory(2), Maker()

    def make() -> Token:
        return Token("x" * SLOT_SIZE + calls().value, 100.0)

    first = memory.fetch(tag(1), good, make)
    assert memory.fetch(tag(1), good, make) == first
    assert calls.calls == 1
    assert memory.fetch(tag(1), good, make, rejected=first.value) != first


def test_without_shared_memory_each_process_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> int:
        raise OSError(errno.ENOSYS, "no")

    monkeypatch.setattr(token_slots, "_anonymous_file", refuse)
    memory, make = TokenMemory(4), Maker()
    assert memory.fetch(tag(1), good, make) == memory.fetch(tag(1), good, make)
    assert make.calls == 1


def test_without_memfd_an_unlinked_file_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create", raising=False)
    memory, make = TokenMemory(4), Maker()
    memory.fetch(tag(1), good, make)
    assert memory._slots is not None
    assert os.fstat(memory._slots._file).st_nlink == 0
    assert not os.get_inheritable(memory._slots._file)
    assert memory.fetch(tag(1), good, make).value == "token-1"


def test_programs_that_are_started_do_not_inherit_it() -> None:
    assert token_memory.SHARED._slots is not None
    assert not os.get_inheritable(token_memory.SHARED._slots._file)


def test_a_number_that_now_means_another_file_is_left_alone(tmp_path: Any) -> None:
    memory, make = TokenMemory(4), Maker()
    memory.fetch(tag(1), good, make)
    assert memory._slots is not None
    stranger = tmp_path / "stranger"
    with stranger.open("w+b") as file:
        os.dup2(file.fileno(), memory._slots._file)
    memory.fetch(tag(1), good, make)
    memory.fetch(tag(2), good, make)
    assert stranger.read_bytes() == b""
    os.close(memory._slots._file)
    assert memory.fetch(tag(3), good, make) == memory.fetch(tag(3), good, make)
    assert make.calls == 4


@pytest.mark.parametrize("damage", [b"\xff" * 8, b"\x00\x00\x00\x05", b"\x00\x00\x00\x00\xff", b"\x7f\xff\xff\xff"])
def test_a_torn_write_reads_as_empty(damage: bytes) -> None:
    slots = Slots(4)
    slot = slots.find(tag(1))
    assert slot is not None
    assert slots.read(slot) == b""
    slots.write(slot, b'{"value": "x"}')
    assert slots.read(slot) == b'{"value": "x"}'
    os.pwrite(slots._file, damage, slot * SLOT_SIZE + TAG_SIZE)
    assert slots.read(slot) == b""


def test_every_cut_of_a_write_reads_as_empty_or_whole() -> None:
    slots = Slots(1)
    slot = slots.find(tag(1))
    assert slot == 0
    old, new = b"old content", b"the new content, longer"
    slots.write(0, new)
    wanted = os.pread(slots._file, SLOT_SIZE, 0)
    for cut in range(len(new) + 9):
        slots.write(0, old)
        os.pwrite(slots._file, wanted[TAG_SIZE : TAG_SIZE + cut], TAG_SIZE)
        assert slots.read(0) in (b"", old, new)


def test_threads_take_turns() -> None:
    memory, inside, most = TokenMemory(4), [0], [0]
    calls = Maker()
    start = threading.Barrier(8)

    def make() -> Token:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        threading.Event().wait(0.02)
        inside[0] -= 1
        return calls()

    def work() -> None:
        start.wait()
        memory.fetch(tag(1), good, make)

    threads = [threading.Thread(target=work) for _attempt in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (calls.calls, most) == (1, [1])


def test_what_make_raises_passes_and_frees_the_lock() -> None:
    memory, make = TokenMemory(4), Maker()

    def fail() -> Token:
        raise Unreachable("gone")

    with pytest.raises(Unreachable):
        memory.fetch(tag(1), good, fail)
    assert memory.fetch(tag(1), good, make).value == "token-1"


def test_a_supposed_deadlock_is_waited_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel sees processes only: two of them, each with a thread that holds and one that waits."""
    refusals = [OSError(errno.EDEADLK, "deadlock"), OSError(errno.EDEADLK, "deadlock")]
    lock = fcntl.lockf

    def lockf(file: int, operation: int, *where: int) -> None:
        if operation == fcntl.LOCK_EX and refusals:
            raise refusals.pop()
        lock(file, operation, *where)

    monkeypatch.setattr(fcntl, "lockf", lockf)
    memory, make = TokenMemory(4), Maker()
    assert memory.fetch(tag(1), good, make).value == "token-1"
    assert refusals == []
