"""Calls without end are cut short."""

import pytest
from sandbox_calls import SHORT, Start, call, ends

from capas.sandbox import CallTimedOut, Limits, Proxy

SPIN = "def spin(*_):\n    while True: pass"


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "time.sleep(600)",
        "while True:\n        try: time.sleep(600)\n        except BaseException: pass",
        "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64)); time.sleep(600)",
        "os.kill(os.getpid(), signal.SIGSTOP)",
        "return sum(1 for _ in iter(int, 1))",
        "threading.Thread(target=time.sleep, args=(600,)).start(); time.sleep(600)",
    ],
)
def test_a_call_without_end_is_cut_short(start: Start, body: str) -> None:
    sandbox = start(
        f"import os, signal, threading, time\ndef f():\n    {body}", "def pid():\n    return os.getpid()", limits=SHORT
    )
    pid = call(sandbox, "pid")
    with pytest.raises(CallTimedOut, match=r"not finished after 0\.5 s"):
        call(sandbox, "f")
    assert sandbox.dead
    assert ends(pid)


def test_callbacks_without_end_are_cut_short(start: Start) -> None:
    sandbox = start("def f(g):\n    while True: g(1)", limits=SHORT)
    with pytest.raises(CallTimedOut):
        call(sandbox, "f", abs)


def test_calls_inside_a_call_do_not_give_it_more_time(start: Start) -> None:
    sandbox = start("import time\ndef f(g):\n    while True: g(1)", "def one(x):\n    time.sleep(0.05)", limits=SHORT)
    with pytest.raises(CallTimedOut):
        call(sandbox, "f", Proxy(sandbox.call, "one"))


def test_a_call_inside_a_call_that_is_cut_short_ends_both_for_that_reason(start: Start) -> None:
    sandbox = start(SPIN, "def f(g):\n    return g(1)", limits=SHORT)
    with pytest.raises(CallTimedOut):
        call(sandbox, "f", Proxy(sandbox.call, "spin"))
    assert sandbox.dead


def test_each_call_has_its_own_time(start: Start) -> None:
    sandbox = start("import time\ndef f():\n    time.sleep(0.2)\n    return 1", limits=Limits(call_seconds=2))
    assert [call(sandbox, "f") for _ in range(12)] == [1] * 12
