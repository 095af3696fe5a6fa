"""`capas verify --watch`: at each save, what the change did."""

import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console

from capas.course.model import Course, Stage
from capas.texts.wording import counted, listed
from capas.verify.watch import StageView, StageWatch, changed_files, differences

_PAUSE_SECONDS = 0.1


def watch_stages(console: Console, course: Course, stages: Sequence[Stage], language: str, workers: int) -> None:
    """Look at stages, say what is wrong with them, and go on with what each change does, until Ctrl-C.

    Args:
        console: where it is said.
        course: the course.
        stages: which of its stages.
        language: in which cases speak.
        workers: how many processes grade.
    """
    watches = {stage.id: StageWatch(course.root, stage.id, language, workers) for stage in stages}
    try:
        files = {id_: watch.files() for id_, watch in watches.items()}
        views = {id_: _first_look(console, id_, watch) for id_, watch in watches.items()}
        _say(console, "Watching: save a file and see what it does. Ctrl-C ends; capas verify compares with Otter, too.")
        while True:
            time.sleep(_PAUSE_SECONDS)
            for id_, watch in watches.items():
                now = watch.files()
                changed = changed_files(files[id_], now)
                files[id_] = now
                if changed:
                    views[id_] = _next_look(console, id_, watch, views[id_], changed)
    finally:
        for watch in watches.values():
            watch.close()


def _first_look(console: Console, id_: str, watch: StageWatch) -> StageView:
    _say(console, f"{id_}: looking at all of it …")
    view = watch.look()
    for line in view.wrong:
        _say(console, f"  {line}")
    _say(console, f"{id_}: {_summary(view)}")
    return view


def _next_look(console: Console, id_: str, watch: StageWatch, before: StageView, changed: Sequence[Path]) -> StageView:
    begin = time.perf_counter()
    view = watch.look()
    lines = differences(before, view)
    seconds = time.perf_counter() - begin
    names = listed([path.name for path in changed])
    _say(
        console, f"{datetime.now():%H:%M:%S} {id_}: {names} ({seconds:.1f} s, {counted(view.judged, 'sample')} judged)"
    )
    for line in lines or ["changes no verdict"]:
        _say(console, f"  {line}")
    _say(console, f"{id_}: {_summary(view)}")
    return view


def _summary(view: StageView) -> str:
    return f"{counted(len(view.wrong), 'thing')} to put right." if view.wrong else "everything behaves."


def _say(console: Console, text: str) -> None:
    console.print(text, markup=False, soft_wrap=True)
    console.file.flush()
