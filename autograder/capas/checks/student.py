"""What a student sees: the ``grader`` of the notebook, and of `python check.py` beside a `.py`.

The public cases are run by Otter's own class; the words around them are the course's.
"""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import numpy as np

from capas.checks.fingerprint import fingerprint_key
from capas.checks.messages import get_language
from capas.checks.otter_files import FAILED, watched_test_file

WORDS: dict[str, dict[str, str]] = {
    "all_pass": {
        "es": "Pruebas públicas: pasan todas ({total}).",
        "en": "Public cases: all pass ({total}).",
    },
    "some_pass": {
        "es": "Pruebas públicas: pasan {passed} de {total}.",
        "en": "Public cases: {passed} of {total} pass.",
    },
    "hidden": {
        "es": "Esta no es todavía la nota: las pruebas ocultas deciden {hidden} de los {points} puntos.",
        "en": "This is not the grade yet: hidden cases decide {hidden} of the {points} points.",
    },
    "advice": {"es": "Lo que parece que pasa: {advice}", "en": "What seems to be the matter: {advice}"},
    "case": {"es": "Prueba {number}", "en": "Case {number}"},
    "passes": {"es": "pasa", "en": "passes"},
    "fails": {"es": "no pasa", "en": "fails"},
    "unknown": {
        "es": "No hay ninguna pregunta llamada {name}. Las preguntas son: {names}.",
        "en": "There is no question called {name}. The questions are: {names}.",
    },
    "no_drawing": {
        "es": "No hay ningún dibujo llamado {name}. Los dibujos son: {names}.",
        "en": "There is no drawing called {name}. The drawings are: {names}.",
    },
    "summary": {"es": "Resumen de las pruebas públicas", "en": "Summary of the public cases"},
    "hand_in": {
        "es": "Cuando termines, guarda tu trabajo y entrega un solo archivo: {file}.",
        "en": "When you are done, save your work and hand in a single file: {file}.",
    },
}


class Grader:
    """Checks a student's functions against the public cases.

    Args:
        tests: the text of each question's public test file, in order.
        points: points of each question, and how many of them hidden cases decide.
        namespace: where the student's functions are.
        file: the name of the file to hand in.
        known: what to tell a student whose function does what a known mistake does, by fingerprint.
        drawings: what `capas.checks.drawing` needs for each picture.
    """

    def __init__(
        self,
        tests: dict[str, str],
        points: dict[str, tuple[float, float]],
        namespace: dict[str, Any],
        file: str,
        known: dict[str, str] | None = None,
        drawings: dict[str, dict[str, Any]] | None = None,
    ):
        kind = watched_test_file()
        self._files = {name: kind.from_string(source, name) for name, source in tests.items()}
        self._points = points
        self._namespace = namespace
        self._file = file
        self._known = known or {}
        self._drawings = drawings or {}

    def check(self, question: str) -> "Report | None":
        """Run the public cases of one question and return what to show."""
        if question not in self._files:
            print(_say("unknown", name=question, names=", ".join(self._files)))
            return None
        return self._check(question)

    def _check(self, question: str) -> "Report":
        test_file = self._files[question]
        with _exit_raises(self._namespace):
            test_file.run(self._namespace)
        key = fingerprint_key(question, [run.calls for run in test_file.runs])
        return Report(question, test_file.test_case_results, *self._points[question], self._known.get(key, ""))

    def draw(self, name: str) -> Any:
        """Draw the student's function beside what is right, and return what to show."""
        if name not in self._drawings:
            print(_say("no_drawing", name=name, names=", ".join(self._drawings)))
            return None
        # `check.py` draws nothing and goes without this module.
        from capas.checks.drawing import draw

        drawing = self._drawings[name]
        with _exit_raises(self._namespace):
            return draw(drawing, self._namespace.get(drawing["function"]))

    def summary(self) -> "Summary":
        """Run the public cases of every question and return a table, with what to hand in."""
        return Summary([self._check(question) for question in self._files], self._file)


@contextmanager
def _exit_raises(namespace: dict[str, Any]) -> Iterator[None]:
    """Make a notebook's `exit` and `quit` raise SystemExit, as they do in a script: so a check can tell of it.

    Jupyter's own return at once, and end the notebook without a word a moment later.
    """
    own = {name: namespace[name] for name in ("exit", "quit") if _is_of_ipython(namespace.get(name))}
    namespace.update(dict.fromkeys(own, _exit))
    try:
        yield
    finally:
        namespace.update((name, value) for name, value in own.items() if namespace.get(name) is _exit)


def _is_of_ipython(value: Any) -> bool:
    return type(value).__module__.partition(".")[0] in ("IPython", "ipykernel")


def _exit(*_arguments: Any) -> NoReturn:
    raise SystemExit


class Report:
    """The outcome of one question, as text and as HTML."""

    def __init__(self, question: str, outcomes: list[Any], points: float, hidden: float, advice: str = ""):
        self.question = question
        self.points = points
        self.hidden = hidden
        self.advice = advice
        self.outcomes = [(outcome.passed, str(outcome.message).removeprefix(FAILED)) for outcome in outcomes]

    @property
    def passed(self) -> int:
        """How many public cases pass."""
        return sum(passed for passed, _ in self.outcomes)

    @property
    def all_pass(self) -> bool:
        """Whether every public case passes."""
        return self.passed == len(self.outcomes)

    def lines(self) -> list[str]:
        """Return the sentences after the cases."""
        key = "all_pass" if self.all_pass else "some_pass"
        hidden = _say("hidden", hidden=points_text(self.hidden), points=points_text(self.points))
        advice = [_say("advice", advice=self.advice)] if self.advice else []
        return [_say(key, passed=self.passed, total=len(self.outcomes)), *advice, hidden]

    def __repr__(self) -> str:
        shown = [self.question]
        for number, (passed, message) in enumerate(self.outcomes, 1):
            case = _say("case", number=number)
            shown.append(f"  ✔ {case}: {_say('passes')}" if passed else f"  ✘ {case}: {message}")
        return "\n".join([*shown, *(f"  {line}" for line in self.lines())])

    def _repr_html_(self) -> str:
        rows = []
        for number, (passed, message) in enumerate(self.outcomes, 1):
            case = html.escape(_say("case", number=number))
            text = _say("passes") if passed else message
            mark = "✔" if passed else "✘"
            rows.append(f"<li>{mark} <b>{case}</b>: {html.escape(text)}</li>")
        lines = "<br>".join(html.escape(line) for line in self.lines())
        color = "#0b6e4f" if self.all_pass else "#b3261e"
        return (
            f'<div style="border-left:4px solid {color};padding:0.2em 0.8em">'
            f"<b><code>{html.escape(self.question)}</code></b>"
            f'<ul style="list-style:none;padding:0;margin:0.3em 0">{"".join(rows)}</ul>'
            f"{lines}</div>"
        )


class Summary:
    """All questions in one table."""

    def __init__(self, reports: list[Report], file: str):
        self.reports = reports
        self._hand_in = _say("hand_in", file=file)

    def __repr__(self) -> str:
        rows = [f"  {_mark(report)} {report.question}: {report.lines()[0]}" for report in self.reports]
        return "\n".join([_say("summary"), *rows, self._hand_in])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<li>{_mark(report)} <code>{html.escape(report.question)}</code>: {html.escape(report.lines()[0])}</li>"
            for report in self.reports
        )
        return (
            f"<div><b>{html.escape(_say('summary'))}</b>"
            f'<ul style="list-style:none;padding:0;margin:0.3em 0">{rows}</ul>{html.escape(self._hand_in)}</div>'
        )


def points_text(points: float) -> str:
    """Return points as the grader writes them: the shortest exact decimal, without an exponent."""
    short = float(f"{points:.12g}")
    exact = short if abs(short - points) <= 1e-13 * max(abs(short), abs(points)) else points
    return np.format_float_positional(exact + 0.0, trim="-")


def _mark(report: Report) -> str:
    return "✔" if report.all_pass else "✘"


def _say(key: str, **values: object) -> str:
    return WORDS[key][get_language()].format(**values)
