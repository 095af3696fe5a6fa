"""Plots of programs: described in the sandbox, and whatever a program draws costs its own call only."""

from typing import Any

import numpy as np
import pytest

from capas.sandbox import CallCrashed, CallTimedOut, Limits, Proxy, Sandbox, Zygote
from capas_check import CheckFailure
from capas_check.drawn_figures import MAX_PICTURE_BYTES, MAX_POINTS, PICTURE_SIZE
from capas_check.operations import through
from capas_check.panels import read_figure
from capas_check.plots import draw
from capas_check.texts import load_texts

START = "import matplotlib.pyplot as plt\nimport numpy as np\nfrom matplotlib.axes import Axes\n"
LIMITS = Limits(load_seconds=60, call_seconds=20)


@pytest.fixture(scope="module")
def drawing(zygote: Zygote) -> Zygote:
    return zygote.for_program([], draws=True)


def said(zygote: Zygote, source: str, limits: Limits = LIMITS) -> str:
    """Return what is said where a line was expected of what the program's `f` draws."""
    with Sandbox(zygote, limits) as sandbox:
        assert sandbox.load([START + source], ("capas_check",)).errors == []
        with pytest.raises(CheckFailure) as caught:
            draw(Proxy(sandbox.call, "f")).line([0, 1], [2, 3])
    return f"{caught.value.kind}: {caught.value.sentence(load_texts('en'))}"


def test_a_plot_is_described_where_it_is_drawn(drawing: Zygote) -> None:
    source = START + "def f(x):\n    plt.plot(x, [2, 3])\n    plt.title('a')"
    with Sandbox(drawing, LIMITS) as sandbox:
        assert sandbox.load([source], ("capas_check",)).errors == []
        picture = draw(Proxy(sandbox.call, "f"), np.array([0.0, 1.0]))
    picture.line([0, 1], [2, 3]).has_title("a").leaves_arguments()
    assert picture.text == "f([0., 1.])"


HOSTILE = {
    "methods that lie": (
        "class Liar(Axes):\n    lines = [1, 2]\n    def get_title(self, *_):\n        return object()\n"
        "def f():\n    return plt.figure().add_subplot(axes_class=Liar)",
        "drawn: f() drew no line.",
    ),
    "a class that says it is another": (
        "class Liar:\n    __class__ = Axes\n    figure = 3\ndef f():\n    return Liar()",
        "nothing_drawn: ",
    ),
    "methods that call themselves": (
        "class Deep(Axes):\n    def get_xlim(self):\n        return self.get_xlim()\n"
        "def f():\n    return plt.figure().add_subplot(axes_class=Deep)",
        "raised: f() ended with an error: RecursionError",
    ),
    "figures of themselves": (
        "class Ring:\n    @property\n    def figure(self):\n        return Ring()\ndef f():\n    return Ring()",
        "nothing_drawn: ",
    ),
    "a list that holds itself": ("def f():\n    a = []\n    a.append(a)\n    return a", "nothing_drawn: "),
    "a list that is wide at each depth": (
        "def f():\n    a = []\n    for _ in range(9):\n        a = [a] * 500\n    return a",
        "timeout: ",
    ),
    "a label of a gigabyte": (
        "def f():\n    plt.plot([0, 1], [2, 4], label='a' * 10**9)",
        "drawn: In the picture of f() the line is at y = 4 where x = 1; expected y = 3.",
    ),
    "a label of half a letter": (
        "def f():\n    plt.bar([1], [1])\n    plt.xlabel('\\ud800')",
        "drawn: f() drew no line.",
    ),
    "ten million points": (
        "def f():\n    plt.plot(np.zeros(10**7))",
        "too_large: f() drew far more points, lines or bars than a picture can show.",
    ),
    "a hundred thousand lines": (
        "def f():\n    axes = plt.gca()\n    line, = axes.plot([1])\n    axes._children = [line] * 10**5",
        "too_large: ",
    ),
    "many axes": ("def f():\n    return plt.subplots(8, 8)[1]", "too_large: "),
    "a line that raises": (
        "from matplotlib.lines import Line2D\nclass Bad(Line2D):\n    def get_xdata(self, orig=True):\n"
        "        raise RuntimeError('no')\ndef f():\n    plt.gca().add_artist(Bad([0, 1], [2, 3]))",
        "raised: f() ended with an error: RuntimeError: no",
    ),
    "plt is another": ("class plt: pass\ndef f():\n    plt.plot = 1", "nothing_drawn: "),
    "plt without what is needed": ("def f():\n    del plt.ioff, plt.close\n    return plt.plot([0, 1], [2, 4])", ""),
    "a text that is no text": (
        "class Word(str):\n    def __getitem__(self, _):\n        return 1\n    def __str__(self):\n        return 1\n"
        "def f():\n    plt.plot([0, 1], [2, 4])\n    plt.gca().xaxis.label._text = Word('a')",
        "drawn: In the picture of f() the line is at y = 4",
    ),
    "a description of its own": (
        "import sys\ndef f():\n    sys.modules['capas_check.drawn_figures']._describe = lambda _: {'axes': 'x' * 99}",
        "type: f() drew something that cannot be looked at",
    ),
    "a description that is no description": (
        "import sys\ndef f():\n    sys.modules['capas_check.drawn_figures']._describe = lambda _: [1]",
        "",
    ),
    "a reply of its own": (
        "import gc\ndef f():\n    for one in gc.get_objects():\n        if type(one).__name__ == 'Runner':\n"
        "            one._send_frame(b'\\x81\\xa4axes\\xc0')",
        "crashed: ",
    ),
    "no end": ("def f():\n    while True:\n        plt.plot([1])", "timeout: "),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_drawn_costs_its_own_call_only(drawing: Zygote, name: str) -> None:
    source, message = HOSTILE[name]
    limits = Limits(load_seconds=60, call_seconds=2) if message == "timeout: " else LIMITS
    what = said(drawing, source, limits)
    assert what.startswith(message), what


def raw(drawing: Zygote, source: str) -> Any:
    with Sandbox(drawing, LIMITS) as sandbox:
        assert sandbox.load([START + source], ("capas_check",)).errors == []
        return through(Proxy(sandbox.call, "f"), "drawn", picture=True)()


@pytest.mark.parametrize(
    ("source", "is_drawn"),
    [
        ("def f():\n    plt.plot([1, 2])", True),
        ("def f():\n    plt.figure(figsize=(1000, 1000))\n    plt.plot([1, 2])", True),
        ("def f():\n    plt.figure(figsize=(0.001, 1000))\n    plt.plot([1, 2])", None),
        ("def f():\n    plt.plot([1, 2])\n    plt.text(30, 30, 'far away')", True),
        ("def f():\n    plt.imshow(np.random.default_rng(0).random((600, 600)))\n    plt.axis('off')", True),
        ("def f():\n    plt.plot([1, 2])\n    plt.title('$\\\\frac$')", False),
        ("def f():\n    return 3", False),
    ],
)
def test_pictures_are_small_or_none(drawing: Zygote, source: str, is_drawn: "bool | None") -> None:
    description = raw(drawing, source)
    data = description["picture"]
    assert read_figure(description).problem == ""
    assert is_drawn is None or bool(data) is is_drawn
    if data:
        size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
        assert len(data) <= MAX_PICTURE_BYTES
        assert size <= PICTURE_SIZE
        assert size[1] <= PICTURE_SIZE[1]


def test_as_many_points_as_may_be_come_whole(drawing: Zygote) -> None:
    figure = read_figure(raw(drawing, f"def f():\n    plt.plot(np.zeros({MAX_POINTS // 2}))"))
    assert figure.panels[0].lines[0].x.size == MAX_POINTS // 2


def test_a_program_that_crashes_while_it_draws_has_crashed(drawing: Zygote) -> None:
    with pytest.raises((CallCrashed, CallTimedOut)):
        raw(drawing, "import os\ndef f():\n    os._exit(1)")
