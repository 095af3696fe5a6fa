"""A sandbox is ended by a number that is never given twice, so that no other can be meant by it."""

import os
import signal
import sys

import pytest

from capas.sandbox import Limits, Sandbox, Zygote

LIMITS = Limits(load_seconds=60, call_seconds=60)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is a fork server on Linux only")


def children(pid: int) -> set[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return {int(child) for child in file.read().split()}


def test_ending_a_sandbox_of_a_fork_server_that_is_gone_ends_no_other() -> None:
    before = children(os.getpid())
    with Zygote(LIMITS, max_level=0) as zygote:
        (server,) = children(os.getpid()) - before
        old = [Sandbox(zygote, LIMITS) for _ in range(3)]
        os.kill(server, signal.SIGKILL)  # what the kernel does for want of memory
        new = [Sandbox(zygote, LIMITS) for _ in range(3)]
        for number, sandbox in enumerate(new):
            sandbox.load([f"def f():\n    return {number}"])
        for sandbox in old:
            sandbox.close()
        assert [sandbox.call("f", (), {}) for sandbox in new] == [0, 1, 2]
        for sandbox in new:
            sandbox.close()


@pytest.mark.parametrize("spawn", [False, True])
def test_numbers_are_never_given_twice(spawn: bool) -> None:
    with Zygote(LIMITS, max_level=0, spawn=spawn) as zygote:
        numbers = []
        for _ in range(3):
            with Sandbox(zygote, LIMITS) as sandbox:
                numbers.append(sandbox.number)
    assert len(set(numbers)) == 3


def test_a_number_that_a_fork_server_has_not_given_ends_nothing() -> None:
    with Zygote(LIMITS, max_level=0) as zygote, Sandbox(zygote, LIMITS) as sandbox:
        sandbox.load(["import os\ndef f():\n    return os.getpid()"])
        pid = sandbox.call("f", (), {})
        _uid, scratch = zygote.new_scratch()
        for number in {pid, 10**6, 0} - {sandbox.number}:
            zygote.end(number, scratch)
        assert sandbox.call("f", (), {}) == pid
