"""The picture that a student's own function draws, for their page: of a public case, whose inputs they know.

It is drawn in a sandbox and comes as untrusted bytes. A process of its own reads them within bounds and writes the
picture anew; what is no small PNG is no picture.
"""

import contextlib
import copy
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.grading.result import QuestionResult, Result
from capas.grading.stage import stage_test_files
from capas.report.diagnoses import UNANSWERED
from capas.report.pictures import Picture, program_to_draw
from capas.report.texts import counted
from capas.sandbox import Limits, ProgramSource, SandboxError, Zygote
from capas.submission import TooMuchError, call_bounded
from capas.texts import program_texts
from capas.texts.plain import clean
from capas_check.drawn_figures import MAX_PICTURE_BYTES, PICTURE_SIZE
from capas_check.operations import through
from capas_check.panels import Figure, Panel, read_figure
from capas_check.plot_words import DrawnCall

MOST_PANELS = 4
"""How many are told of in words."""

PlotCalls = Mapping[str, Mapping[str, DrawnCall]]
"""For each question that draws, what each of its public cases draws first, by the case's name."""


def plot_calls(stage: Stage) -> PlotCalls:
    """Return the calls of public cases that look at plots, as they are made of the reference."""
    if stage.autograder:
        return {}
    test_files = [test_file for test_file in stage_test_files(stage) if test_file.draws]
    if not test_files:
        return {}
    names = vars(Solutions(stage).reference)
    found: dict[str, dict[str, DrawnCall]] = {}
    for test_file in test_files:
        runs = test_file.run_cases(test_file.public_cases, dict(names))
        drawn = {run.case.body.test_func.__name__: [c for c in run.calls if isinstance(c, DrawnCall)] for run in runs}
        found[test_file.name] = {case: calls[0] for case, calls in drawn.items() if calls}
    return {question: calls for question, calls in found.items() if calls}


def draw_plots(
    result: Result,
    source: Callable[[Zygote], ProgramSource | Sequence[str]],
    plots: PlotCalls,
    zygote: Callable[[], Zygote],
    limits: Limits,
    language: str,
) -> dict[str, Picture]:
    """Return, by question, what a submission's own functions draw, right or wrong; the arguments are as `draw_answers`.

    It is what the first public case looks at that fails, or else the first.
    """
    asked = {one.name: _shown(one, plots.get(one.name, {})) for one in result.questions}
    wanted = {question: call for question, call in asked.items() if call is not None}
    pictures: dict[str, Picture] = {}
    if result.status != "graded" or not wanted:
        return pictures
    with contextlib.suppress(SandboxError), program_to_draw(source, zygote, limits) as program:
        for question, call in wanted.items():
            function = program.namespace().get(question)
            if callable(function) and (picture := _picture(function, call, question, language)):
                pictures[question] = picture
    return pictures


def _shown(question: QuestionResult, calls: Mapping[str, DrawnCall]) -> DrawnCall | None:
    if question.diagnosis in UNANSWERED or not calls:
        return None
    failed = [case.name for case in question.cases if not case.passed]
    return next((call for case, call in calls.items() if case in failed), next(iter(calls.values())))


def _picture(function: Callable[..., Any], call: DrawnCall, question: str, language: str) -> Picture | None:
    arguments, keywords = copy.deepcopy((call.arguments, call.keywords))
    try:
        raw = through(function, "drawn", picture=True)(*arguments, **keywords)
    except Exception:  # the student's, and told where the case is
        return None
    figure, data = read_figure(raw), raw.get("picture") if isinstance(raw, dict) else None
    png = painted_anew(data) if isinstance(data, bytes) and not figure.problem else b""
    return Picture(b"", png, alternative_text(figure, question, language), _size(png)) if png else None


def painted_anew(data: bytes) -> bytes:
    """Return an untrusted PNG as a PNG of our own; none where it is no small picture."""
    if len(data) > MAX_PICTURE_BYTES:
        return b""
    with contextlib.suppress(TooMuchError):
        return call_bounded(_painted, data)
    return b""


def _painted(data: bytes) -> bytes:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if image.width > PICTURE_SIZE[0] or image.height > PICTURE_SIZE[1]:
                return b""
            file = io.BytesIO()
            # Of what the file holds beside its colours nothing is kept.
            Image.frombytes("RGB", image.size, image.convert("RGB").tobytes()).save(file, "PNG", optimize=True)
    except Exception:  # anything may be in it
        return b""
    return file.getvalue()


def _size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def alternative_text(figure: Figure, question: str, language: str) -> str:
    """Return what is said of a picture to who cannot see it: what is drawn, and what is written around it."""
    say = program_texts(language)
    parts = [_panel_text(panel, language) for panel in figure.panels[:MOST_PANELS]]
    title = [say("plot_title", text=_words(figure.title))] if figure.title.strip() else []
    return say("plot_alt", function=question, parts="; ".join([*title, *parts]))


def _panel_text(panel: Panel, language: str) -> str:
    say = program_texts(language)
    kinds = {"line": panel.lines, "points": panel.points, "bars": panel.bars, "image": panel.images}
    kinds |= {"slice": panel.slices, "area": panel.areas}
    parts = [counted(f"plot_{kind}", len(drawn), language) for kind, drawn in kinds.items() if drawn]
    parts = parts or [say("plot_empty")]
    for key, text in (("plot_title", panel.title), ("plot_x", panel.x.label), ("plot_y", panel.y.label)):
        parts += [say(key, text=_words(text))] if text.strip() else []
    if panel.legend:
        parts.append(say("plot_legend", text=", ".join(map(_words, panel.legend[:10]))))
    return ", ".join(parts)


def _words(text: str) -> str:
    return " ".join(clean(text).split())[:120]
