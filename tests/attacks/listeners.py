"""What a program could call: sockets of this machine that nobody should open a connection to."""

import contextlib
import socket
from pathlib import Path


class Listeners:
    """A TCP port, a UDP port, and a socket among the files, at ``path``."""

    def __init__(self, path: Path):
        self._tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._all = (self._tcp, self._udp, self._unix)
        self._tcp.bind(("127.0.0.1", 0))
        self._udp.bind(("127.0.0.1", 0))
        self._unix.bind(str(path))
        path.chmod(0o777)
        for listening in (self._tcp, self._unix):
            listening.listen()
        for each in self._all:
            each.setblocking(False)
        self.tcp_port: int = self._tcp.getsockname()[1]
        self.udp_port: int = self._udp.getsockname()[1]

    def called(self) -> bool:
        """Tell whether somebody called since this was last asked."""
        called = False
        for listening in (self._tcp, self._unix):
            with contextlib.suppress(BlockingIOError):
                while True:
                    listening.accept()[0].close()
                    called = True
        with contextlib.suppress(BlockingIOError):
            while self._udp.recv(4096):
                called = True
        return called

    def close(self) -> None:
        for each in self._all:
            each.close()
