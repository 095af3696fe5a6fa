"""The command line in the process of the test: what it imports is there already, which saves a second each time."""

import contextlib
import io
import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

from capas.cli.failures import run_command
from capas.cli.main import app

ROOT = Path(__file__).parents[1]


def capas(
    *arguments: object, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run `capas` as a shell in ``folder`` does; return its exit code and what it printed.

    The names in ``environment`` are set meanwhile, and nothing that this process's own says of a Canvas is.
    """
    typed, out, err = [str(argument) for argument in arguments], io.StringIO(), io.StringIO()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CANVAS_")}
    before = signal.getsignal(signal.SIGINT)
    try:
        with (
            contextlib.chdir(folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            mock.patch.dict(os.environ, kept | dict(environment or {}), clear=True),
        ):
            code = run_command(lambda: app(typed, prog_name="capas", standalone_mode=False))
    finally:
        signal.signal(signal.SIGINT, before)
    return subprocess.CompletedProcess(typed, code, out.getvalue(), err.getvalue())
