"""A digit drawn on the page: it becomes a picture like those of the data, and the script's network reads it."""

import re
from collections.abc import Iterator
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from drawn_digits import DRAWN, Stroke
from explorable_pages import explorables_served, show, value_of

STAGE = "06_digits"
EXPLORABLES = Path(__file__).parents[2] / "assignments" / STAGE / "explorables"
LEAST_INK, MOST_INK = 185, 433
"""The sums of the palest and the darkest picture of the data."""
browser_test = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """Return the script that trains the weights, as a module."""
    path = EXPLORABLES / "train_weights.py"
    spec = util.spec_from_file_location("train_weights", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def numbers_in(text: str) -> Any:
    return np.array([float(number) for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text.partition("export")[2])])


def test_the_weights_are_those_that_the_script_finds(script: ModuleType) -> None:
    whole, right = script.trained()
    assert right > 0.96
    kept = script.WEIGHTS.read_text(encoding="utf-8")
    assert len(kept) < 30_000
    # Another machine adds in another order: a weight may be rounded to the next number, and one picture read otherwise.
    made, found = numbers_in(script.written(whole, right)), numbers_in(kept)
    assert made.shape == found.shape
    assert np.abs(made - found).max() <= 1


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with explorables_served([EXPLORABLES], tmp_path_factory.mktemp("digit")) as address:
        yield address


def opened(browser: Any, address: str, language: str, **context: Any) -> Any:
    page = browser.new_context(**context).new_page()
    page.goto(address)
    show(page, f"{STAGE}/digit", language)
    return page


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    page = opened(browser, address, "en", viewport={"width": 800, "height": 900})
    yield page
    page.context.close()


def told(page: Any) -> str:
    page.wait_for_timeout(60)
    return page.locator(".told").inner_text()


def places(page: Any, stroke: Stroke) -> list[tuple[float, float]]:
    box = page.locator(".sheet").bounding_box()
    return [(box["x"] + across * box["width"], box["y"] + down * box["height"]) for across, down in stroke]


def draw_by_mouse(page: Any, strokes: list[Stroke]) -> None:
    for stroke in strokes:
        first, *others = places(page, stroke)
        page.mouse.move(*first)
        page.mouse.down()
        for place in others:
            page.mouse.move(*place, steps=2)
        page.mouse.up()


def draw_by_finger(page: Any, strokes: list[Stroke]) -> None:
    channel = page.context.new_cdp_session(page)
    for stroke in strokes:
        for number, (x, y) in enumerate(places(page, stroke)):
            touch = {"type": "touchMove" if number else "touchStart", "touchPoints": [{"x": x, "y": y}]}
            channel.send("Input.dispatchTouchEvent", touch)
        channel.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


class TestInChromium:
    pytestmark = browser_test

    def test_the_network_is_the_script_s(self, page: Any, script: ModuleType) -> None:
        network = [(np.array(W), np.array(b)) for W, b in value_of(page, f"{STAGE}/digit_network", "m.network")]
        assert [W.shape for W, _ in network] == [(64, 32), (32, 10)]
        for counts in np.random.default_rng(5).integers(0, 17, size=(5, 64)):
            _, hidden, probabilities = script.forward(counts[None] / 16, network)
            found = value_of(page, f"{STAGE}/digit_network", f"m.read({counts.tolist()})")
            assert found["hidden"] == pytest.approx(hidden[0])
            assert found["probabilities"] == pytest.approx(probabilities[0])

    def test_blocks_are_counted_as_numpy_counts_them(self, page: Any) -> None:
        bitmap = np.random.default_rng(3).random((32, 32)) < 0.4
        counts = bitmap.reshape(8, 4, 8, 4).sum(axis=(1, 3)).ravel()
        found = value_of(page, f"{STAGE}/digit_picture", f"m.blockCounts({bitmap.ravel().astype(int).tolist()})")
        assert found == counts.tolist()

    def test_small_and_leaning_drawings_become_pictures_as_large_and_as_dark_as_the_data_s(self, page: Any) -> None:
        for _, strokes in DRAWN:
            for size, lean in ((16, 0), (4, 0.3)):
                drawn = [[[size * x - lean * size * y + 6, size * y] for x, y in stroke] for stroke in strokes]
                found = value_of(page, f"{STAGE}/digit_picture", f"m.pictureOf(m.linesOf({drawn}, []))")
                picture = np.array(found).reshape(8, 8)
                assert (picture.max(axis=1) > 0).all()
                assert LEAST_INK <= picture.sum() <= MOST_INK
                assert picture[:, [0, 7]].max() <= 4

    def test_digits_drawn_by_mouse_are_read(self, page: Any) -> None:
        drawings, read = DRAWN[1::2], []
        for _, strokes in drawings:
            page.locator(".host button").click()
            assert told(page) == "The sheet is empty: draw a digit."
            draw_by_mouse(page, strokes)
            read.append(told(page))
        right = [f" {digit}" in text for (digit, _), text in zip(drawings, read, strict=True)]
        assert sum(right) >= 0.9 * len(right), read
        assert page.locator(".digit-row.first").count() == 1

    def test_a_finger_draws_and_takes_the_place_of_the_example(self, browser: Any, address: str) -> None:
        page = opened(browser, address, "es", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
        assert told(page).startswith("Ve un 3")
        for digit, strokes in DRAWN[::2]:
            page.locator(".sheet").scroll_into_view_if_needed()
            draw_by_finger(page, strokes)
            assert f" {digit}" in told(page)
            page.locator(".host button").tap()
            assert told(page).startswith("La hoja está vacía")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.context.close()

    def test_keys_draw_cell_by_cell(self, page: Any) -> None:
        page.locator(".sheet").focus()
        # A 7: from the left along the top, then down, a cell to the left every third row.
        for key in [*["ArrowUp"] * 6, *["ArrowLeft"] * 3, "Space", *["Shift+ArrowRight"] * 7]:
            page.keyboard.press(key)
        for key in ["Shift+ArrowDown", "Shift+ArrowDown", "ArrowLeft", "Shift+ArrowDown"] * 4:
            page.keyboard.press(key)
        assert told(page).startswith("It sees 7")
        assert page.locator(".unseen").inner_text() == "row 14, column 8, inked"
        page.keyboard.press("Space")
        assert page.locator(".unseen").inner_text() == "row 14, column 8, empty"
