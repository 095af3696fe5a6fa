"""How the checks begin: `start` in a notebook's first cell, `main` in the `check.py` beside a `.py`."""

import codecs
import io
import json
import sys
import traceback
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capas_check.texts import load_texts

try:
    from capas_check.grader import Grader
except ImportError:  # without NumPy; the student is told what to install
    Grader = None


def start(stage: Mapping[str, Any], namespace: dict[str, Any]) -> None:
    """Put the ``grader`` of a stage into the notebook's namespace; see `capas_check.grader.Grader`."""
    say = load_texts(stage["language"])
    if Grader is None:
        print(say("no_numpy_in_notebook"))
        return
    # Jupyter's own end the notebook a moment later; in a student's function, `exit()` is to be told like an error.
    namespace |= {"exit": sys.exit, "quit": sys.exit, "grader": Grader(stage, namespace)}
    print(say("ready"))


def main() -> None:
    """Check the `.py` beside `check.py`, or the questions named on the command line, and print what comes of it."""
    codecs.register_error("capas.readable", _readable)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # IDLE has streams of its own, which show everything
            stream.reconfigure(errors="capas.readable")
    stage = json.loads(Path(__file__).with_name("stage.json").read_text(encoding="utf-8"))
    say = load_texts(stage["language"])
    if Grader is None:
        sys.exit(say("no_numpy"))
    path = Path(sys.argv[0]).resolve().with_name(stage["file"])
    if not path.is_file():
        sys.exit(say("no_file", file=path.name))
    namespace = {"__name__": "student", "__file__": str(path), "_ih": [path.read_text("utf-8", "replace")]}
    try:
        exec(compile(path.read_bytes(), path.name, "exec"), namespace)
    except SystemExit as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path.name]
        sys.exit(say("exiting_file", file=path.name, line=lines[-1]))
    except Exception as error:
        own = error.__traceback__ and error.__traceback__.tb_next  # without the line above
        told = traceback.format_exception(type(error), error, own)
        sys.exit("".join([say("broken_file", file=path.name), "\n", *told]).rstrip())
    grader = Grader(stage, namespace)
    for report in filter(None, map(grader.check, sys.argv[1:] or stage["tests"])):
        print(report, end="\n\n")
    if not sys.argv[1:]:
        print(grader.summary())


def _readable(error: UnicodeError) -> tuple[str, int]:
    """Replace what an output cannot show, as a pipe on Windows: signs by their likes, letters without their accents."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    likes = str.maketrans("✔✘·−–—→×⁄", "+x---->x/")
    signs = [unicodedata.normalize("NFKD", sign).translate(likes) for sign in error.object[error.start : error.end]]
    return "".join(sign.encode("ascii", "ignore").decode() or "?" for sign in signs), error.end
