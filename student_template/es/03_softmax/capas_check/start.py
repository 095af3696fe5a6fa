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


def start(stage: Mapping[str, Any], namespace: dict[str, Any]) -> None:
    """Put the ``grader`` of a stage into the notebook's namespace; see `capas_check.student.Grader`."""
    say = load_texts(stage["language"])
    try:
        from capas_check.student import Grader
    except ImportError:
        print(say("no_numpy_in_notebook"))
        return
    namespace["grader"] = Grader(stage, namespace)
    print(say("ready"))


def main() -> None:
    """Check the `.py` beside `check.py`, or the questions named on the command line, and print what comes of it."""
    codecs.register_error("capas.readable", _readable)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # IDLE has streams of its own, which show everything
            stream.reconfigure(errors="capas.readable")
    stage = json.loads(Path(__file__).with_name("stage.json").read_text(encoding="utf-8"))
    say = load_texts(stage["language"])
    try:
        from capas_check.student import Grader
    except ImportError:
        sys.exit(say("no_numpy"))
    path = Path(sys.argv[0]).resolve().with_name(stage["file"])
    if not path.is_file():
        sys.exit(say("no_file", file=path.name))
    source = path.read_text(encoding="utf-8", errors="replace")
    namespace = {"__name__": "student", "__file__": str(path), "_ih": [source]}
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
    for question in sys.argv[1:] or stage["tests"]:
        if report := grader.check(question):
            print(report, end="\n\n")
    if not sys.argv[1:]:
        print(grader.summary())


def _readable(error: UnicodeError) -> tuple[str, int]:
    """Replace what an output cannot show, as a pipe on Windows: signs by their likes, letters without their accents."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    likes = str.maketrans("✔✘·−–—→×⁄", "+x---->x/")
    signs = [unicodedata.normalize("NFKD", sign).translate(likes) for sign in error.object[error.start : error.end]]
    plain = [sign.encode("ascii", "ignore").decode() or "?" for sign in signs]
    return "".join(plain), error.end
