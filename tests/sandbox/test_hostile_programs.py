"""Programs that have read the protocol's code and break it: a crash of theirs, and nothing else."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sandbox_calls import SHORT, Start, call, ends

from capas.sandbox import CallCrashed, CallTimedOut

# What a program can do that has read this code: find the pipe, and the call that is being answered.
HOSTILE = """
import ctypes, gc, os, resource, signal, socket, struct, sys, time
import msgspec
from capas.sandbox import wire

def call_being_answered():
    frame = sys._getframe(1)
    while "message" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["self"], frame.f_locals["message"].number

def descriptors():
    return sorted(map(int, os.listdir("/proc/self/fd")))

def on_every_descriptor(data):
    for descriptor in descriptors():
        try: os.write(descriptor, data)
        except OSError: pass

def answer(data):
    runner, _ = call_being_answered()
    wire.send_frame(runner._connection, data)

def reply_holding(data):
    _, number = call_being_answered()
    return msgspec.msgpack.encode(wire.Returned(number, msgspec.Raw(data)))
"""

CRASHES = {
    "end": "os._exit(0)",
    "end with a status": "os._exit(7)",
    "kill itself": "os.kill(os.getpid(), signal.SIGKILL)",
    "kill its group": "os.killpg(0, signal.SIGKILL)",
    "read where nothing is": "ctypes.string_at(0)",
    "abort": "os.abort()",
    "no stack": "resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); ctypes.CDLL(None).abort()",
    "close every descriptor": "os.closerange(0, 1000)",
    "close the pipe": "call_being_answered()[0]._connection.close()",
    "garbage on every descriptor": "on_every_descriptor(b'\\xff' * 1000)",
    "zeros on every descriptor": "on_every_descriptor(bytes(1000))",
    "text on every descriptor": "on_every_descriptor(b'HTTP/1.1 200 OK\\r\\n\\r\\n')",
    "an empty frame": "answer(b'')",
    "a frame cut short": "on_every_descriptor(struct.pack('!I', 1000) + b'x'); os._exit(0)",
    "a frame of four gigabytes": "on_every_descriptor(struct.pack('!I', 2**32 - 1))",
    "an array of a terabyte": "answer(reply_holding(msgspec.msgpack.encode(msgspec.msgpack.Ext(wire.ARRAY, "
    "msgspec.msgpack.encode(['<f8', [2**37], b'12345678'])))))",
    "a list of billions": "answer(reply_holding(b'\\xdd\\xff\\xff\\xff\\xff'))",
    "lists without end": "answer(reply_holding(b'\\x91' * 10**5 + b'\\x90'))",
    "more lists than there is memory for": "answer(reply_holding(b'\\xdd\\x02\\x00\\x00\\x00' + b'\\x90' * 2**25))",
    "an answer to another question": "answer(wire.encode(wire.Returned(10**6, 1)))",
    "an answer of another kind": "answer(wire.encode(wire.Loaded(call_being_answered()[1], [], [], [])))",
    "a message of the host": "answer(wire.encode(wire.GetValue(1, 'x')))",
    "a callback to no function": "answer(wire.encode(wire.CallBack(1, 5, [], {})))",
    "a callback to a function before the first": "answer(wire.encode(wire.CallBack(1, -1, [], {})))",
    "a pickle": "answer(b'\\x80\\x04\\x95K\\x00.')",
}


@pytest.mark.parametrize("how", CRASHES)
def test_whatever_breaks_the_protocol_is_a_crash_and_the_zygote_survives(start: Start, how: str) -> None:
    program = ("import os\ndef ids():\n    return os.getpid(), os.getppid(), os.getcwd()",)
    sandbox = start(HOSTILE, f"def f(*_):\n    {CRASHES[how]}\n    return 1", *program)
    pid, parent, directory = call(sandbox, "ids")
    with pytest.raises(CallCrashed):
        call(sandbox, "f")
    assert sandbox.dead
    assert ends(pid)
    assert not Path(directory).exists()
    assert call(start(*program), "ids")[1] == parent


def test_answering_twice_spoils_only_the_next_call(start: Start) -> None:
    sandbox = start(
        HOSTILE, "def f():\n    answer(wire.encode(wire.Returned(call_being_answered()[1], 1)))\n    return 2"
    )
    assert call(sandbox, "f") == 1
    with pytest.raises(CallCrashed, match="an answer to another question"):
        call(sandbox, "f")


@pytest.mark.parametrize("name", ["KeyboardInterrupt", "print", "__import__", "BaseException", "", "\0"])
def test_no_exception_that_could_end_the_host_comes_out(start: Start, name: str) -> None:
    sandbox = start(
        HOSTILE,
        "def f(name):\n    bases = ['KeyboardInterrupt', 'SystemExit', 'print', '']\n"
        "    answer(wire.encode(wire.Raised(call_being_answered()[1], name, 'bye', bases=bases)))",
    )
    # A name that no class statement can give is left for the first of the bases that one can.
    shown = name if name.isidentifier() else "KeyboardInterrupt"
    with pytest.raises(RuntimeError, match=f"^{shown}: bye$"):
        call(sandbox, "f", name)


@pytest.mark.parametrize("changed", [{9: 1}, {-1: [9]}, {0: "text"}, {0: [[1, 2], [3, 4]]}, {1: [2**70]}, {2: [5]}])
def test_changes_that_do_not_fit_are_not_made(start: Start, changed: dict[int, Any]) -> None:
    sandbox = start(
        HOSTILE,
        f"changed = {{position: wire.pack(value) for position, value in {changed}.items()}}",
        "def f(*_):\n    answer(wire.encode(wire.Returned(call_being_answered()[1], 1, changed)))",
    )
    array, whole, number = np.ones(3), np.ones(1, dtype=int), 2.0
    assert call(sandbox, "f", array, whole, number) == 1
    assert (array.tolist(), whole.tolist()) == ([1, 1, 1], [1])


def test_a_frame_in_drops_is_cut_short(start: Start) -> None:
    sandbox = start(
        HOSTILE,
        """
def f():
    runner, _ = call_being_answered()
    runner._connection.sendall(struct.pack("!I", 10**6))
    while True:
        runner._connection.sendall(b"x")
        time.sleep(0.01)
""",
        limits=SHORT,
    )
    with pytest.raises(CallTimedOut):
        call(sandbox, "f")
