"""Dangerous attacks, run where they can harm nobody: with processes, files, network and memory of their own."""

import contextlib
import os
import resource
import select
import signal
import tempfile
import time

import msgspec
from attack import Attack
from outcome import Outcome
from yard import Yard

from capas.sandbox import kernel
from capas.sandbox.namespaces import enter_namespaces

SECONDS = 90


def run_contained(attack: Attack, level: int) -> Outcome:
    """Run an attack in a yard of its own. Raises `TimeoutError` where it does not end."""
    reading, writing = os.pipe()
    folder = tempfile.mkdtemp(prefix="capas-contained-")
    outer = os.fork()
    if outer == 0:
        with contextlib.suppress(BaseException):
            os.write(writing, msgspec.json.encode(_run(attack, level, folder)))
        os._exit(0)
    os.close(writing)
    try:
        with open(reading, "rb") as pipe:
            data = _read_within(pipe.fileno(), SECONDS)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(outer, signal.SIGKILL)
        os.waitpid(outer, 0)
        os.rmdir(folder)
    return msgspec.json.decode(data, type=Outcome)


def _read_within(descriptor: int, seconds: float) -> bytes:
    data, end = b"", time.monotonic() + seconds
    while select.select([descriptor], [], [], max(end - time.monotonic(), 0))[0]:
        chunk = os.read(descriptor, 65536)
        if not chunk:
            return data
        data += chunk
    raise TimeoutError(f"a contained attack did not end within {seconds:g} s")


def _run(attack: Attack, level: int, folder: str) -> Outcome:
    enter_namespaces()
    kernel.mount("tmpfs", folder, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "size=32m,mode=755")
    tempfile.tempdir = folder
    resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, resource.RLIM_INFINITY))
    with Yard(level) as yard:
        return yard.run(attack)
