"""The main program of a spawned sandbox, where there is no fork server: limits if the system has them, then serve."""

import socket
import sys

import msgspec

from capas.sandbox import runner
from capas.sandbox.confinement import Confiner
from capas.sandbox.layers import Confinement


class Spawned(msgspec.Struct, frozen=True):
    """What it is started with, as JSON in its first argument."""

    descriptor: int
    confinement: Confinement
    scratch: str


def main() -> None:
    """Confine this process and serve until the host closes the pipe."""
    spawned = msgspec.json.decode(sys.argv[1], type=Spawned)
    connection = socket.socket(fileno=spawned.descriptor)
    Confiner(spawned.confinement).confine(0, spawned.scratch)
    runner.serve(connection)
