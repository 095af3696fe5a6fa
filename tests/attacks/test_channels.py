"""Nothing that a sandbox has seen reaches one whose messages are shown: every channel, at every level, each way."""

import contextlib
import os
import random
import socket
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from channel import AFTER, BESIDE, CHANNELS, NEXT_RUN, WAYS, Channel

from capas.sandbox import MAX_LEVEL, Limits, Sandbox, Zygote

LIMITS = Limits(load_seconds=60, call_seconds=60)
OLD = 1_000_000_000
READABLE = sorted(Path(np.__file__).parent.rglob("*.pyi"))[:8]
LARGE = list(Path(np.__file__).parent.glob("*core/tests/test_multiarray.py"))


@pytest.fixture(autouse=True)
def _leave_no_trace() -> Iterator[None]:
    name = socket.gethostname()
    yield
    if socket.gethostname() != name:
        socket.sethostname(name)
    for place in ("/tmp", "/var/tmp", "/dev/shm", "/run/lock"):
        with contextlib.suppress(OSError):
            os.unlink(f"{place}/capas-channel")


def carried(way: str, level: int) -> set[str]:
    """Return the names of the channels through which two numbers, and none, come out as they went in."""
    sent = [0, *random.sample(range(1, 2**16), 2)]
    found = [through(way, level, number) for number in sent]
    return {channel.name for channel in CHANNELS if _as_sent(channel, sent, [one[channel.name] for one in found])}


def _as_sent(channel: Channel, sent: list[int], found: list[int | None]) -> bool:
    numbers = [channel.part_of(number) for number in sent]
    if None in found or not any(numbers):
        return False
    nothing = found[0] or 0
    return [(one or 0) - (nothing if channel.counts else 0) for one in found] == numbers


def through(way: str, level: int, number: int) -> dict[str, int | None]:
    """Return what comes out of each channel when ``number`` is put in, None where nothing does."""
    for file in READABLE:
        os.utime(file, (OLD, file.stat().st_mtime))
    for file in LARGE:
        take_out_of_memory(file)
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(contextlib.closing(Zygote(LIMITS, level)))
        other = first if way == AFTER else stack.enter_context(contextlib.closing(Zygote(LIMITS, level)))
        found = {}
        for channel in CHANNELS:
            before = ask(other, channel, "get") if channel.counts else 0
            with Sandbox(first, LIMITS) as teller:
                tell(teller, channel, number)
                if way != BESIDE:
                    teller.close()
                told = ask(other, channel, "get") if way != NEXT_RUN else 0
            found[channel.name] = None if told is None or before is None else told - before
        if way == NEXT_RUN:
            first.close()
            found = {channel.name: ask(other, channel, "get") for channel in CHANNELS}
        return found


def take_out_of_memory(file: Path) -> None:
    """Have the kernel read ``file`` from the disk when it is next asked for."""
    with file.open("rb") as opened:
        os.fsync(opened)
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def tell(teller: Sandbox, channel: Channel, number: int) -> None:
    with contextlib.suppress(Exception):
        teller.load([f"OLD = {OLD}\n{channel.source}"])
        teller.call("put", (channel.part_of(number),), {})


def ask(zygote: Zygote, channel: Channel, function: str) -> int | None:
    with contextlib.suppress(Exception), Sandbox(zygote, LIMITS) as sandbox:
        sandbox.load([f"OLD = {OLD}\n{channel.source}"])
        return int(sandbox.call(function, (), {}))
    return None


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_nothing_gets_through_at_the_highest_level_but_what_is_documented(way: str) -> None:
    with Zygote(LIMITS) as zygote:
        if zygote.confinement.level < MAX_LEVEL:
            pytest.skip(f"this machine gives level {zygote.confinement.level}")
    assert carried(way, MAX_LEVEL) <= {channel.name for channel in CHANNELS if channel.closed.get(way, 0) > MAX_LEVEL}


@pytest.mark.slow
@pytest.mark.parametrize("level", range(MAX_LEVEL))
@pytest.mark.parametrize("way", WAYS)
def test_each_channel_is_closed_from_the_level_that_is_documented(way: str, level: int) -> None:
    if os.getuid() != 0:
        pytest.skip("levels are those of root")
    opened = {channel.name for channel in CHANNELS if channel.closed.get(way, 0) > level}
    assert carried(way, level) <= opened


@pytest.mark.slow
def test_the_channels_work_where_nothing_closes_them() -> None:
    """Else the tests above could not fail."""
    if os.getuid() != 0:
        pytest.skip("levels are those of root")
    worked = set().union(*(carried(way, level) for way in (AFTER, BESIDE) for level in (0, 2)))
    assert {channel.name for channel in CHANNELS if channel.closed and channel.sure} <= worked
