"""The picture of a student's function beside what is right, and the HTML it is shown in."""

import base64
import io
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from made_drawings import BARS, CURVE, LINE, relu
from made_stage import Page, make_stage
from matplotlib.figure import Figure
from PIL import Image

from capas_check.grader import Grader, Shown
from capas_check.picture import Drawing, compare, draw_png, paint
from capas_check.texts import load_texts

SPANISH, ENGLISH = load_texts("es"), load_texts("en")
BLUE, MARKED = (0, 114, 178), (251, 238, 209)


def raises(a: Any) -> Any:
    raise ValueError("no dice nada")


def picture(drawing: Drawing, function: Any) -> np.ndarray:
    """Return the colors of the picture's points, shape ``(n, 3)``."""
    png = draw_png(compare(drawing, function, SPANISH), SPANISH)
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).reshape(-1, 3).astype(int)


def has(pixels: np.ndarray, color: tuple[int, int, int]) -> bool:
    return bool((np.abs(pixels - color).max(axis=1) < 12).sum() > 100)


def draw(function: Any) -> Shown:
    """Draw ``function`` as `grader.draw` does."""
    drawn = Grader(make_stage(drawings={"relu": asdict(CURVE)}), {"relu": function}).draw("relu")
    assert drawn is not None
    return drawn


def written(drawing: Drawing, function: Any, say: Any) -> set[str]:
    """Return what is written in the picture, but for the numbers along its axes."""
    figure = Figure()
    paint(compare(drawing, function, say), figure, say)
    (axes,) = figure.axes
    return {axes.get_xlabel(), *(text.get_text() for text in figure.legends[0].get_texts())}


@pytest.mark.parametrize("drawing", [CURVE, BARS])
def test_where_both_agree_there_is_one_line_and_nothing_is_marked(drawing: Drawing) -> None:
    pixels = picture(drawing, relu)
    assert has(pixels, BLUE)
    assert not has(pixels, MARKED)


@pytest.mark.parametrize(
    "wrong",
    [
        np.abs,
        lambda a: np.minimum(relu(a), 1),
        lambda a: np.where(a == 0, 1, relu(a)),
        lambda a: np.where(np.abs(a) > 2, 5, relu(a)),
        lambda a: relu(a) + (np.round(a * 20).astype(int) % 20 == 0),
        lambda a: np.where(a > 0, np.nan, 0.0),
        lambda a: relu(a) * 1e300,
        lambda a: a * np.inf,
    ],
)
def test_where_a_curve_is_wrong_is_marked(wrong: Any) -> None:
    assert has(picture(CURVE, wrong), MARKED)


def test_where_bars_and_a_line_are_wrong_is_marked() -> None:
    assert has(picture(BARS, np.abs), MARKED)
    assert has(picture(BARS, lambda a: a * np.nan), MARKED)
    losses = [*LINE.right[:5], *LINE.right[4:-1]]
    assert has(picture(LINE, lambda start, epochs: (None, losses)), MARKED)


@pytest.mark.parametrize("drawing", [CURVE, BARS, LINE])
@pytest.mark.parametrize("function", [None, raises])
def test_of_what_cannot_be_drawn_what_is_right_is_shown(drawing: Drawing, function: Any) -> None:
    pixels = picture(drawing, function)
    assert not has(pixels, BLUE)
    assert len(np.unique(pixels, axis=0)) > 5


def test_what_is_written_in_the_picture() -> None:
    assert written(CURVE, relu, SPANISH) == {"a", "tu relu"}
    assert written(CURVE, np.abs, ENGLISH) == {"a", "your relu", "what is right"}
    assert written(CURVE, lambda a: 1e6 * a, SPANISH) == {"a", "tu relu (se sale del dibujo)", "lo correcto"}
    assert written(BARS, np.abs, SPANISH) == {"elemento", "tu relu", "lo correcto"}
    assert written(LINE, None, ENGLISH) == {"epoch", "what is right"}


def test_what_grows_without_end_does_not_flatten_what_is_right() -> None:
    figure = Figure()
    paint(compare(CURVE, lambda a: relu(a) * 1e300, SPANISH), figure, SPANISH)
    low, high = figure.axes[0].get_ylim()
    assert -1 < low <= 0
    assert 3 < high < 8


def test_the_html_holds_the_sentence_and_the_picture_with_its_text() -> None:
    drawn = draw(np.abs)
    page = Page(drawn._repr_html_())
    assert drawn.lines[0] in page.text
    assert page.picture["alt"] == f"✘ Tu ReLU. {drawn.lines[0]}"
    assert base64.b64decode(page.picture["src"].removeprefix("data:image/png;base64,")) == drawn.picture
    assert repr(drawn).splitlines() == ["✘ Tu ReLU", f"  {drawn.lines[0]}"]


def test_a_hostile_error_is_only_text() -> None:
    def hostile(a: Any) -> Any:
        raise ValueError('"><script>alert(1)</script>')

    page = Page(draw(hostile)._repr_html_())
    assert page.tags == Page(draw(raises)._repr_html_()).tags
    assert "<script>" in page.text
