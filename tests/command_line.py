"""The command line in the process of the test: what it imports is there already, which saves a second each time."""

import contextlib
import io
import signal
import subprocess
from pathlib import Path

from capas.cli.failures import run_command
from capas.cli.main import app


def run_capas(folder: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run `capas` as a shell in ``folder`` does; return its exit code and what it printed."""
    typed, out, err = [str(argument) for argument in arguments], io.StringIO(), io.StringIO()
    before = signal.getsignal(signal.SIGINT)
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run_command(lambda: app(typed, prog_name="capas", standalone_mode=False))
    finally:
        signal.signal(signal.SIGINT, before)
    return subprocess.CompletedProcess(typed, code, out.getvalue(), err.getvalue())
