"""Frames arrive whole, in whatever pieces, or not at all."""

import io
import socket
import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas.sandbox import wire
from capas.sandbox.wire import WireError


def in_pieces(data: bytes, size: int) -> Callable[[int], bytes]:
    """Return a ``receive`` that gives ``data`` in pieces of at most ``size`` bytes, then nothing."""
    stream = io.BytesIO(data)
    return lambda length: stream.read(min(length, size))


def framed(data: bytes) -> bytes:
    one, other = socket.socketpair()
    with one, other:
        wire.send_frame(one, data)
        one.shutdown(socket.SHUT_WR)
        return other.recv(len(data) + 100)


@given(st.lists(st.binary(max_size=100), max_size=3), st.integers(1, 200))
def test_frames_arrive_whole_in_whatever_pieces(frames: list[bytes], size: int) -> None:
    reader = wire.FrameReader(in_pieces(b"".join(map(framed, frames)), size))
    assert [reader.read() for _ in frames] == frames
    with pytest.raises(EOFError):
        reader.read()


@given(st.binary(max_size=100), st.data(), st.integers(1, 20))
def test_a_frame_cut_short_is_the_end(content: bytes, data: st.DataObject, size: int) -> None:
    whole = framed(content)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(EOFError):
        wire.FrameReader(in_pieces(whole[:cut], size)).read()


@pytest.mark.parametrize("claim", [wire.MAX_FRAME_BYTES + 1, 2**32 - 1])
def test_a_frame_that_claims_too_much_is_refused_unread(claim: int) -> None:
    asked: list[int] = []

    def receive(length: int) -> bytes:
        asked.append(length)
        return struct.pack("!I", claim)

    with pytest.raises(WireError, match=str(claim)):
        wire.FrameReader(receive).read()
    assert len(asked) == 1
