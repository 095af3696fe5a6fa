"""What a student's function looks like beside what is right, and what is said of it."""

import base64
import builtins
import io
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
from PIL import Image

from capas.checks import set_language
from capas.checks.drawing import Drawn, draw, values_of
from capas.checks.student import Grader


def relu(a: Any) -> Any:
    return np.maximum(0.0, a)


def described(kind: str, function: Callable[..., Any], **more: Any) -> dict[str, Any]:
    """Describe a drawing as a build does, with ``function`` as what is right."""
    drawing = {"function": "relu", "kind": kind, "title": "Tu ReLU", "argument": "a", "start": -3.0, "stop": 3.0}
    drawing |= {"arguments": [], "pick": None} | more
    return drawing | {"right": np.round(values_of(drawing, function), 6).tolist()}


CURVE = described("curve", relu)
BARS = described("bars", relu, arguments=[[-1.0, 2.0, 3.0, -4.0]])
# As of a training: two things are returned, and the second is drawn.
LINE = described(
    "line", lambda start, epochs: (start, [start / (e + 1) for e in range(epochs)]), arguments=[2.0, 20], pick=1
)


def pixels(drawn: Drawn) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(drawn.picture)).convert("RGB")).reshape(-1, 3).astype(int)


def has(drawn: Drawn, color: tuple[int, int, int]) -> bool:
    return bool((np.abs(pixels(drawn) - color).max(axis=1) < 12).sum() > 100)


BLUE, MARKED = (0, 114, 178), (251, 238, 209)


def test_where_both_agree_there_is_one_line_and_nothing_is_marked() -> None:
    drawn = draw(CURVE, relu)
    assert drawn.agrees
    assert drawn.lines == ["Tu relu coincide con lo correcto en todo el dibujo."]
    assert has(drawn, BLUE)
    assert not has(drawn, MARKED)


@pytest.mark.parametrize(
    ("wrong", "said_es", "said_en"),
    [
        (np.abs, "entre a = −3 y a = 0", "between a = −3 and a = 0"),
        (lambda a: np.minimum(relu(a), 1), "entre a = 1 y a = 3", "between a = 1 and a = 3"),
        (lambda a: np.where(a == 0, 1, relu(a)), "en a = 0", "at a = 0"),
        (
            lambda a: np.where(np.abs(a) > 2, 5, relu(a)),
            "entre a = −3 y a = −2 y entre a = 2 y a = 3",
            "between a = −3 and a = −2 and between a = 2 and a = 3",
        ),
        (
            lambda a: relu(a) + (np.round(a * 20).astype(int) % 20 == 0),
            "en 7 trozos, entre a = −3 y a = 3",
            "in 7 pieces, between a = −3 and a = 3",
        ),
        (lambda a: np.where(a > 0, np.nan, 0.0), "entre a = 0 y a = 3", "between a = 0 and a = 3"),
        (lambda a: relu(a) * 1e300, "entre a = 0 y a = 3", "between a = 0 and a = 3"),
        (lambda a: a * np.inf, "entre a = −3 y a = 3", "between a = −3 and a = 3"),
    ],
)
def test_where_a_curve_is_wrong_is_marked_and_said(wrong: Callable[..., Any], said_es: str, said_en: str) -> None:
    for language, sentence in (
        ("es", f"Tu relu se aparta de lo correcto {said_es}."),
        ("en", f"Your relu departs from what is right {said_en}."),
    ):
        set_language(language)
        drawn = draw(CURVE, wrong)
        assert not drawn.agrees
        assert drawn.lines[0] == sentence
        assert has(drawn, MARKED)


def test_a_difference_too_small_to_be_seen_is_said_to_be() -> None:
    assert draw(CURVE, lambda a: np.where(a < 0, 0.01 * a, a)).lines == [
        "Tu relu se aparta de lo correcto entre a = −3 y a = 0.",
        "La diferencia es pequeña, como mucho 0.03: en el dibujo casi no se ve.",
    ]


def test_the_places_of_bars_and_the_epochs_of_a_line() -> None:
    assert draw(BARS, relu).agrees
    assert "en el elemento 0 y en el elemento 3." in draw(BARS, np.abs).lines[0]
    assert "desde el elemento 0 hasta el 3." in draw(BARS, lambda a: relu(a) + 1).lines[0]
    losses = [2.0 / (epoch + 1) for epoch in range(20)]
    assert draw(LINE, lambda start, epochs: [None, losses]).agrees
    late = draw(LINE, lambda start, epochs: ("network", [*losses[:5], *losses[4:-1]]))
    assert late.lines[0] == "Tu relu se aparta de lo correcto desde la época 5 hasta la 19."
    once = draw(LINE, lambda start, epochs: (None, [*losses[:7], 0.0, *losses[8:]]))
    assert once.lines[0] == "Tu relu se aparta de lo correcto en la época 7."


def raises(a: Any) -> Any:
    raise ValueError("no dice nada")


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (None, "Todavía no hay ninguna función relu"),
        (3.0, "Todavía no hay ninguna función relu"),
        (lambda a: ..., "relu devolvió algo que no son números, de tipo ellipsis"),
        (lambda a: None, "relu devuelve None: completa su celda"),
        (raises, "relu terminó con un error, ValueError: no dice nada. Corrige"),
        (lambda a: 1 / 0, "relu terminó con un error, ZeroDivisionError: division by zero."),
        (lambda a, b: a, "relu terminó con un error, TypeError"),
        (lambda a: 0.5, "recibe muchos números a la vez, de forma (121,), y debe dar otros tantos: dio ()."),
        (lambda a: a[:5], "dio (5,)."),
        (lambda a: "0.5", "no son números, de tipo str"),
        (lambda a: [a, 3], "no son números, de tipo list"),
        (lambda a: a > 0, "no son números, de tipo ndarray"),
        (lambda a: a + 1j, "no son números, de tipo ndarray"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_the_right_curve_shown(function: Any, said: str) -> None:
    drawn = draw(CURVE, function)
    assert not drawn.agrees
    assert said in drawn.lines[0]
    assert not has(drawn, BLUE)
    assert len(np.unique(pixels(drawn), axis=0)) > 5


@pytest.mark.parametrize("result", [None, 3.0, (1.0,), ([0.1],), {}])
def test_a_result_without_the_part_that_is_drawn(result: Any) -> None:
    drawn = draw(LINE, lambda start, epochs: result)
    assert ("None" if result is None else "posición 1") in drawn.lines[0]


def test_every_sentence_is_there_in_english() -> None:
    set_language("en")
    for function in (None, lambda a: None, raises, lambda a: 0.5, lambda a: "x"):
        (line,) = draw(CURVE, function).lines
        assert "relu" in line
        assert not {"función", "forma", "celda"} & set(line.split())


def test_a_function_gets_arrays_and_pairs_and_its_changes_are_its_own() -> None:
    given: list[Any] = []

    def spoils(x: Any, network: Any, name: str) -> Any:
        given.append([x.copy(), network, name])
        x[:] = 0
        network.clear()
        return [1.0, 2.0]

    drawing = described(
        "bars", spoils, arguments=[[[0, 1], [1, 0]], [[[[1, 2], [2, 1]], [-2, 0]], [[[-1], [1]], [0]]], "tanh"]
    )
    draw(drawing, spoils)
    for x, network, name in given:
        assert x.tolist() == [[0, 1], [1, 0]]
        assert isinstance(network, list)
        assert name == "tanh"
    assert drawing["arguments"][1] == [[[[1, 2], [2, 1]], [-2, 0]], [[[-1], [1]], [0]]]


def test_a_network_is_a_list_of_pairs() -> None:
    kinds: list[Any] = []

    def look(network: Any) -> Any:
        kinds.append([(type(layer), type(layer[0]), layer[0].shape, layer[1].shape) for layer in network])
        return [1.0, 2.0]

    described("bars", look, arguments=[[[[[1, 2], [2, 1]], [-2, 0]], [[[-1], [1]], [0]]]])
    assert kinds == [[(tuple, np.ndarray, (2, 2), (2,)), (tuple, np.ndarray, (2, 1), (1,))]]


def test_without_matplotlib_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    drawn = draw(CURVE, np.abs)
    assert drawn.picture == b""
    assert "entre a = −3 y a = 0" in drawn.lines[0]
    assert "%pip install matplotlib" in drawn.lines[-1]
    assert "<img" not in drawn._repr_html_()


class Reader(HTMLParser):
    """Takes HTML apart: its text, its tags and the picture in it."""

    def __init__(self, page: str):
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.picture: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "img":
            self.picture = {name: value or "" for name, value in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_html_holds_the_sentence_and_the_picture_with_its_text() -> None:
    drawn = draw(CURVE, np.abs)
    page = Reader(drawn._repr_html_())
    assert drawn.lines[0] in page.text
    assert page.picture["alt"] == f"Tu ReLU. {drawn.lines[0]}"
    assert base64.b64decode(page.picture["src"].removeprefix("data:image/png;base64,")) == drawn.picture
    assert repr(drawn).splitlines() == ["✘ Tu ReLU", f"  {drawn.lines[0]}"]


def test_a_hostile_error_is_only_text() -> None:
    def hostile(a: Any) -> Any:
        raise ValueError('"><script>alert(1)</script>')

    page = Reader(draw(CURVE, hostile)._repr_html_())
    assert page.tags == Reader(draw(CURVE, raises)._repr_html_()).tags
    assert "<script>" in page.text


def test_the_grader_draws_what_the_student_has_now(capsys: pytest.CaptureFixture[str]) -> None:
    namespace: dict[str, Any] = {}
    grader = Grader({}, {}, namespace, "activations.ipynb", drawings={"relu": CURVE})
    assert not grader.draw("relu").agrees
    namespace["relu"] = relu
    assert grader.draw("relu").agrees
    assert grader.draw("tanh") is None
    assert capsys.readouterr().out == "No hay ningún dibujo llamado tanh. Los dibujos son: relu.\n"
