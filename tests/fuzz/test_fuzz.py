"""Inputs nobody would write by hand: whatever comes, the grader goes on. `make fuzz` runs it for long."""

import contextlib
import io
import json
import os
import socket
import struct
import tempfile
import threading
import zipfile
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capas.sandbox import Limits, Sandbox, wire
from capas.sandbox.fork_server import Forked
from capas.sandbox.host import Loaded
from capas.submission import Unreadable
from capas.submission.answer import read_cells

EXAMPLES = int(os.environ.get("CAPAS_FUZZ_EXAMPLES", "100"))
UNMINDED = [HealthCheck.too_slow, HealthCheck.data_too_large]
long_or_short = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=UNMINDED)
LIMITS = Limits(load_seconds=0.2, call_seconds=0.2)

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text() | st.binary(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=12,
)
extensions = st.builds(msgspec.msgpack.Ext, st.integers(-128, 127), st.binary())
messages = st.fixed_dictionaries(
    {"type": st.sampled_from(["loaded", "returned", "raised", "callback", "load", "nothing"])},
    optional={
        "number": st.integers(0, 3) | plain,
        "functions": st.lists(st.text()) | plain,
        "values": st.lists(st.text()) | plain,
        "errors": st.lists(st.text()) | plain,
        "value": plain | extensions,
        "changed": st.dictionaries(st.integers(-2, 3), plain | extensions) | plain,
        "warnings": st.lists(st.tuples(st.text(), st.text())) | plain,
        "printed": st.text() | plain,
        "exception": st.sampled_from(["ValueError", "SystemExit", "OSError", "print"]) | plain,
        "text": st.text() | plain,
        "function": st.integers(-1, 2) | plain,
        "arguments": st.lists(plain | extensions) | plain,
        "keywords": st.dictionaries(st.text(), plain) | plain,
    },
)
frames = st.one_of(
    messages.map(msgspec.msgpack.encode).map(lambda data: struct.pack("!I", len(data)) + data),
    st.binary(max_size=64),
)


class Peer:
    """Stands for a zygote whose sandbox says what it was told to say, and hangs up."""

    def __init__(self, said: bytes):
        self._said = said

    def new_scratch(self) -> tuple[int, str]:
        return 0, tempfile.gettempdir()

    def fork(self, theirs: socket.socket, _uid: int, _scratch: str, _data: object) -> Forked:
        connection = theirs.dup()

        def talk() -> None:
            with connection:
                try:
                    connection.sendall(self._said)
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(4096):
                        pass
                except OSError:
                    pass

        threading.Thread(target=talk, daemon=True).start()
        return Forked(1, 1)

    def end(self, _number: int, _scratch: str) -> None:
        pass


@long_or_short
@given(st.lists(frames, max_size=4).map(b"".join))
def test_whatever_a_sandbox_says_the_host_goes_on(said: bytes) -> None:
    sandbox = Sandbox(Peer(said), LIMITS)  # type: ignore[arg-type]
    raised: Exception | None = None
    try:
        assert isinstance(sandbox.load(["x = 1"]), Loaded)
        sandbox.call("f", ([1.0, 2.0], {"a": 1}), {"b": 2})
    except Exception as error:
        raised = error
    finally:
        sandbox.close()
    # What a program raises is raised anew, as a built-in exception; ours have no business here.
    assert not isinstance(raised, (wire.WireError, msgspec.MsgspecError, AssertionError))


@long_or_short
@given(st.binary(max_size=200))
def test_bytes_that_are_no_message(data: bytes) -> None:
    with contextlib.suppress(wire.WireError):
        wire.decode_for_host(data)


cells = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | plain,
        "source": st.text() | st.lists(st.text()) | plain,
        "input": st.text() | plain,
        "metadata": st.fixed_dictionaries({}, optional={"tags": plain, "capas": plain}) | plain,
    },
)
notebooks = st.fixed_dictionaries(
    {}, optional={"cells": st.lists(cells | plain) | plain, "worksheets": plain, "nbformat": plain}
)


def read(name: str, data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        assert all(isinstance(cell, str) for cell in read_cells(name, data))


@long_or_short
@given(notebooks.map(lambda notebook: json.dumps(notebook, default=lambda value: value.hex()).encode()))
def test_notebooks(data: bytes) -> None:
    read("work.ipynb", data)


@long_or_short
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_sources(data: bytes) -> None:
    for name in ("work.py", "work.ipynb", "work.zip"):
        read(name, data)


@long_or_short
@given(
    st.lists(st.tuples(st.text(max_size=20) | st.just("work.py"), st.binary(max_size=40)), max_size=4),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6),
)
def test_zips_with_spoiled_bytes(entries: list[tuple[str, bytes]], spoiled: list[tuple[int, int]]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in entries:
            try:
                archive.writestr(name, data)
            except (ValueError, IndexError):  # a name that zipfile itself cannot write
                continue
    content = bytearray(buffer.getvalue())
    for place, value in spoiled:
        if place < len(content):
            content[place] = value
    read("work.zip", bytes(content))


def test_this_folder_is_run_by_make_fuzz() -> None:
    assert "tests/fuzz" in (Path(__file__).parents[2] / "Makefile").read_text()
