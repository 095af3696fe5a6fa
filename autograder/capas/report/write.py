"""Writing it all: `report.html`, its further pages, `questions.csv`, and `feedback/` for each student."""

import contextlib
import re
from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec

from capas.course.cut_functions import given_cells
from capas.course.data_files import data_files
from capas.course.drawings import drawings_of
from capas.course.model import Stage
from capas.files import UserError, hold, told_as_user_error, write_atomically
from capas.grading.grader import program_source
from capas.grading.request_codes import RequestCodes
from capas.grading.result import FEEDBACK, FEEDBACK_ENDINGS, RESULTS, Result
from capas.report.annotate import annotated
from capas.report.class_list import read_handed_in
from capas.report.class_page import GradingTime, class_page
from capas.report.copies_page import write_copies
from capas.report.diagnoses import diagnoses_of
from capas.report.grade_lines import grade_mark
from capas.report.graded_file import submission_of
from capas.report.leaderboard import LEADERBOARD_FILE, Leaderboard
from capas.report.pictures import Picture, draw_answers
from capas.report.plots import draw_plots, plot_calls
from capas.report.question_pages import QuestionPages
from capas.report.sources import Sources
from capas.report.statistics import count_questions, is_of, questions_csv, slim
from capas.report.student_feedback import feedback_for, student_page
from capas.sandbox import ProgramSource, Zygote, hide_from_others
from capas.submission import Submission, SubmissionFile

HEAD_BYTES = 2000
"""Of a page, enough to have its head up to the title."""
REPORT_FILE, QUESTIONS_FILE, TIMES_FILE = "report.html", "questions.csv", "times.json"


class Written(msgspec.Struct, frozen=True):
    """What was written: pages for students, files with feedback in them, and what could not be.

    ``changed`` are files that are not those graded; ``left_out`` are those whose results are of other questions.
    ``leaderboard`` is the name of its page, "" where there is none.
    """

    pages: int
    files: int
    changed: list[str]
    left_out: list[str]
    leaderboard: str = ""


def write_times(out: Path, took: GradingTime) -> None:
    """Keep how long grading took; results say nothing of it, so that the same work gives the same files."""
    with told_as_user_error(out):
        write_atomically(out / TIMES_FILE, msgspec.json.encode(took) + b"\n")


def write_report(
    stage: Stage,
    results: Sequence[Result],
    out: Path,
    language: str,
    class_language: str,
    submissions: Sequence[SubmissionFile] | None = None,
    late: Collection[str] = (),
    codes: RequestCodes | None = None,
) -> Written:
    """Write the class's page, `questions.csv`, and each student's page into ``out``.

    With the submissions at hand each student's page has its pictures, and their own file comes with feedback in
    it. Where only some are at hand, pages of others that were made of the same results stay as they are. What
    earlier reports wrote for submissions that have no result any more is removed. A result of questions that the
    stage no longer has, or gives other points, is left out, and a page it may have stays.

    Args:
        stage: the stage.
        results: all that ``out`` has.
        out: the folder.
        language: of the feedback, in which the messages of the cases are.
        class_language: of the class's page.
        submissions: what was handed in; one that is not the file that was graded is left out.
        late: the submissions that came late.
        codes: by which students ask for something to be looked at again; None where nothing is told of that.

    Raises:
        UserError: when the stage's files do not fit together, no result is of its questions, or ``out`` is in use or
            cannot be written.
    """
    if not any(is_of(stage, result) for result in results):
        raise UserError(
            f"the {len(results)} results in {out} are not of the questions that {stage.id} has now; "
            "grade again, with the same --out"
        )
    diagnoses = diagnoses_of(stage, language)
    of_class = diagnoses if class_language == language else diagnoses_of(stage, class_language)
    by_id = {one.id: one for one in submissions or ()}
    names: set[str] = set()
    told_of: list[Result] = []
    left_out: dict[str, str] = {}
    handed_in = read_handed_in(out, late)
    board = Leaderboard(stage, handed_in, class_language)
    with (
        hold(out),
        told_as_user_error(out),
        _Artist(stage, language) as artist,
        QuestionPages(stage, of_class, handed_in, class_language) as questions,
        Sources() as sources,
    ):
        for result in results:
            if not is_of(stage, result):
                left_out[result.submission] = result.file
                continue
            told_of.append(slim(result))
            board.add(result)
            one = by_id.get(result.counted_submission)
            still_good = _made_of(out, result) if one is None else set()
            if submissions is not None and f"{result.submission}.html" in still_good:
                names |= still_good
                questions.add(result, ())
                continue
            submission = submission_of(one, result, stage) if one is not None else None
            if submission is None:
                feedback = feedback_for(stage, result, diagnoses, {}, language, codes)
                files = {}
            else:
                sources.add(result.submission, submission.cells)
                pictures = artist.draw(result, submission)
                feedback = feedback_for(stage, result, diagnoses, pictures, language, codes)
                files = dict([made]) if (made := annotated(feedback, submission)) else {}
            names |= still_good
            questions.add(result, submission.cells if submission is not None else ())
            for ending, data in ({"html": student_page(feedback).encode()} | files).items():
                name = f"{result.submission}.{ending}"
                names.add(name)
                write_atomically(out / FEEDBACK / name, data, sync=False)
        _remove_outdated(out, names, left_out.keys())
        write_atomically(out / QUESTIONS_FILE, questions_csv(count_questions(stage, told_of)))
        known = sources if submissions is not None else None
        handed_in = msgspec.structs.replace(handed_in, pages=questions.write(out))
        alike = write_copies(out, stage, told_of, sources, handed_in, class_language)
        took = _read_times(out)
        ordered = LEADERBOARD_FILE if board.write(out) else ""
        parts = class_page(stage, told_of, of_class, class_language, known, took, handed_in, alike, ordered)
        write_atomically(out / REPORT_FILE, (part.encode() for part in parts))
    changed = [one.file for one in told_of if one.counted_submission in by_id and one.submission not in sources]
    return Written(len(told_of), len(names) - len(told_of), changed, list(left_out.values()), ordered)


def _made_of(out: Path, result: Result) -> set[str]:
    """Return the names of feedback files that are newer than their result and tell of the grade that counts now."""
    names = set()
    with contextlib.suppress(OSError):
        page = (out / FEEDBACK / f"{result.submission}.html").read_bytes()[:HEAD_BYTES]
        told = re.search(rb'<meta name="grade" content="(\w+)">', page)
        if (told[1].decode() if told else "") != grade_mark(result):
            return set()
        graded = (out / RESULTS / f"{result.submission}.json").stat().st_mtime_ns
        for ending in FEEDBACK_ENDINGS:
            path = out / FEEDBACK / f"{result.submission}.{ending}"
            if path.is_file() and path.stat().st_mtime_ns >= graded:
                names.add(path.name)
    return names


def _remove_outdated(out: Path, names: set[str], left_out: Collection[str]) -> None:
    for path in (out / FEEDBACK).iterdir():
        if path.suffix[1:] in FEEDBACK_ENDINGS and path.name not in names and path.stem not in left_out:
            path.unlink()


class _Artist:
    """Draws what failing functions do, and plots; a zygote is started when it is first needed."""

    def __init__(self, stage: Stage, language: str):
        self._stage = stage
        self._language = language
        self._drawings = drawings_of(stage, language)
        self._plots = plot_calls(stage)
        self._given = given_cells(stage, language)
        self._zygote: Zygote | None = None

    def draw(self, result: Result, submission: Submission) -> dict[str, Picture]:
        """Return the pictures of a submission, by question: its plots, and what failing functions do."""
        plots = bool(self._plots)

        def source(zygote: Zygote) -> ProgramSource:
            return program_source(submission, self._given, plots, plots, zygote.share(data_files(self._stage)))

        limits = self._stage.limits
        drawn = draw_answers(result, source, self._drawings, self._started, limits, self._language)
        return drawn | draw_plots(result, source, self._plots, self._started, limits, self._language)

    def _started(self) -> Zygote:
        if self._zygote is None:
            hide_from_others()
            self._zygote = Zygote(self._stage.limits)
        return self._zygote

    def __enter__(self) -> "_Artist":
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._zygote is not None:
            self._zygote.close()


def _read_times(out: Path) -> GradingTime | None:
    try:
        return msgspec.json.decode((out / TIMES_FILE).read_bytes(), type=GradingTime)
    except (OSError, msgspec.MsgspecError):
        return None
