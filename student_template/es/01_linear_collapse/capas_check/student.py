"""The ``grader`` of a notebook, and of `python check.py`: checks functions, draws them, tells where one stands."""

import base64
import html
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from capas_check.answer import Drawing, compare
from capas_check.fingerprint import fingerprint_key
from capas_check.runner import CaseRun, exit_raises, read_cases, run_case
from capas_check.texts import Texts, load_texts


class Grader:
    """Checks a student's functions against the public cases.

    Args:
        stage: ``language``; ``file``, what is handed in; for each question its test file in ``tests``, and in
            ``points`` its points and how many of them hidden cases decide; in ``known`` what to tell who does what a
            known mistake does, by fingerprint; ``drawings``; what may be imported, ``libraries`` and their ``modules``.
        namespace: where the student's functions are.
    """

    def __init__(self, stage: Mapping[str, Any], namespace: dict[str, Any]):
        self._stage, self._namespace, self._say = stage, namespace, load_texts(stage["language"])
        self._cases = {name: read_cases(source, f"{name}.py") for name, source in stage["tests"].items()}

    def check(self, question: str) -> "CheckReport | None":
        """Run the public cases of one question and return what to show."""
        if question not in self._cases:
            print(self._say("unknown", name=question, names=", ".join(self._cases)))
            return None
        with exit_raises(self._namespace):
            runs = [run_case(case, self._namespace) for case in self._cases[question]]
        advice = self._stage["known"].get(fingerprint_key(question, [run.calls for run in runs]), "")
        report = CheckReport(question, runs, self._stage["points"][question], advice, self._say)
        report.lines = [*report.lines, *self._other_libraries()]
        return report

    def _other_libraries(self) -> list[str]:
        """Return a line for each library that is imported here and not there where this is graded."""
        source = "\n".join(self._namespace.get("_ih", ()))  # of a notebook's cells, as Jupyter keeps it
        names = {*re.findall(r"^\s*(?:from|import) (\w+)", source, re.MULTILINE)} - {*self._stage["modules"]}
        # Modules that were installed are neither Python's own nor the student's.
        names = [name for name in sorted(names) if "-packages" in str(getattr(sys.modules.get(name), "__file__", ""))]
        return [self._say("other_library", name=name, libraries=self._stage["libraries"]) for name in names]

    def draw(self, name: str) -> "Shown | None":
        """Draw the student's function beside what is right, and return what to show."""
        if name not in self._stage["drawings"]:
            print(self._say("no_drawing", name=name, names=", ".join(self._stage["drawings"])))
            return None
        drawing = Drawing(**self._stage["drawings"][name])
        with exit_raises(self._namespace):
            answer = compare(drawing, self._namespace.get(drawing.function), self._say)
        try:
            from capas_check.picture import draw_png

            return Shown(drawing.title, answer.agrees, [], answer.lines, draw_png(answer, self._say))
        except ImportError:
            return Shown(drawing.title, answer.agrees, [], [*answer.lines, self._say("no_matplotlib")])

    def summary(self) -> "Shown":
        """Run the public cases of every question and return what to show, with what to hand in."""
        reports = [report for question in self._cases if (report := self.check(question))]
        items = [(report.good, f"{report.title}: {report.lines[0]}") for report in reports]
        hand_in = self._say("hand_in", file=self._stage["file"])
        lines = [hand_in, *self._other_libraries()]
        return Shown(self._say("summary"), all(report.good for report in reports), items, lines)


class Shown:
    """What a cell shows: a title, what went well or not with a line each, sentences, and perhaps a PNG picture."""

    def __init__(
        self, title: str, good: bool, items: Sequence[tuple[bool, str]], lines: Sequence[str], picture: bytes = b""
    ):
        self.title, self.good, self.lines, self.picture = title, good, lines, picture
        self.items = [f"{_mark(well)} {line}" for well, line in items]
        # Where each thing has its mark, the whole needs none.
        self._heading = title if items else f"{_mark(good)} {title}"

    def __repr__(self) -> str:
        return "\n".join([self._heading, *(f"  {line}" for line in self.items), *(f"  {line}" for line in self.lines)])

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(line)}</li>" for line in self.items)
        lines = "<br>".join(html.escape(line) for line in self.lines)
        if self.picture:
            alt = html.escape(f"{self.title}. {' '.join(self.lines)}", quote=True)
            data = base64.b64encode(self.picture).decode()
            lines += f'<br><img alt="{alt}" src="data:image/png;base64,{data}" style="max-width:100%">'
        return (
            f'<div style="border-left:4px solid {"#0b6e4f" if self.good else "#b3261e"};padding:0.2em 0.8em">'
            f"<b>{html.escape(self._heading)}</b>"
            f'<ul style="list-style:none;padding:0;margin:0.3em 0">{items}</ul>{lines}</div>'
        )


class CheckReport(Shown):
    """The outcome of one question, from the ``runs`` of its public cases; ``points`` as in `Grader`."""

    def __init__(self, question: str, runs: list[CaseRun], points: Sequence[str], advice: str, say: Texts):
        self.runs = runs
        passed = sum(run.passed for run in runs)
        items = [
            (run.passed, f"{say('case', number=number)}: {say('passes') if run.passed else run.message(say)}")
            for number, run in enumerate(runs, 1)
        ]
        lines = [say("all_pass" if passed == len(runs) else "some_pass", passed=passed, total=len(runs))]
        lines += [say("advice", advice=advice)] if advice else []
        lines += [say("hidden", points=points[0], hidden=points[1])]
        super().__init__(question, passed == len(runs), items, lines)


def _mark(good: bool) -> str:
    return "✔" if good else "✘"
