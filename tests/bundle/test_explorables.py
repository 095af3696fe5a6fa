"""The pictures that move: their numbers are the reference's, they work by keys."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from explorable_pages import explorables_served, show, value_of

from capas.course.model import Course, load_course
from capas.course.solutions import Solutions
from capas.files import UserError

Run = Callable[[str, str], Any]


def reference(course: Course, stage: str) -> Any:
    return Solutions(course.choose([stage])[0]).reference


@pytest.fixture(scope="module")
def page(browser: Any, course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    modules = [stage.assignment / "explorables" for stage in course.stages]
    with explorables_served(modules, tmp_path_factory.mktemp("explorables")) as address:
        opened = browser.new_page(viewport={"width": 800, "height": 900})
        opened.goto(address)
        yield opened
        opened.close()


@pytest.fixture
def run(page: Any) -> Run:
    return partial(value_of, page)


@pytest.mark.browser
@pytest.mark.slow
def test_three_linear_layers_are_the_one_that_the_reference_finds(run: Run, course: Course) -> None:
    layers = [[1.2, 0.5], [-0.8, 0.4], [1.5, -0.3]]
    weights, biases = [np.array([[w]]) for w, _ in layers], [np.array([b]) for _, b in layers]
    right = reference(course, "01_linear_collapse")
    weight, b = right.collapse_network(weights, biases)
    assert run("01_linear_collapse/collapse", f"m.collapsed({layers})") == pytest.approx([weight[0, 0], b[0]])
    for x in (-3.0, 0.0, 2.5):
        assert run("01_linear_collapse/collapse", f"m.network({layers}, 'none', {x})") == pytest.approx(
            weight[0, 0] * x + b[0]
        )
    for bend, bent in (
        ("none", lambda a: a),
        ("relu", lambda a: np.maximum(a, 0)),
        ("jacket", lambda a: 1.0 * (a < 0)),
    ):

        def network(x: Any, bent: Any = bent) -> Any:
            for at, (w, bias) in enumerate(layers):
                x = w * x + bias
                x = bent(x) if at < 2 else x
            return x

        gap = right.linearity_gap(network, np.array([3.0]), np.array([-2.0]))
        found = run("01_linear_collapse/collapse", f"m.gap({layers}, '{bend}', 3, -2)")
        assert found == pytest.approx(gap, abs=1e-12)
        assert (gap < 1e-12) == (bend == "none")


@pytest.mark.browser
@pytest.mark.slow
def test_activations_and_slopes_are_the_reference_s(run: Run, course: Course) -> None:
    right = reference(course, "02_activations")
    places = [-6.0, -1.0, -0.1, 0.0, 0.1, 2.0, 6.0]
    for name in ("sigmoid", "tanh", "relu"):
        found = run(
            "02_activations/tangent", f"{places}.map((a) => [m.activations.{name}.f(a), m.activations.{name}.slope(a)])"
        )
        a = np.array(places)
        expected = np.stack([getattr(right, name)(a), getattr(right, f"{name}_derivative")(a)], axis=1)
        assert np.array(found) == pytest.approx(expected, abs=1e-12), name
    assert run(
        "02_activations/tangent", "['sigmoid', 'tanh', 'relu'].map((n) => [m.saturated(n, -5), m.saturated(n, 0.5)])"
    ) == [
        [True, False],
        [True, False],
        [True, False],
    ]


@pytest.mark.browser
@pytest.mark.slow
def test_softmax_and_its_table_are_the_reference_s(run: Run, course: Course) -> None:
    right = reference(course, "03_softmax")
    for a in ([-0.21, 0.47, 1.72], [0.79, 1.47, 2.72], [6.0, -6.0, 0.0], [700.0, 710.0, 0.0]):
        assert run("03_softmax/softmax", f"m.softmax({a})") == pytest.approx(right.softmax(a))
        assert np.array(run("03_softmax/softmax", f"m.jacobian({a})")) == pytest.approx(right.softmax_jacobian(a))


@pytest.mark.browser
@pytest.mark.slow
def test_the_way_forward_is_the_reference_s(run: Run, course: Course) -> None:
    right = reference(course, "04_forward_propagation")
    network = [(np.array(W), np.array(b)) for W, b in run("04_forward_propagation/forward", "m.example")]
    for x in ([1.0, 2.0], [-3.0, 0.5]):
        outputs = right.forward(x, network, ["relu", "relu"])
        found = run("04_forward_propagation/forward", f"m.forward({x}, m.example).map((layer) => layer.outputs)")
        for mine, its in zip(found, outputs[1:], strict=True):
            assert mine == pytest.approx(its)
    assert (
        run("04_forward_propagation/forward", "m.written([0, 2, 3], [1, -2, 1], 3)") == "0 · 1 + 2 · (−2) + 3 · 1 + 3"
    )


@pytest.mark.browser
@pytest.mark.slow
def test_deltas_and_steps_are_the_reference_s(run: Run, course: Course) -> None:
    right = reference(course, "05_backpropagation")
    example = run("05_backpropagation/backward", "m.example")
    x, t, network = example["x"], example["t"], [(np.array(W), np.array(b)) for W, b in example["network"]]
    gradients = right.backpropagate(x, t, network)
    deltas = run("05_backpropagation/backward", "m.deltas(m.example.x, m.example.t, m.example.network)")
    assert deltas == [pytest.approx([-0.09375, 0.046875]), pytest.approx([-0.125])]
    for delta, (_, db) in zip(deltas, gradients, strict=True):
        assert delta == pytest.approx(db)
    stepped = run("05_backpropagation/backward", "m.stepped(m.example.x, m.example.t, m.example.network, 2)")
    for (weights, biases), (own_weights, own_biases) in zip(
        right.update(network, gradients, 2.0), stepped, strict=True
    ):
        assert np.array(own_weights) == pytest.approx(weights)
        assert np.array(own_biases) == pytest.approx(biases)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("language", ["es", "en"])
def test_each_shows_itself_and_answers_to_keys(page: Any, course: Course, language: str) -> None:
    for stage in course.stages:
        for name in stage.explorables:
            show(page, f"{stage.id}/{name}", language)
            before = page.locator(".host").inner_html()
            page.locator(".host input[type=range], .host [role=application]").first.focus()
            page.keyboard.press("ArrowRight")
            page.keyboard.press("End")
            page.wait_for_timeout(60)
            if name != "backward":
                assert page.locator(".host").inner_html() != before, name
            for button in page.locator(".host button:enabled").all():
                assert (button.text_content() or "").strip()


def test_an_explorable_without_its_module_or_place_is_told(small_course: Path) -> None:
    folder = small_course / "assignments" / "03_softmax"
    (folder / "explorables" / "softmax.js").unlink()
    with pytest.raises(UserError, match=r"explorable `softmax` has no .*softmax\.js; write it, or remove its table"):
        load_course(small_course)
