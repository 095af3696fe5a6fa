"""Statements about what is written on a plot, about its axes, and about one panel of several."""

from collections.abc import Callable
from typing import Any

import pytest
from made_plots import T, Y, fall, plt, said

from capas_check.plots import Picture, draw


def test_words_are_the_same_but_for_case_spaces_and_formula_signs() -> None:
    picture = draw(lambda: fall(title="Free fall", xlabel="Time $t$  (s)", ylabel=r"$\mathrm{height}$ (m)"))
    picture.has_title().has_title("fall").has_label("x", "(s)").has_label("y")
    picture.labels(x="time t (s)", y=("altura (m)", "height (m)"))


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (
            lambda picture: picture.has_title("Moon"),
            "The title of the picture of <lambda>() is “Fall”; expected “Moon”",
        ),
        (lambda picture: picture.has_label("y"), "the y axis has no label."),
        (lambda picture: picture.labels("t (s)", "y"), "the y axis has no label."),
        (lambda picture: picture.has_label("x", "(m)"), "the label of the x axis is “t (s)”; expected “(m)” in it."),
        (lambda picture: picture.labels(x="x"), "the label of the x axis is “t (s)”; expected “x”."),
        (lambda picture: picture.has_legend(), "The picture of <lambda>() has no legend."),
        (lambda picture: picture.limits(x=(0, 1)), "the x axis goes over (-0.05, 1.05); expected (0, 1)."),
        (lambda picture: picture.scale("y", "log"), "the scale of the y axis is “linear”; expected “log”."),
        (lambda picture: picture.has_axes(2), "<lambda>() drew on 1 axes; expected 2."),
        (lambda picture: picture.axes(1).line(T, Y), "<lambda>() drew on 1 axes; expected 2."),
    ],
)
def test_what_is_wrong_around_a_plot_is_said(state: Callable[[Picture], Any], message: str) -> None:
    assert message in said(lambda: state(draw(lambda: fall(title="Fall", xlabel="t (s)"))))


def test_no_title_and_a_legend_that_was_forgotten() -> None:
    picture = draw(lambda: plt.plot(T, Y, label="fall"))
    assert said(picture.has_title) == "words: The picture of <lambda>() has no title."
    assert "there are labels, but no legend shows them: call legend()." in said(picture.has_legend)


def test_a_statement_holds_on_one_panel_or_on_the_one_that_is_chosen() -> None:
    def two() -> Any:
        figure, (first, second) = plt.subplots(2)
        first.plot(T, Y)
        second.plot(T, -Y)
        second.set_xlabel("t")
        figure.suptitle("Both")
        figure.colorbar(first.scatter([1], [1], c=[1]))

    picture = draw(two)
    picture.has_axes(2).line(T, -Y).has_label("x").has_title("both")
    picture.axes(0).line(T, Y)
    assert "the x axis has no label" in said(lambda: picture.axes(0).has_label("x"))
