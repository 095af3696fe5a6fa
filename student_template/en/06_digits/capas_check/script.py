"""What `python check.py` does with the `.py` beside it."""

import codecs
import contextlib
import importlib
import io
import json
import math
import sys
import time
import traceback
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capas_check.limit import LOAD_SECONDS, TookTooLong, run_limited
from capas_check.notebook import SavedAnswer, receipt
from capas_check.start import Grader
from capas_check.texts import load_texts

WATCH_SECONDS = 0.3


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
    if "--watch" in sys.argv[1:]:
        watch(stage, path)
        return
    if "data" in stage:  # only who needs the module has it
        importlib.import_module("capas_check.data").begin(stage, path.parent)
    text = path.read_text("utf-8", "replace")
    namespace = {"__name__": "student", "__file__": str(path), "_ih": [text]}
    try:
        code = compile(path.read_bytes(), path.name, "exec")
        run_limited(LOAD_SECONDS, lambda: exec(code, namespace))
    except (SystemExit, TookTooLong) as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path.name]
        key = "exiting_file" if isinstance(error, SystemExit) else "endless_file"
        sys.exit(say(key, file=path.name, line=lines[-1], seconds=f"{LOAD_SECONDS:g}"))
    except Exception as error:
        own = error.__traceback__
        while own and own.tb_frame.f_code.co_filename != path.name:  # without our own lines
            own = own.tb_next
        told = traceback.format_exception(type(error), error, own)
        sys.exit("".join([say("broken_file", file=path.name), "\n", *told]).rstrip())
    grader = Grader(stage, namespace, SavedAnswer(path.name, math.inf, [text], is_script=True))
    for report in filter(None, map(grader.check, sys.argv[1:] or stage["tests"])):
        print(report, end="\n\n")
    if not sys.argv[1:]:
        print(grader.summary())


def watch(stage: Mapping[str, Any], path: Path) -> None:
    """Say after each save of a file the one next thing to do, until Ctrl+C."""
    say, seen = load_texts(stage["language"]), 0
    print(say("watching", file=path.name), flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            with contextlib.suppress(OSError):  # an editor may put a new file in its place
                if (saved := path.stat().st_mtime_ns) != seen:
                    text = path.read_text("utf-8", "replace")
                    seen, answer = saved, SavedAnswer(path.name, math.inf, [text], is_script=True)
                    print(f"{time.strftime('%H:%M:%S')}  {next_step(stage, answer)}", flush=True)
            time.sleep(WATCH_SECONDS)
    print()


def next_step(stage: Mapping[str, Any], answer: SavedAnswer) -> str:
    """Return the one next thing to do: mend what does not run, what does not pass, begin what is not begun, hand in."""
    from capas_check.summary import standings_of  # it needs NumPy

    say = load_texts(stage["language"])
    standings, errors = standings_of(stage, answer, answer.cells)
    done = say("watch_done", done=sum(one.good for one in standings.values()), total=len(standings))
    wrong = {name: one for name, one in standings.items() if not one.good}
    begun = [f"{name}: {one.message}" for name, one in wrong.items() if one.begun]
    stubs = [say("watch_begin", name=name) for name, one in wrong.items() if not one.begun]
    ready = f"{say('ready_to_hand_in', file=answer.name)} {say('receipt', receipt=receipt(answer.cells))}"
    return f"{done} {[*errors, *begun, *stubs, ready][0]}"


def _readable(error: UnicodeError) -> tuple[str, int]:
    """Replace what an output cannot show, as a pipe on Windows: signs by their likes, letters without their accents."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    likes = str.maketrans("✔✘·−–—→×⁄", "+x---->x/")
    signs = [unicodedata.normalize("NFKD", sign).translate(likes) for sign in error.object[error.start : error.end]]
    return "".join(sign.encode("ascii", "ignore").decode() or "?" for sign in signs), error.end
