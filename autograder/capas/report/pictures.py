"""The pictures: a student's function over what is right, and the scores of a class."""

import dataclasses
import functools
import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from capas.grading.result import Result
from capas.report.diagnoses import UNANSWERED, UNRETURNED
from capas.report.texts import counted
from capas.sandbox import Limits, ProgramSource, SandboxError, Zygote
from capas.sandbox.program import Program
from capas.texts import program_texts
from capas.texts.points import points_text
from capas_check.picture import STUDENT, Drawing, answer_of, compare, draw_png, paint
from capas_check.texts import load_texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

KINDS = ("curve", "bars")
# Text stays text, in the reader's own fonts, and the same picture has the same bytes.
STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "capas",
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "hatch.linewidth": 0.6,
}
METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
BINS = 10


class Picture(msgspec.Struct, frozen=True):
    """A picture for pages, the same for notebooks (VS Code shows no SVG in them), and the text that stands for it.

    Where there is no SVG, pages have the PNG. On a page it is of this ``size``, or smaller on a small screen.
    """

    svg: bytes
    png: bytes
    alt: str
    size: tuple[int, int] = (499, 288)

    @property
    def is_plot(self) -> bool:
        """Whether the student's own function drew it."""
        return not self.svg


def draw_answers(
    result: Result,
    source: Callable[[Zygote], ProgramSource | Sequence[str]],
    drawings: Mapping[str, Drawing],
    zygote: Callable[[], Zygote],
    limits: Limits,
    language: str,
) -> dict[str, Picture]:
    """Return, by question, the pictures of a submission's functions that fail and can be seen to.

    The code runs in a fresh sandbox and sees only the public inputs of the drawings.

    Args:
        result: of the submission.
        source: gives its program, or the cells of it, for the zygote that it is to run on.
        drawings: what `capas.course.drawings.drawings_of` returns.
        zygote: gives what sandboxes come from; asked only when something is to be drawn.
        limits: deadlines for student code.
        language: of the text.
    """
    failing = {
        question.name
        for question in result.questions
        if not all(case.passed for case in question.cases) and question.diagnosis not in (*UNANSWERED, *UNRETURNED)
    }
    wanted = [drawing for drawing in drawings.values() if drawing.function in failing and drawing.kind in KINDS]
    if result.status != "graded" or not wanted:
        return {}
    pictures: dict[str, Picture] = {}
    try:
        with program_to_draw(source, zygote, limits) as program:
            for drawing in wanted:
                answer = compare(drawing, program.namespace().get(drawing.function), load_texts(language))
                if answer.values is not None and answer.stretches and np.isfinite(answer.values).any():
                    packed = msgspec.json.encode(dataclasses.replace(drawing, arguments=[]))
                    pictures.setdefault(drawing.function, _picture(packed, tuple(answer.values.tolist()), language))
    except SandboxError:
        pass  # a picture less is no result less
    return pictures


def program_to_draw(
    source: Callable[[Zygote], ProgramSource | Sequence[str]], zygote: Callable[[], Zygote], limits: Limits
) -> Program:
    """Return a submission's program in a fresh sandbox; the arguments are as `draw_answers`.

    Raises:
        SandboxError: when its cells cannot be run to their end.
    """
    running = zygote()
    # A picture is not worth waiting for a cell that does not end.
    short = msgspec.structs.replace(limits, cell_seconds=min(limits.cell_seconds, limits.call_seconds))
    return Program(running, short, source(running))


@functools.lru_cache(maxsize=64)  # many students make the same mistake
def _picture(packed: bytes, numbers: tuple[float, ...], language: str) -> Picture:
    drawing, say = msgspec.json.decode(packed, type=Drawing), load_texts(language)
    answer = answer_of(drawing, np.array(numbers), say)
    x, (first, last) = drawing.x, (answer.stretches[0][0], answer.stretches[-1][1])
    if drawing.kind == "curve":
        key = "student_curve_departs" if first < last else "student_curve_departs_at"
        places = {"axis": drawing.argument, "first": _short(float(x[first])), "last": _short(float(x[last]))}
        alt = program_texts(language)(key, title=drawing.title, **places)
    else:
        lists = {name: ", ".join(map(_short, some)) for name, some in (("values", numbers), ("right", drawing.right))}
        alt = program_texts(language)("student_bars_depart", title=drawing.title, **lists)
    return Picture(_drawn(partial(paint, answer, say=say), "svg"), draw_png(answer, say), alt)


def _short(number: float) -> str:
    return f"{number:.3g}".replace("-", "\N{MINUS SIGN}")


def histogram(scores: Sequence[float], points: float, language: str) -> Picture:
    """Return the distribution of a class's scores."""
    from matplotlib.ticker import MaxNLocator

    say = program_texts(language)
    counts, edges = np.histogram(scores, bins=BINS, range=(0.0, points))

    def paint_bins(figure: "Figure") -> None:
        axes = figure.subplots()
        bars = axes.bar(edges[:-1], counts, width=np.diff(edges), align="edge", color=STUDENT, edgecolor="white")
        axes.bar_label(bars, [str(count) if count else "" for count in counts])
        axes.set_xticks(edges[::2] if BINS % 2 == 0 else edges)
        axes.set_xlim(0.0, points)
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.set(xlabel=say("class_bin_axis"), ylabel=say("class_count_axis"))
        axes.margins(y=0.12)

    bins = "; ".join(
        say(
            "class_bin",
            low=points_text(round(low, 2)),
            high=points_text(round(high, 2)),
            count=counted("submission", count, language),
        )
        for low, high, count in zip(edges, edges[1:], counts.tolist(), strict=False)
        if count
    )
    alt = say("class_distribution_alt", count=len(scores), bins=bins)
    return Picture(_drawn(paint_bins, "svg"), b"", alt)


def _drawn(paint: "Callable[[Figure], None]", kind: str) -> bytes:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        # Small, so that its text can still be read where a phone shrinks it.
        figure = Figure(figsize=(5.2, 3.0), layout="constrained")
        paint(figure)
        file = io.BytesIO()
        metadata = METADATA if kind == "svg" else {"Software": None}
        figure.savefig(file, format=kind, dpi=110, facecolor="white", metadata=metadata)
    return file.getvalue()
