"""Frames of the pipe: a length in four bytes, big end first, then so many bytes."""

import socket
import struct
from collections.abc import Callable

from capas.sandbox.wire.errors import WireError

MAX_FRAME_BYTES = 64 * 2**20
MAX_REPLY_BYTES = 16 * 2**20 + 2**16
"""What a sandbox may say at once: one array of as many numbers as may be, of the widest type."""
READ_BYTES = 2**14
"""What is read at once: most frames are shorter, so that one call brings them whole."""

_LENGTH = struct.Struct("!I")


def framed(data: bytes) -> bytes:
    """Return one frame: its length in four bytes, then its bytes."""
    return _LENGTH.pack(len(data)) + data


def send_frame(connection: socket.socket, data: bytes) -> None:
    """Send one frame."""
    connection.sendall(framed(data))


class FrameReader:
    """Reads frames, most of them with one call of ``receive(n)``, which returns up to n bytes, or none at the end.

    Args:
        receive: what brings bytes.
        max_bytes: of one frame.
    """

    def __init__(self, receive: Callable[[int], bytes], max_bytes: int = MAX_FRAME_BYTES):
        self._receive = receive
        self._max_bytes = max_bytes
        self._ahead = b""

    def read(self) -> bytes:
        """Return the next frame.

        Raises:
            WireError: when the frame claims more than ``max_bytes``.
            EOFError: when the other side has closed the pipe.
        """
        data, self._ahead = self._ahead or self._receive_some(READ_BYTES), b""
        while len(data) < _LENGTH.size:
            data += self._receive_some(READ_BYTES)
        (length,) = _LENGTH.unpack_from(data)
        if length > self._max_bytes:
            raise WireError(f"a frame that claims {length} bytes")
        end = _LENGTH.size + length
        if len(data) < end:
            chunks, missing = [data], end - len(data)
            while missing:
                chunks.append(self._receive_some(min(missing, 2**20)))
                missing -= len(chunks[-1])
            data = b"".join(chunks)
        self._ahead = data[end:]
        return data[_LENGTH.size : end]

    def _receive_some(self, length: int) -> bytes:
        data = self._receive(length)
        if not data:
            raise EOFError("the pipe was closed")
        return data
