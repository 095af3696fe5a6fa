"""The pictures: a student's function over what is right, and the scores of a class."""

import functools
import io
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from capas.checks.drawing import ATOL, INK, MARK, RTOL, STUDENT, CannotDraw, values_of
from capas.grading.result import Result
from capas.report.texts import CLASS, counted
from capas.report.texts import STUDENT as SAID
from capas.sandbox import Limits, SandboxError, Zygote
from capas.sandbox.program import Program
from capas.texts.points import points_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

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
    """A picture for pages, the same for notebooks (VS Code shows no SVG in them), and the text that stands for it."""

    svg: bytes
    png: bytes
    alt: str


def draw_answers(
    result: Result,
    cells: Sequence[str],
    drawings: Mapping[str, Mapping[str, Any]],
    zygote: Callable[[], Zygote],
    limits: Limits,
    language: str,
) -> dict[str, Picture]:
    """Return, by question, the pictures of a submission's functions that fail and can be seen to.

    The code runs in a fresh sandbox and sees only the public inputs of the drawings.

    Args:
        result: of the submission.
        cells: its pieces of Python.
        drawings: what `capas.bundle.drawings_of` returns.
        zygote: gives what sandboxes come from; asked only when something is to be drawn.
        limits: deadlines for student code.
        language: of the text.
    """
    failing = {
        question.name
        for question in result.questions
        if not all(case.passed for case in question.cases)
        and question.diagnosis not in ("never_ends", "ends_the_program", "not_defined", "returns_nothing")
    }
    wanted = [one for one in drawings.values() if one["function"] in failing and one["kind"] in KINDS]
    if result.status != "graded" or not wanted:
        return {}
    pictures: dict[str, Picture] = {}
    try:
        with Program(zygote(), limits, cells) as program:
            for drawing in wanted:
                values = _values(dict(drawing), program.namespace().get(drawing["function"]))
                if values is not None and not np.isclose(values, drawing["right"], rtol=RTOL, atol=ATOL).all():
                    packed = msgspec.json.encode({key: value for key, value in drawing.items() if key != "arguments"})
                    pictures.setdefault(drawing["function"], _beside(packed, tuple(values.tolist()), language))
    except SandboxError:
        pass  # a picture less is no result less
    return pictures


def _values(drawing: dict[str, Any], function: Any) -> np.ndarray | None:
    try:
        values = values_of(drawing, function)
    except CannotDraw:
        return None
    return values if values.shape == (len(drawing["right"]),) and np.isfinite(values).any() else None


@functools.lru_cache(maxsize=64)  # many students make the same mistake
def _beside(packed: bytes, numbers: tuple[float, ...], language: str) -> Picture:
    drawing, values = msgspec.json.decode(packed), np.array(numbers)
    right = np.array(drawing["right"])
    wrong = np.flatnonzero(~np.isclose(values, right, rtol=RTOL, atol=ATOL))

    def paint(axes: "Axes") -> None:
        low, high = min(0.0, float(right.min())), max(0.0, float(right.max()))
        span = high - low or 1.0
        # All of what is right, and no more of the rest than leaves it readable.
        lowest, highest = low - 3 * span, high + 3 * span
        outside = bool(np.any((values < lowest) | (values > highest)))
        shown = np.clip(values, lowest - 10 * span, highest + 10 * span)
        mine = SAID["mine_outside" if outside else "mine"][language].format(name=drawing["function"])
        other = SAID["right"][language]
        if drawing["kind"] == "curve":
            x = _interval(drawing)
            axes.axvspan(float(x[wrong[0]]), float(x[wrong[-1]]), facecolor=MARK, alpha=0.15, edgecolor="none")
            axes.plot(x, shown, color=STUDENT, linewidth=2.4, label=mine)
            axes.plot(x, right, color=INK, linewidth=1.8, linestyle="--", label=other)
            axes.grid(color="#E5E5E5")
            axes.set_xlabel(drawing["argument"])
        else:
            x = np.arange(len(right))
            bars = axes.bar(x - 0.2, np.where(np.isfinite(shown), shown, 0.0), 0.38, color=STUDENT, label=mine)
            axes.bar_label(bars, [_short(value) for value in values])
            bars = axes.bar(x + 0.2, right, 0.38, facecolor="white", edgecolor=INK, linestyle="--", label=other)
            axes.bar_label(bars, [_short(value) for value in right])
            axes.set_xticks(x)
            axes.set_xlabel(SAID["element"][language])
        finite = shown[np.isfinite(shown)]
        low, high = min(low, max(finite.min(), lowest)), max(high, min(finite.max(), highest))
        # Room for the numbers over the bars; a curve that leaves is cut off at the edge.
        axes.set_ylim(low - 0.12 * (high - low), high + 0.12 * (high - low))
        figure = axes.get_figure()
        assert figure is not None
        figure.legend(loc="outside lower center", ncols=2)

    if drawing["kind"] == "curve":
        x = _interval(drawing)
        key = "curve_departs" if wrong[0] < wrong[-1] else "curve_departs_at"
        places = {"axis": drawing["argument"], "first": _short(float(x[wrong[0]])), "last": _short(float(x[wrong[-1]]))}
        alt = SAID[key][language].format(title=drawing["title"], **places)
    else:
        lists = {name: ", ".join(map(_short, some)) for name, some in (("values", values), ("right", right))}
        alt = SAID["bars_depart"][language].format(title=drawing["title"], **lists)
    return Picture(_drawn(paint, "svg"), _drawn(paint, "png"), alt)


def _short(number: float) -> str:
    return f"{number:.3g}".replace("-", "\N{MINUS SIGN}")


def _interval(drawing: dict[str, Any]) -> np.ndarray:
    return np.linspace(drawing["start"], drawing["stop"], len(drawing["right"]))


def histogram(scores: Sequence[float], points: float, language: str) -> Picture:
    """Return the distribution of a class's scores."""
    from matplotlib.ticker import MaxNLocator

    counts, edges = np.histogram(scores, bins=BINS, range=(0.0, points))

    def paint(axes: "Axes") -> None:
        bars = axes.bar(edges[:-1], counts, width=np.diff(edges), align="edge", color=STUDENT, edgecolor="white")
        axes.bar_label(bars, [str(count) if count else "" for count in counts])
        axes.set_xticks(edges[::2] if BINS % 2 == 0 else edges)
        axes.set_xlim(0.0, points)
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.set(xlabel=CLASS["bin_axis"][language], ylabel=CLASS["count_axis"][language])
        axes.margins(y=0.12)

    bins = "; ".join(
        CLASS["bin"][language].format(
            low=points_text(round(low, 2)),
            high=points_text(round(high, 2)),
            count=counted("submission", count, language),
        )
        for low, high, count in zip(edges, edges[1:], counts.tolist(), strict=False)
        if count
    )
    alt = CLASS["distribution_alt"][language].format(count=len(scores), bins=bins)
    return Picture(_drawn(paint, "svg"), b"", alt)


def _drawn(paint: "Callable[[Axes], None]", kind: str) -> bytes:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        # Small, so that its text can still be read where a phone shrinks it.
        figure = Figure(figsize=(5.2, 3.0), layout="constrained")
        paint(figure.subplots())
        file = io.BytesIO()
        metadata = METADATA if kind == "svg" else {"Software": None}
        figure.savefig(file, format=kind, dpi=110, facecolor="white", metadata=metadata)
    return file.getvalue()
