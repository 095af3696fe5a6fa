"""One submission's walk through the rooms, as docs/architecture.md tells it.

`python test_walk.py FOLDER` walks and prints the places in the list of stations. It is a process of its own, for a
profile function can keep Python 3.11 from ever going on where other threads run.
"""

import inspect
import json
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from drawn_parts import assert_drawn

import capas
from capas.course.model import Stage, load_course
from capas.grading.diagnosis.catalogue import MistakeCatalogue
from capas.grading.grader import Grader
from capas.grading.judge import SubmissionJudge, result_of_runs
from capas.grading.maker import StageGraders
from capas.grading.result import Result
from capas.grading.stage import stage_grader
from capas.report.student_feedback import feedback_for, student_page
from capas.report.write import write_report
from capas.run.pool import GradingRun, grade_all
from capas.run.results_folder import ResultsFolder
from capas.sandbox import Limits, Zygote
from capas.sandbox.program import Program
from capas.submission import SubmissionFile, call_bounded, list_submissions, read_submission

PACKAGE = Path(capas.__file__).parent
ARCHITECTURE = Path(__file__).parents[1] / "docs" / "architecture.md"
STATIONS: list[Callable[..., Any]] = [
    MistakeCatalogue.diagnose,
    Grader.grade,
    Program.ask_ahead,
    ResultsFolder.add,
    SubmissionJudge.judge,
    Zygote.fork,
    feedback_for,
    grade_all,
    list_submissions,
    call_bounded,
    read_submission,
    result_of_runs,
    stage_grader,
    student_page,
    write_report,
]
"""What is worth telling of a walk, by name; the order is that of the calls."""


def walk(stage: Stage, zygote: Zygote, folder: Path) -> list[Callable[..., Any]]:
    """Grade a submission with a mistake and write its feedback; return the stations in order of first call."""
    by_code = {inspect.unwrap(station).__code__: station for station in STATIONS}
    passed: dict[Callable[..., Any], None] = {}

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code in by_code:
            passed.setdefault(by_code[frame.f_code])

    def grade(waiting: Iterator[SubmissionFile]) -> Generator[list[Result], None, None]:
        grader = stage_grader(stage, zygote, "es")  # in this process, where calls are seen
        for one in waiting:
            yield [grader.grade(read_submission(one))]

    reference = (stage.solutions / "reference.py").read_text(encoding="utf-8")
    (folder / "ana.py").write_text(f"{reference}\ndef predict(p):\n    return None\n", encoding="utf-8")
    sys.setprofile(note)
    try:
        found = list_submissions([folder / "ana.py"])
        results = grade_all(GradingRun(StageGraders(stage, "es"), folder / "out", 1), found, grade=grade)
        write_report(stage, list(results), folder / "out", "es", "es", found)
    finally:
        sys.setprofile(None)
    return list(passed)


def table_of(stations: list[Callable[..., Any]]) -> str:
    rows = ["| where | what | says of itself |", "|---|---|---|"]
    for station in stations:
        path = Path(inspect.getsourcefile(inspect.unwrap(station)) or "").relative_to(PACKAGE).as_posix()
        docstring = (inspect.getdoc(station) or "").partition("\n")[0]
        rows.append(f"| `{path}` | `{station.__qualname__}` | {docstring} |")
    return "\n".join(rows) + "\n"


def test_the_document_tells_the_walk_as_it_is(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, __file__, tmp_path], capture_output=True, text=True, check=True)
    stations = [STATIONS[place] for place in json.loads(done.stdout)]
    assert set(stations) == set(STATIONS)
    assert_drawn(ARCHITECTURE, "walk of a submission", table_of(stations))


def main() -> None:
    stage = load_course(ARCHITECTURE.parents[1]).choose(["03_softmax"])[0]
    with Zygote(Limits(), max_level=0) as zygote:
        print(json.dumps([STATIONS.index(station) for station in walk(stage, zygote, Path(sys.argv[1]))]))


if __name__ == "__main__":
    main()
