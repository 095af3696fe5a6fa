"""The command line, as tests call it that need no process of its own for what they look at."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

from capas.cli.main import main

ROOT = Path(__file__).parents[1]


def capas(
    *arguments: object, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in ``folder``, in this process: a new one would load everything for two seconds.

    The names in ``environment`` are set meanwhile, and nothing that this environment says of a Canvas is.
    """
    given = ["capas", *map(str, arguments)]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CANVAS_")}
    before = signal.getsignal(signal.SIGINT)
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err, contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.chdir(folder))
        stack.enter_context(contextlib.redirect_stdout(out))
        stack.enter_context(contextlib.redirect_stderr(err))
        stack.enter_context(mock.patch.object(sys, "argv", given))
        stack.enter_context(mock.patch.dict(os.environ, kept | dict(environment or {}), clear=True))
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        finally:
            signal.signal(signal.SIGINT, before)
        shown = []
        for stream in (out, err):
            stream.seek(0)
            shown.append(stream.read())
    return subprocess.CompletedProcess(given, code if isinstance(code, int) else 1, *shown)
