"""Drawing a student's own function beside what is right; ships in the notebook's first cell.

Where both agree there is one line. Where they differ what is right is dashed, the place is marked, and a sentence
says where. matplotlib is imported when something is drawn, so that everything else works without it.
"""

import base64
import copy
import html
import io
from typing import Any

import numpy as np

from capas.checks.messages import get_language

POINTS = 121
RTOL, ATOL = 1e-5, 2e-6  # what is right is shipped with 6 decimals
INK, STUDENT, MARK = "#222222", "#0072B2", "#E69F00"
STYLE: Any = {
    "figure.figsize": (7.2, 3.4),
    "font.size": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "hatch.linewidth": 0.6,
}

WORDS: dict[str, dict[str, str]] = {
    "agrees": {
        "es": "Tu {name} coincide con lo correcto en todo el dibujo.",
        "en": "Your {name} agrees with what is right all over the picture.",
    },
    "departs": {
        "es": "Tu {name} se aparta de lo correcto {where}.",
        "en": "Your {name} departs from what is right {where}.",
    },
    "small": {
        "es": "La diferencia es pequeña, como mucho {most}: en el dibujo casi no se ve.",
        "en": "The difference is small, {most} at most: in the picture it can hardly be seen.",
    },
    "curve": {"es": "entre {axis} = {first} y {axis} = {last}", "en": "between {axis} = {first} and {axis} = {last}"},
    "curve_at": {"es": "en {axis} = {first}", "en": "at {axis} = {first}"},
    "line": {"es": "desde la época {first} hasta la {last}", "en": "from epoch {first} to epoch {last}"},
    "line_at": {"es": "en la época {first}", "en": "at epoch {first}"},
    "bars": {"es": "desde el elemento {first} hasta el {last}", "en": "from element {first} to element {last}"},
    "bars_at": {"es": "en el elemento {first}", "en": "at element {first}"},
    "and": {"es": " y ", "en": " and "},
    "pieces": {"es": "en {count} trozos, {where}", "en": "in {count} pieces, {where}"},
    "missing": {
        "es": "Todavía no hay ninguna función {name}: ejecuta su celda y vuelve a esta.",
        "en": "There is no function {name} yet: run its cell and come back to this one.",
    },
    "nothing": {
        "es": "{name} devuelve None: completa su celda (¿falta el return?), ejecútala y vuelve a esta.",
        "en": "{name} returns None: complete its cell (is the return missing?), run it and come back to this one.",
    },
    "raised": {
        "es": "{name} terminó con un error, {error}. Corrige su celda, ejecútala y vuelve a esta.",
        "en": "{name} ended with an error, {error}. Mend its cell, run it and come back to this one.",
    },
    "exited": {
        "es": "{name} pidió cerrar el programa, con exit(), quit() o sys.exit(). Quítalo y ejecuta su celda.",
        "en": "{name} asked to close the program, with exit(), quit() or sys.exit(). Remove it and run its cell.",
    },
    "no_item": {
        "es": "{name} debe devolver varias cosas, y aquí se dibuja la que está en la posición {pick}; devolvió {type}.",
        "en": "{name} must return several things, and the one at position {pick} is drawn here; it returned {type}.",
    },
    "not_numbers": {
        "es": "{name} devolvió algo que no son números, de tipo {type}, y no se puede dibujar.",
        "en": "{name} returned something that is not numbers, of type {type}, and cannot be drawn.",
    },
    "shape": {
        "es": "Aquí {name} debe dar la forma {expected} y dio la forma {shape}.",
        "en": "Here {name} must give shape {expected}, and gave shape {shape}.",
    },
    "shape_curve": {
        "es": "Aquí {name} recibe muchos números a la vez, de forma {expected}, y debe dar otros tantos: dio {shape}.",
        "en": "Here {name} gets many numbers at once, of shape {expected}, and must give as many: it gave {shape}.",
    },
    "no_matplotlib": {
        "es": "Falta matplotlib para ver el dibujo: ejecuta %pip install matplotlib en otra celda y vuelve a esta.",
        "en": "matplotlib is missing to show the picture: run %pip install matplotlib in a new cell and come back.",
    },
    "mine": {"es": "tu {name}", "en": "your {name}"},
    "outside": {"es": "tu {name} (se sale del dibujo)", "en": "your {name} (leaves the picture)"},
    "right": {"es": "lo correcto", "en": "what is right"},
    "line_axis": {"es": "época", "en": "epoch"},
    "bars_axis": {"es": "elemento", "en": "element"},
    "curve_axis": {"es": "{axis}", "en": "{axis}"},
}


class CannotDraw(Exception):
    """What the function gave is no picture; the text says why, in the student's language."""


class Drawn:
    """A picture and the sentence under its title; ``picture`` is PNG, or empty where matplotlib is missing."""

    def __init__(self, title: str, agrees: bool, lines: list[str], picture: bytes):
        self.title = title
        self.agrees = agrees
        self.lines = lines
        self.picture = picture

    def __repr__(self) -> str:
        return "\n".join([f"{'✔' if self.agrees else '✘'} {self.title}", *(f"  {line}" for line in self.lines)])

    def _repr_html_(self) -> str:
        color = "#0b6e4f" if self.agrees else "#b3261e"
        text = "<br>".join(html.escape(line) for line in self.lines)
        picture = ""
        if self.picture:
            data = base64.b64encode(self.picture).decode()
            alt = html.escape(f"{self.title}. {' '.join(self.lines)}", quote=True)
            picture = f'<br><img alt="{alt}" src="data:image/png;base64,{data}" style="max-width:100%">'
        return (
            f'<div style="border-left:4px solid {color};padding:0.2em 0.8em">'
            f"{'✔' if self.agrees else '✘'} <b>{html.escape(self.title)}</b><br>{text}{picture}</div>"
        )


def draw(drawing: dict[str, Any], function: Any) -> Drawn:
    """Draw ``function``, a student's, beside what is right; whatever it does, the answer is a `Drawn`.

    Args:
        drawing: what `Drawing` of the course has, with its ``title`` in one language; ``argument``, the name of the
            function's first; and ``right``, the values that are right.
        function: what the student has under that name; None where there is nothing.
    """
    right = np.array(drawing["right"])
    values = None
    try:
        values = values_of(drawing, function)
        if values.shape != right.shape:
            key = "shape_curve" if drawing["kind"] == "curve" else "shape"
            raise CannotDraw(_say(key, drawing, expected=right.shape, shape=values.shape))
        wrong = ~np.isclose(values, right, rtol=RTOL, atol=ATOL)
        lines = [_say("departs", drawing, where=_where(drawing, wrong)) if wrong.any() else _say("agrees", drawing)]
        most = float(np.abs(values - right).max())
        if wrong.any() and most < 0.02 * np.ptp(right):
            lines.append(_say("small", drawing, most=f"{most:.2g}"))
    except CannotDraw as reason:
        values, wrong, lines = None, np.ones(right.shape, dtype=bool), [str(reason)]
    try:
        picture = _picture(drawing, values, right, wrong)
    except ImportError:
        picture = b""
        lines.append(_say("no_matplotlib", drawing))
    return Drawn(drawing["title"], not wrong.any(), lines, picture)


def values_of(drawing: dict[str, Any], function: Any) -> np.ndarray:
    """Return the values of ``function`` that are drawn.

    Raises:
        CannotDraw: saying what the function did instead of returning numbers.
    """
    if not callable(function):
        raise CannotDraw(_say("missing", drawing))
    try:
        # The checks tell of NumPy's warnings; here they would only stand between a student and the picture.
        with np.errstate(all="ignore"):
            result = function(*_arguments(drawing))
    except SystemExit:
        raise CannotDraw(_say("exited", drawing)) from None
    except Exception as error:
        raise CannotDraw(_say("raised", drawing, error=f"{type(error).__name__}: {error}".rstrip(": "))) from None
    if result is None:
        raise CannotDraw(_say("nothing", drawing))
    if drawing["pick"] is not None:
        if not isinstance(result, (tuple, list)) or len(result) <= drawing["pick"]:
            raise CannotDraw(_say("no_item", drawing, pick=drawing["pick"], type=type(result).__name__))
        result = result[drawing["pick"]]
    try:
        values = np.asarray(result)
    except Exception:
        values = np.asarray(None)
    if values.dtype.kind not in "iuf":
        raise CannotDraw(_say("not_numbers", drawing, type=type(result).__name__))
    return values.astype(float)


def _interval(drawing: dict[str, Any]) -> np.ndarray:
    # Rounded, so that the middle of a symmetric interval is 0 and nothing near it.
    return np.round(np.linspace(drawing["start"], drawing["stop"], POINTS), 9) + 0.0


def _arguments(drawing: dict[str, Any]) -> list[Any]:
    if drawing["kind"] == "curve":
        return [_interval(drawing)]
    return [_as_given(copy.deepcopy(argument), list) for argument in drawing["arguments"]]


def _as_given(value: Any, kind: type) -> Any:
    """Turn lists of numbers into arrays; lists of anything else into lists, and into tuples inside those."""
    if not isinstance(value, list):
        return value
    try:
        return np.array(value, dtype=float)
    except ValueError:
        return kind(_as_given(item, tuple) for item in value)


def _stretches(drawing: dict[str, Any], wrong: np.ndarray) -> list[tuple[int, int]]:
    """Return the stretches that are wrong, each as the indices of its ends."""
    places = np.flatnonzero(wrong)
    if not places.size:
        return []
    curve = drawing["kind"] == "curve"
    # A curve may touch what is right for a point or two while it crosses it.
    cuts = np.flatnonzero(np.diff(places) > (3 if curve else 1))
    firsts, lasts = [places[0], *places[cuts + 1]], [*places[cuts], places[-1]]
    ends = [(int(first), int(last)) for first, last in zip(firsts, lasts, strict=True)]
    if not curve:
        return ends
    # It leaves what is right somewhere before the first point that is wrong.
    end = len(wrong) - 1
    return [(first, last) if first == last else (max(first - 1, 0), min(last + 1, end)) for first, last in ends]


def _where(drawing: dict[str, Any], wrong: np.ndarray) -> str:
    stretches = _stretches(drawing, wrong)
    if len(stretches) > 3:
        whole = _stretch(drawing, stretches[0][0], stretches[-1][1])
        return _say("pieces", drawing, count=len(stretches), where=whole)
    *others, last = [_stretch(drawing, *stretch) for stretch in stretches]
    return ", ".join(others) + _say("and", drawing) + last if others else last


def _stretch(drawing: dict[str, Any], first: int, last: int) -> str:
    x = _interval(drawing) if drawing["kind"] == "curve" else np.arange(last + 1)
    key = drawing["kind"] + ("_at" if first == last else "")
    return _say(key, drawing, axis=drawing["argument"], first=_number(x[first]), last=_number(x[last]))


def _number(value: float) -> str:
    return f"{value:.4g}".replace("-", "−")


def _say(key: str, drawing: dict[str, Any], **values: object) -> str:
    return WORDS[key][get_language()].format(name=drawing["function"], **values)


def _picture(drawing: dict[str, Any], values: "np.ndarray | None", right: np.ndarray, wrong: np.ndarray) -> bytes:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        figure = Figure(layout="constrained")
        axes = figure.subplots()
        low, high = _heights(values, right, with_zero=drawing["kind"] == "bars")
        label = "mine"
        if values is not None:
            finite = values[np.isfinite(values)]
            label = "outside" if ((finite < low) | (finite > high)).any() else "mine"
        show = _bars if drawing["kind"] == "bars" else _line
        show(drawing, axes, values, right, wrong, _say(label, drawing))
        axes.set(
            xlabel=_say(f"{drawing['kind']}_axis", drawing, axis=drawing["argument"]),
            ylim=(low, high),
        )
        figure.legend(loc="outside lower center", ncols=2)
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=110, facecolor="white")
    return file.getvalue()


def _heights(values: "np.ndarray | None", right: np.ndarray, with_zero: bool) -> tuple[float, float]:
    """Return the heights that are shown: all of what is right, and not so much more that it becomes a flat line."""
    floor = 0.0 if with_zero else float(right.min())
    low, high = min(floor, float(right.min())), max(floor, float(right.max()))
    span = high - low or abs(high) or 1.0
    shown = right if values is None else values[np.isfinite(values)]
    if shown.size:
        low, high = min(low, max(shown.min(), low - span)), max(high, min(shown.max(), high + span))
    margin = 0.1 * (high - low or 1.0)
    return low if with_zero and low == 0 else low - margin, high + margin


def _line(
    drawing: dict[str, Any],
    axes: Any,
    values: "np.ndarray | None",
    right: np.ndarray,
    wrong: np.ndarray,
    label: str,
) -> None:
    curve = drawing["kind"] == "curve"
    x = _interval(drawing) if curve else np.arange(len(right))
    axes.grid(color="#E5E5E5")
    dashed = {"linestyle": "--", "color": INK, "linewidth": 1.8, "label": _say("right", drawing)}
    if values is None:
        axes.plot(x, right, **dashed)
        return
    axes.plot(x, values, color=STUDENT, linewidth=2.6, label=label)
    for first, last in _stretches(drawing, wrong):
        margin = 0.0 if curve and first < last else 0.5 * (x[1] - x[0])
        _mark(axes, x[first] - margin, x[last] + margin)
        shown = slice(max(first - 1, 0), last + 2)
        axes.plot(x[shown], right[shown], **dashed)
        dashed["label"] = None


def _bars(
    drawing: dict[str, Any],
    axes: Any,
    values: "np.ndarray | None",
    right: np.ndarray,
    wrong: np.ndarray,
    label: str,
) -> None:
    x = np.arange(len(right))
    axes.set_xticks(x)
    width, shift = (0.38, 0.2) if values is not None and wrong.any() else (0.6, 0.0)
    if values is not None:
        heights = np.where(np.isfinite(values), values, 0.0)
        bars = axes.bar(x - shift, heights, width, color=STUDENT, label=label)
        axes.bar_label(bars, [_number(value) for value in values])
        for first, last in _stretches(drawing, wrong):
            _mark(axes, first - 0.46, last + 0.46)
    if wrong.any():
        name = _say("right", drawing)
        bars = axes.bar(x + shift, right, width, facecolor="white", edgecolor=INK, linestyle="--", label=name)
        axes.bar_label(bars, [_number(value) for value in right])


def _mark(axes: Any, first: float, last: float) -> None:
    axes.axvspan(first, last, facecolor=MARK, alpha=0.18, zorder=0)
    axes.axvspan(first, last, facecolor="none", edgecolor=MARK, hatch="//", linewidth=0.0, alpha=0.5, zorder=0)
