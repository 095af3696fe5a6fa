"""A description of a plot is read part by part: one that is spoiled anywhere is none, and never an error of ours."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_plots import plt

from capas_check import CheckFailure
from capas_check.drawn_figures import drawn
from capas_check.panels import MAX_TEXT, read_figure
from capas_check.plots import Picture, draw
from capas_check.texts import load_texts


def everything() -> None:
    plt.pie([1, 2])
    plt.axis("on")
    plt.plot([1, 2], [3, 4], label="a")
    plt.scatter([1], [2])
    plt.bar(["u"], [3])
    plt.imshow([[1, 2]])
    plt.fill_between([1, 2], [3, 4])
    plt.text(1, 1, "t")
    plt.legend()


WHOLE = drawn(everything)()


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return where every part of a description is."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    return [path, *(found for key, item in inner for found in paths(item, (*path, key)))]


PATHS = [path for path in paths(WHOLE) if path and path[0] not in ("result", "picture")]


def spoiled(path: tuple[Any, ...], bad: Any) -> Any:
    """Return the description with another part at one place."""
    whole = copy.deepcopy(WHOLE)
    *before, last = path
    part = whole
    for key in before:
        if isinstance(part[key], tuple):
            part[key] = list(part[key])
        part = part[key]
    part[last] = bad
    return whole


def test_an_honest_description_is_read_whole() -> None:
    figure = read_figure(WHOLE)
    assert figure.problem == ""
    (panel,) = figure.panels
    drawn_parts = (panel.lines, panel.points, panel.bars, panel.images, panel.areas, panel.texts, panel.legend)
    assert [len(part or ()) for part in drawn_parts] == [1, 1, 1, 1, 1, 3, 1]
    assert len(panel.slices) == 2


@pytest.mark.parametrize("bad", [3, object(), {}, [object()], b"x", np.array([["x"]]), np.zeros((2, 2, 2, 2)), 1j])
def test_one_bad_part_anywhere_spoils_it(bad: Any) -> None:
    assert len(PATHS) > 50
    for path in PATHS:
        assert read_figure(spoiled(path, bad)).problem == "odd", path


def test_texts_and_lists_have_their_bounds() -> None:
    assert read_figure(spoiled(("axes", 0, "title"), "a" * (MAX_TEXT + 1))).problem == "odd"
    assert read_figure(spoiled(("axes",), WHOLE["axes"] * 100)).problem == "odd"
    assert read_figure(spoiled(("axes", 0, "lines"), WHOLE["axes"][0]["lines"] * 1000)).problem == "odd"
    assert read_figure(spoiled(("axes", 0, "images"), [np.zeros((1001, 1001))])).problem == "too_much"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=5)
    | st.sampled_from([np.zeros(0), np.zeros((2, 0)), np.array(["a"]), np.array([1 + 1j]), np.full(3, np.nan)]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["x", "y", "label"]), inner),
    max_leaves=8,
)  # fmt: skip


def outcome(state: Callable[[], Any]) -> str:
    """Return "holds", or what is said where it does not."""
    try:
        state()
    except CheckFailure as failure:
        return failure.sentence(load_texts("es"))
    return "holds"


@given(path=st.sampled_from(PATHS), part=ANYTHING)
def test_statements_about_any_description_hold_or_say_why_not(path: Any, part: Any) -> None:
    description = spoiled(path, part)
    description.setdefault("result", None)
    picture = draw(lambda: None)
    picture.figure = read_figure(description)
    for state in STATEMENTS:
        assert outcome(lambda state=state: state(picture))


STATEMENTS = [
    lambda picture: Picture.line(picture, [1, 2], [3, 4]),
    lambda picture: Picture.scatter(picture, [1], [2]),
    lambda picture: Picture.bars(picture, [3], ["u"]),
    lambda picture: Picture.bars(picture, [3], edges=[0, 1]),
    lambda picture: Picture.curve(picture, np.sin, 0, 1),
    lambda picture: Picture.pie(picture, [1, 2], ["a", "b"]),
    lambda picture: Picture.image(picture, [[1, 2]]),
    lambda picture: Picture.has_legend(picture, "a"),
    lambda picture: Picture.labels(picture, "a", "b"),
    lambda picture: Picture.limits(picture, (0, 1), (0, 1)),
    lambda picture: Picture.scale(picture, "y", "log"),
    lambda picture: Picture.has_title(picture, "a"),
]
