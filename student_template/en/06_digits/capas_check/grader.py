"""The ``grader`` of a notebook, and of `python check.py`: runs cases, draws functions, tells where one stands."""

import base64
import functools
import html
import importlib
import inspect
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from capas_check.fingerprint import distance, fingerprint, unpacked
from capas_check.limit import CASE_SECONDS, TookTooLong, run_limited, stopped_function
from capas_check.notebook import Notebook, SavedAnswer
from capas_check.show import MAX_WRITTEN, error_text
from capas_check.statements import Call, CheckFailure, calls_of_case, measures_of_case, shared_calls
from capas_check.summary import MARKS, Standing, count_cases, is_begun, summarize
from capas_check.texts import Texts, load_texts


@dataclass(frozen=True)
class CaseRun:
    """What came of running ``case``: the exception that ended it, None when it passes, its calls, and its measures."""

    case: Any
    failure: BaseException | None
    calls: list[Call]
    measures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether everything that the case states holds."""
        return self.failure is None

    @property
    def kind(self) -> str:
        """What sort of thing is wrong: a failure's ``kind``, "judge" for errors of the case, "" where nothing is."""
        return "" if self.failure is None else str(getattr(self.failure, "kind", "judge"))

    def message(self, say: Texts) -> str:
        """Return what to tell the student, "" when the case passes."""
        if isinstance(self.failure, CheckFailure):
            return self.failure.sentence(say)
        text = str(self.failure)[:MAX_WRITTEN] if isinstance(self.failure, AssertionError) else ""
        return text or ("" if self.failure is None else error_text(self.failure))

    def line(self, number: int, say: Texts) -> str:
        """Return the line that tells of it, with what it measured."""
        told = [say("passes") if self.passed else self.message(say), *(one.text(say) for one in self.measures.values())]
        return f"{MARKS[self.passed]} {say('case', number=number)}: {' · '.join(filter(None, told))}"


def read_cases(source: str, file: str) -> list[Callable[..., None]]:
    """Return the cases in the text of a test ``file``: what it marks with `@test_case(points=…)`, as in Otter."""
    cases: list[Callable[..., None]] = []

    def add(case: Any, points: "float | None" = None) -> None:
        case.points = points or 0
        cases.append(case)

    marks = {"test_case": lambda points=None, **_options: functools.partial(add, points=points)}
    exec(compile(source, file, "exec"), marks)
    return cases


def run_case(
    case: Callable[..., Any], namespace: Mapping[str, Any], seconds: float = 0.0, stopped: bool = False
) -> CaseRun:
    """Run one case on the names of a student's program; a name that is missing is None.

    It may take so many ``seconds``, 0 for any; of a ``stopped`` program no function is called any more.
    """
    failure: BaseException | None = None
    names = {name: namespace.get(name) for name in inspect.signature(case).parameters}
    if stopped:
        names = {name: stopped_function(value) if callable(value) else value for name, value in names.items()}
    calls_of_case.set(calls := [])
    measures_of_case.set(measures := {})
    try:
        run_limited(seconds, lambda: case(**names))
    except (SystemExit, TookTooLong) as error:  # in a function that the case calls by itself
        kind = getattr(error, "kind", "exited")
        failure = CheckFailure(kind, lambda say: say(kind, call=say("a_function")))
    except Exception as error:
        failure = error
    finally:
        calls_of_case.set(None)
        measures_of_case.set(None)
    return CaseRun(case, failure, calls, measures)


class Grader:
    """Checks a student's functions against the public cases.

    Args:
        stage: ``language``; ``file``, what is handed in; for each question its test file in ``tests``, and in
            ``points`` its points and how many of them hidden cases decide; in ``known`` fingerprints of mistakes and
            what to tell who makes them; ``drawings``; what may be imported, ``libraries`` and their ``modules``;
            perhaps ``seconds`` of functions that take long.
        namespace: where the student's functions are.
        script: the answer, where it is no notebook.
    """

    def __init__(self, stage: Mapping[str, Any], namespace: dict[str, Any], script: "SavedAnswer | None" = None):
        self._script, self._notebook = script, Notebook(stage["tests"], namespace)
        self._stage, self._namespace, self._say = stage, namespace, load_texts(stage["language"])
        self._cases = {name: read_cases(source, f"{name}.py") for name, source in stage["tests"].items()}

    def check(self, question: str) -> "Shown | None":
        """Run the public cases of one question and return what to show."""
        say = self._say
        if question not in self._cases:
            print(say("unknown", name=question, names=", ".join(self._cases)))
            return None
        runs = self._run(question)
        if question in self._namespace and not is_begun(self._namespace[question]):
            return Shown(question, False, [say("question_not_begun")], runs=runs)
        lines = [run.line(number, say) for number, run in enumerate(runs, 1)]
        lines.append(count_cases(say, sum(run.passed for run in runs), len(runs)))
        advice, doubt = self._advice(question, runs), self._notebook.doubt(question)
        lines += [say("advice", advice=advice)] if advice else []
        points, of_hidden = self._stage["points"][question]
        lines += [say("hidden", points=points, hidden=of_hidden), *self._other_libraries()]
        lines += [say(doubt, name=question)] if doubt else []
        return Shown(question, all(run.passed for run in runs), lines, runs=runs)

    def _run(self, question: str) -> list[CaseRun]:
        runs: list[CaseRun] = []
        shared_calls.set([])
        for case in self._cases[question]:  # a loop without an end costs its time once, not in every case
            stopped = any(run.kind == "timeout" for run in runs)
            runs.append(run_case(case, self._namespace, self._seconds(case), stopped))
        return runs

    def _seconds(self, case: Callable[..., None]) -> float:
        own = self._stage.get("seconds", {})  # what functions may take that take long
        return CASE_SECONDS + sum(own.get(name, 0) for name in inspect.signature(case).parameters)

    def _advice(self, question: str, runs: Sequence[CaseRun]) -> str:
        prints, known = [fingerprint(run.kind, run.calls) for run in runs], self._stage["known"].get(question, [])
        near = [
            (far, advice) for advice, *cases in known if (far := distance(prints, [*map(unpacked, cases)])) is not None
        ]
        return sorted(near)[0][1] if near else ""

    def _other_libraries(self) -> list[str]:
        """Return a line for each library that is imported here and not there where this is graded."""
        source = "\n".join(self._namespace.get("_ih", ()))  # of a notebook's cells, as Jupyter keeps it
        imports = re.findall(r"^\s*(?:from|import) +(.+)", source, re.MULTILINE)
        parts = [part for line in imports for part in line.split(" import ")[0].split(",")]
        names = {re.split(r"\W", part.strip())[0] for part in parts} - {*self._stage["modules"]}
        # Modules that were installed are neither Python's own nor the student's.
        names = [name for name in sorted(names) if "-packages" in str(getattr(sys.modules.get(name), "__file__", ""))]
        return [self._say("other_library", name=name, libraries=self._stage["libraries"]) for name in names]

    def draw(self, name: str) -> "Shown | None":
        """Draw the student's function beside what is right, and return what to show."""
        if name not in self._stage["drawings"]:
            print(self._say("no_drawing", name=name, names=", ".join(self._stage["drawings"])))
            return None
        module = importlib.import_module("capas_check.picture")  # only stages with drawings have it
        drawing, say = module.Drawing(**self._stage["drawings"][name]), self._say
        answer = run_limited(CASE_SECONDS, lambda: module.compare(drawing, self._namespace.get(drawing.function), say))
        lines, picture = answer.lines, b""
        try:
            picture = module.draw_png(answer, say)
        except ImportError:
            lines = [*lines, say("no_matplotlib")]
        return Shown(f"{MARKS[answer.agrees]} {drawing.title}", answer.agrees, lines, picture)

    def standing(self, question: str, ended: bool = False) -> Standing:
        """Return where a question stands; with ``ended`` its cases are not run, as they ended the program before."""
        if ended:
            return Standing(True, 0, len(self._cases[question]), 0, self._say("crashed", call=question))
        runs = self._run(question)
        message = next((run.message(self._say) for run in runs if not run.passed), "")
        points = sum(run.case.points for run in runs if run.passed)
        begun = is_begun(self._namespace.get(question, "missing"))  # that is told otherwise
        return Standing(
            begun, sum(run.passed for run in runs), len(runs), points, self._advice(question, runs) or message
        )

    def summary(self) -> "Shown":
        """Run the public cases of every question, here and from zero, and return what to show, with what to hand in."""
        here = {question: self.standing(question) for question in self._cases}
        good, lines = summarize(self._stage, here, self._script or self._notebook.saved(ask=True), self._notebook)
        return Shown(self._say("summary"), good, [*lines, *self._other_libraries()])


@dataclass(frozen=True, repr=False)
class Shown:
    """What a cell shows: a title, lines, and perhaps a PNG picture; ``runs`` are those of the cases it tells of."""

    title: str
    good: bool
    lines: Sequence[str]
    picture: bytes = b""
    runs: Sequence[CaseRun] = ()

    def __repr__(self) -> str:
        return "\n  ".join([self.title, *self.lines])

    def _repr_html_(self) -> str:
        title, *lines = map(html.escape, [self.title, *self.lines])
        shown = "".join(f"<div>{line}</div>" for line in lines)
        if self.picture:
            data = base64.b64encode(self.picture).decode()
            shown += f'<img alt="{title}. {" ".join(lines)}" src="data:image/png;base64,{data}" style="max-width:100%">'
        color = "#0b6e4f" if self.good else "#b3261e"
        return f'<div style="border-left:4px solid {color};padding:0.2em 0.8em"><b>{title}</b>{shown}</div>'
