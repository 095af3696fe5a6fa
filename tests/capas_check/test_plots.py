"""Statements about plots: what holds however it is drawn, and what is said where it does not hold."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from made_plots import IMAGE, T, Y, fall, plt, said
from matplotlib.figure import Figure

from capas_check.plots import draw


def with_plt() -> None:
    plt.plot(T, Y)
    plt.show()


def and_closed() -> None:
    plt.plot(T, Y)
    plt.close()


def with_axes() -> Any:
    axes = plt.subplots()[1]
    axes.plot(T[::-1], Y[::-1])
    return axes


def lines_returned() -> Any:
    return plt.plot(T, Y)


def without_plt() -> Figure:
    figure = Figure()
    figure.subplots(1, 2)[1].plot(T, Y)
    return figure


def array_of_axes() -> Any:
    axes = plt.subplots(2)[1]
    axes[0].plot(T, Y)
    return axes


def on_part_of_a_figure() -> Any:
    axes = plt.figure().subfigures(1, 2)[0].subplots()
    axes.plot(T, Y)
    return axes


def a_figure_for_nothing() -> None:
    plt.figure()
    plt.figure()
    plt.plot(T, Y)


def with_pandas() -> Any:
    return pd.Series(Y, index=T).plot()


class Grid:
    """As those of seaborn's."""

    def __init__(self) -> None:
        self.figure, axes = plt.subplots()
        axes.plot(T, Y)


WAYS = [
    with_plt, and_closed, with_axes, lines_returned, without_plt, array_of_axes, on_part_of_a_figure,
    a_figure_for_nothing, with_pandas, Grid,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_line_is_found_however_it_is_drawn(way: Any) -> None:
    draw(way).line(T, Y)


def test_figures_that_were_open_stay_and_no_other_does() -> None:
    plt.close("all")
    mine = plt.figure()
    plt.plot([1, 2], [3, 4])
    draw(with_plt).line(T, Y).has_axes(1)
    assert plt.get_fignums() == [mine.number]
    assert len(mine.axes[0].lines) == 1
    plt.close("all")


def test_a_style_of_the_function_does_not_stay() -> None:
    width = plt.rcParams["lines.linewidth"]
    draw(lambda: (plt.rcParams.update({"lines.linewidth": 9}), with_plt())).line(T, Y)
    assert plt.rcParams["lines.linewidth"] == width


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        (lambda: None, "nothing_drawn: <lambda>() drew nothing. Does it call plot, bar or something like it, on"),
        (lambda: fall(Y, T), "drawn: In the picture of <lambda>() x and y are exchanged."),
        (lambda: fall(T, -Y), "the line is at y = 0.0625 where x = 0.25; expected y = -0.0625."),
        (lambda: fall(T + 1, Y), "point 1 of the line is (1, -0); expected (0, -0)."),
        (lambda: fall(T[:3], Y[:3]), "the line has 3 points; expected 5."),
        (lambda: fall(T, Y, "o"), "the points are right, but no line joins them."),
        (lambda: plt.scatter(T, Y), "the points are right, but no line joins them."),
        (lambda: plt.bar(T, Y), "drawn: <lambda>() drew no line."),
        (lambda: 1 / 0, "raised: <lambda>() ended with an error: ZeroDivisionError"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(picture: Any, message: str) -> None:
    assert message in said(lambda: draw(picture).line(T, Y))


def test_sentences_are_said_in_spanish_too() -> None:
    assert said(lambda: draw(fall).has_label("y"), "es") == "words: En el dibujo de fall() el eje y no tiene etiqueta."


def test_one_line_of_several_is_enough_unless_it_is_named() -> None:
    def both() -> None:
        plt.plot(T, Y, label="Earth")
        plt.plot(T, Y / 6, label="Moon")
        plt.legend()

    picture = draw(both)
    picture.line(T, Y / 6).line(T, Y, label="earth").line(T, Y / 6, label=("Luna", "Moon")).has_legend("Moon", "Earth")
    assert "expected y = -0.01" in said(lambda: picture.line(T, Y / 6, label="Earth"))
    assert "no line has the label “Mars”; the labels are “Earth”, “Moon”." in said(
        lambda: picture.line(T, Y, label="Mars")
    )
    assert "The legend in the picture of both() says “Earth”, “Moon”; expected “Mars” in it." in said(
        lambda: picture.has_legend("Mars")
    )


def test_lines_without_a_label_are_called_what_the_legend_calls_them() -> None:
    def both() -> None:
        plt.axhline(0, color="C1", linestyle=":")
        plt.plot(T, Y)
        plt.plot(T, Y / 6)
        plt.legend(plt.gca().get_lines()[1:], ["Earth", "Moon"])

    picture = draw(both).line(T, Y, label="Earth").line(T, Y / 6, label="Moon")
    assert "expected y = -0.01" in said(lambda: picture.line(T, Y / 6, label="Earth"))

    def in_order() -> None:
        plt.plot(T, Y, "k-")
        plt.plot(T, Y / 6, "k--")
        plt.legend(["Earth", "Moon"])

    draw(in_order).line(T, Y, label="Earth").line(T, Y / 6, label="Moon")


def test_places_of_dates_and_of_names() -> None:
    days = pd.date_range("2024-01-01", periods=5)
    draw(lambda: pd.Series(Y, index=days).plot()).line(days, Y)
    draw(lambda: plt.plot([date(2024, 1, 1), date(2024, 2, 1)], [1, 2])).line(
        [date(2024, 1, 1), date(2024, 2, 1)], [1, 2]
    )
    draw(lambda: plt.plot(["u", "v"], [1, 2])).line(["u", "v"], [1, 2])
    assert "expected y = 3" in said(lambda: draw(lambda: plt.plot(["u", "v"], [1, 2])).line(["u", "v"], [1, 3]))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"start": 0, "stop": 1, "points": 5}, ""),
        ({"start": 0, "stop": 1}, "the curve has 5 points; to be smooth it needs 20 or more."),
        ({"start": 0, "stop": 2, "points": 5}, "the curve covers (0, 1) of the x axis; expected (0, 2)."),
    ],
)
def test_a_curve_may_have_any_points(asked: dict[str, Any], message: str) -> None:
    if message:
        assert message in said(lambda: draw(fall).curve(lambda x: -x * x, **asked))
    else:
        draw(fall).curve(lambda x: -x * x, **asked)
    assert "at y = -0.0625 where x = 0.25; expected y = 0.5" in said(lambda: draw(fall).curve(np.sqrt, 0, 1))
    assert "drew no line" in said(lambda: draw(lambda: plt.plot([], [])).curve(np.sqrt, 0, 1))


def test_points_come_in_any_order_and_in_any_groups() -> None:
    def in_groups() -> None:
        plt.scatter(T[3:], Y[3:])
        plt.plot(T[:3], Y[:3], "r.")

    draw(lambda: plt.scatter(T[::-1], Y[::-1])).scatter(T, Y)
    draw(in_groups).scatter(T, Y)
    draw(lambda: fall(T, Y, "o")).scatter(T, Y)


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        (fall, "the points are right, but a line joins them"),
        (lambda: fall(T, -Y), "drew no separate points"),
        (lambda: plt.scatter(Y, T), "x and y are exchanged"),
        (lambda: plt.scatter(T[1:], Y[1:]), "there are 4 points; expected 5"),
        (lambda: plt.scatter(T, -Y), "there is a point at (0.25, 0.0625); expected one at (0.25, -0.0625)"),
    ],
)
def test_what_is_wrong_with_points_is_said(picture: Any, message: str) -> None:
    assert message in said(lambda: draw(picture).scatter(T, Y))


BARS = pd.Series([3, 1], index=["b", "a"])


@pytest.mark.parametrize(
    "way",
    [
        lambda: BARS.plot.bar(),
        lambda: BARS.plot.barh(),
        lambda: plt.bar(["a", "b"], [1, 3]),
        lambda: [plt.bar(name, height) for name, height in BARS.items()],
    ],
)
def test_bars_are_found_by_their_names(way: Any) -> None:
    draw(way).bars([1, 3], ["a", "b"])


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (([3, 1],), ""),
        (([1, 3],), "drawn: In the picture of <lambda>() bar 1 has the height 3; expected 1."),
        (([3, 2], ["b", "a"]), "drawn: In the picture of <lambda>() bar a has the height 1; expected 2."),
        (([3, 1], ["b", "c"]), "words: In the picture of <lambda>() the bars are called “b”, “a”; expected b, c."),
        (([3, 1, 2],), "drawn: In the picture of <lambda>() there are 2 bars; expected 3."),
    ],
)
def test_what_is_wrong_with_bars_is_said(asked: Any, message: str) -> None:
    picture = draw(lambda: BARS.plot.bar())
    if message:
        assert said(lambda: picture.bars(*asked)) == message
    else:
        picture.bars(*asked)


def test_groups_of_bars_are_known_by_their_labels() -> None:
    picture = draw(lambda: pd.DataFrame({"Earth": [1, 2], "Moon": [3, 4]}, index=["u", "v"]).plot.bar())
    picture.bars([3, 4], ["u", "v"]).bars([1, 2]).bars([2, 1], ["v", "u"], label="earth")
    assert "bar u has the height 1; expected 3" in said(lambda: picture.bars([3, 4], ["u", "v"], label="Earth"))
    assert said(lambda: picture.bars([1, 2], label="Mars")).endswith("no bars have the label “Mars”.")


def test_a_histogram_is_bars_with_edges() -> None:
    speeds = np.arange(40.0) ** 2
    for way in (lambda: plt.hist(speeds, 5), lambda: pd.Series(speeds).plot.hist(bins=5)):
        draw(way).histogram(speeds, 5)
    draw(lambda: pd.DataFrame({"v": speeds}).hist(bins=7, density=True)).histogram(speeds, 7, density=True)
    assert "there are 10 bars; expected 5" in said(lambda: draw(lambda: plt.hist(speeds)).histogram(speeds, 5))
    assert "bar 1 stands at (1, 305.2); expected (0, 304.2)" in said(
        lambda: draw(lambda: plt.hist(speeds + 1, 5)).histogram(speeds, 5)
    )


def test_pies_and_images() -> None:
    pie = draw(lambda: plt.pie([1, 3], labels=["u", "v"]))
    pie.pie([10, 30], ["U", "v"])
    assert "the shares of the slices are [0.25, 0.75]; expected [0.5, 0.5]" in said(lambda: pie.pie([1, 1]))
    assert "words: In the picture of <lambda>() no slice is called “w”." in said(lambda: pie.pie([1, 3], ["u", "w"]))
    draw(lambda: plt.imshow(IMAGE)).image(IMAGE)
    draw(lambda: plt.pcolormesh(IMAGE)).image(IMAGE)
    for shown, message in (
        (IMAGE.T, "rows and columns of the image are exchanged"),
        (IMAGE[::-1], "the image is upside down"),
        (IMAGE[:, 1:], "the image has shape (2, 2); expected (2, 3)"),
        (IMAGE + 1, "expected [[0., 1., 2.], [3., 4., 5.]]"),
    ):
        assert message in said(lambda shown=shown: draw(lambda: plt.imshow(shown)).image(IMAGE))
    assert "drew no image" in said(lambda: pie.image(IMAGE))
    assert "drew no pie" in said(lambda: draw(fall).pie([1]))


def test_a_plain_result_is_beside_the_picture() -> None:
    def both(x: Any) -> float:
        plt.plot(x, x)
        return 3.0

    draw(both, T).line(T, T).leaves_arguments()
    draw(both, T).returns(3.0)
    assert draw(lambda: plt.hist([1, 2])).value is None
    assert draw(both, T).panels[0].lines[0].color == "#1f77b4"


def test_what_is_no_function_is_told_as_of_any_call() -> None:
    assert said(lambda: draw(None)).startswith("missing: ")
    assert said(lambda: draw(3)).startswith("not_a_function: ")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match='it is "x" or "y"'):
        draw(fall).has_label("z")
