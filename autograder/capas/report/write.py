"""Writing it all: `report.html`, `questions.csv`, and `feedback/` with what each student gets."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from capas.bundle.build import drawings_of
from capas.course import Stage
from capas.files import UserError, told_as_user_error, write_atomically
from capas.journal import RESULTS, RUN_FILE, Run
from capas.report.classroom import Took, class_page
from capas.report.counting import count_questions, explanations_of, questions_csv
from capas.report.notebook import annotated
from capas.report.pictures import Picture, draw_answers
from capas.report.student import student_page, tell
from capas.results import Result, read_result
from capas.sandbox import Zygote, hide_from_others
from capas.submission import Submission, SubmissionFile, read_submission

FEEDBACK, REPORT_FILE, QUESTIONS_FILE, TIMES_FILE = "feedback", "report.html", "questions.csv", "times.json"
ENDINGS = ("html", "ipynb", "py")


class Written(msgspec.Struct, frozen=True):
    """What was written: pages for students, files with feedback in them, and submissions that are not those graded."""

    pages: int
    files: int
    changed: list[str]


def read_run(out: Path) -> Run:
    """Return what run of `capas grade` the folder ``out`` is of.

    Raises:
        UserError: when it is of none.
    """
    path = out / RUN_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Run)
    except FileNotFoundError:
        raise UserError(f"{out} holds no results; give the folder that capas grade wrote with --out") from None
    except msgspec.MsgspecError:
        raise UserError(f"{path} is not of this program; run capas grade again with another --out") from None


def read_results(out: Path) -> list[Result]:
    """Return the results in the folder ``out``, by submission.

    Raises:
        UserError: when there are none, or one cannot be read.
    """
    results = []
    for path in sorted((out / RESULTS).glob("*.json")):
        try:
            results.append(read_result(path))
        except msgspec.MsgspecError as error:
            raise UserError(f"{path} is not a result: {error}; run capas grade again with --fresh") from None
    if not results:
        raise UserError(f"{out / RESULTS} holds no results; run capas grade first")
    return sorted(results, key=lambda result: result.submission)


def write_times(out: Path, took: Took) -> None:
    """Keep how long grading took; results say nothing of it, so that the same work gives the same files."""
    with told_as_user_error(out):
        write_atomically(out / TIMES_FILE, msgspec.json.encode(took) + b"\n")


def write_report(
    stage: Stage,
    results: Sequence[Result],
    out: Path,
    language: str,
    class_language: str,
    found: Sequence[SubmissionFile] | None = None,
) -> Written:
    """Write the class's page, `questions.csv`, and each student's page into ``out``.

    With the submissions at hand each student's page has its pictures, and their own file comes with feedback in
    it. What earlier reports wrote for submissions that are gone is removed.

    Args:
        stage: the stage.
        results: of the whole class.
        out: the folder.
        language: of the feedback, in which the messages of the cases are.
        class_language: of the class's page.
        found: the submissions; one that is not the file that was graded is left out.

    Raises:
        UserError: when the stage's files do not fit together, or ``out`` cannot be written.
    """
    explanations = explanations_of(stage)
    by_id = {one.id: one for one in found or ()}
    sources: dict[str, Sequence[str]] = {}
    names: set[str] = set()
    with told_as_user_error(out), _Artist(stage, language) as artist:
        for result in results:
            one = by_id.get(result.submission)
            submission = read_submission(one) if one is not None else None
            if one is None or submission is None or submission.sha256 != result.sha256:
                told = tell(stage, result, explanations, {}, language)
                files = {}
            else:
                sources[result.submission] = submission.cells
                told = tell(stage, result, explanations, artist.draw(result, submission), language)
                files = dict([made]) if (made := annotated(told, one.file, submission.data)) else {}
            for ending, data in ({"html": student_page(told).encode()} | files).items():
                name = f"{result.submission}.{ending}"
                names.add(name)
                write_atomically(out / FEEDBACK / name, data, sync=False)
        for path in (out / FEEDBACK).iterdir():
            if path.suffix[1:] in ENDINGS and path.name not in names:
                path.unlink()
        write_atomically(out / QUESTIONS_FILE, questions_csv(count_questions(stage, results)))
        known = sources if found is not None else None
        text = class_page(stage, results, explanations, class_language, known, _read_times(out))
        write_atomically(out / REPORT_FILE, text.encode())
    changed = [result.file for result in results if result.submission not in sources] if found is not None else []
    return Written(len(results), len(names) - len(results), changed)


class _Artist:
    """Draws what failing functions do; a zygote is started when it is first needed."""

    def __init__(self, stage: Stage, language: str):
        self._stage = stage
        self._language = language
        self._drawings = drawings_of(stage, language)
        self._zygote: Zygote | None = None

    def draw(self, result: Result, submission: Submission) -> dict[str, Picture]:
        """Return the pictures of a submission, by question."""
        return draw_answers(result, submission.cells, self._drawings, self._started, self._stage.limits, self._language)

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


def _read_times(out: Path) -> Took | None:
    try:
        return msgspec.json.decode((out / TIMES_FILE).read_bytes(), type=Took)
    except (OSError, msgspec.MsgspecError):
        return None
