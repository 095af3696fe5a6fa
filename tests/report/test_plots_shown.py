"""What a student's function draws, on their page and in their notebook: of a public case, painted anew, and told."""

import base64
import io
import json
import re
import struct
import zlib
from pathlib import Path

import pytest
from made import found, readable
from PIL import Image
from plot_course import IMPORTS, made_plot_stage

from capas.course.model import Stage
from capas.grading.grader import Grader
from capas.grading.result import Result
from capas.grading.stage import stage_grader
from capas.report.pictures import Picture
from capas.report.plots import alternative_text, draw_plots, painted_anew, plot_calls
from capas.report.write import write_report
from capas.sandbox import Limits, Zygote
from capas.submission import read_submission
from capas_check.drawn_figures import drawn
from capas_check.panels import read_figure

WRONG = (
    "def sine_plot(times, angles):\n    plt.plot(times, np.sin(angles))\n    plt.title('<b>Sine</b> & $x$')\n\n\n"
    "def count_plot(names):\n    pd.Series(names).value_counts().plot.bar(ylabel='how often')\n\n\n"
    "def speeds_hist(speeds):\n    ...\n"
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return made_plot_stage(tmp_path_factory.mktemp("plots") / "physics")


@pytest.fixture(scope="module")
def grader(stage: Stage, zygote: Zygote) -> Grader:
    return stage_grader(stage, zygote, "en")


def shown(stage: Stage, grader: Grader, zygote: Zygote, source: str) -> dict[str, Picture]:
    (file,) = found({"ana.py": source.encode()})
    result = grader.grade(read_submission(file))
    return draw_plots(result, lambda _zygote: [source], plot_calls(stage), lambda: zygote, Limits(), "en")


def test_each_plot_that_was_begun_is_shown_right_or_wrong(stage: Stage, grader: Grader, zygote: Zygote) -> None:
    pictures = shown(stage, grader, zygote, IMPORTS + WRONG)
    assert {name: picture.alt for name, picture in pictures.items()} == {
        "sine_plot": "What sine_plot draws: a line, title “<b>Sine</b> & $x$”.",
        "count_plot": "What count_plot draws: bars, y axis “how often”.",
    }
    for picture in pictures.values():
        with Image.open(io.BytesIO(picture.png)) as image:
            assert image.size == picture.size
        assert picture.is_plot


def test_what_is_shown_is_of_a_public_case_the_first_that_fails(stage: Stage) -> None:
    calls = plot_calls(stage)
    assert {question: list(cases) for question, cases in calls.items()} == {
        "sine_plot": ["the_line", "what_is_written"],
        "count_plot": ["the_bars"],
        "speeds_hist": ["the_bins"],
    }


def test_a_program_that_ends_or_fails_has_no_picture(stage: Stage, grader: Grader, zygote: Zygote) -> None:
    for body in ("import os\n    os._exit(1)", "1 / 0", "return 3"):
        source = f"{IMPORTS}def sine_plot(times, angles):\n    {body}\n"
        assert shown(stage, grader, zygote, source) == {}


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 2, height: int = 2, *others: bytes, pixels: bytes = b"\0\1\2\3\4\5\6" * 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *others, chunk(b"IDAT", zlib.compress(pixels)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_png_is_painted_anew_without_what_else_it_holds() -> None:
    data = png(2, 2, chunk(b"tEXt", b"Comment\0<script>alert(1)</script>"))
    clean = painted_anew(data + b"<html>")
    assert b"script" in data
    assert b"script" not in clean
    assert b"html" not in clean
    with Image.open(io.BytesIO(clean)) as image:
        assert (image.size, image.getpixel((1, 1))) == ((2, 2), (4, 5, 6))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg onload='alert(1)'/>",
        b"GIF89a" + bytes(100),
        png()[:40],
        png(100_000, 100_000),
        png(801, 2),
        png(2, 601),
        png() + bytes(300_001),
        png(800, 600, pixels=bytes(10)),
        png(2, 2, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000)))),
    ],
    ids=["nothing", "svg", "gif", "cut", "huge", "wide", "high", "long", "pixels are missing", "bomb"],
)
def test_what_is_no_small_png_is_no_picture(data: bytes) -> None:
    assert painted_anew(data) in (b"", painted_anew(png()))


def test_the_text_of_a_picture_says_what_is_drawn_and_written() -> None:
    def several() -> None:
        import matplotlib.pyplot as plt

        axes = plt.subplots(1, 2)[1]
        axes[0].plot([1, 2], label="Earth")
        axes[0].plot([2, 3], label="Moon")
        axes[0].legend()
        axes[0].set(xlabel="t (s)", ylabel="y (m)")
        plt.suptitle("Falls")

    figure = read_figure(drawn(several)())
    assert alternative_text(figure, "f", "en") == (
        "What f draws: title “Falls”; 2 lines, x axis “t (s)”, y axis “y (m)”, legend “Earth, Moon”; empty axes."
    )
    assert alternative_text(figure, "f", "es") == (
        "Lo que dibuja f: título «Falls»; 2 líneas, eje x «t (s)», eje y «y (m)», leyenda «Earth, Moon»; ejes vacíos."
    )


def test_page_and_notebook_show_it(stage: Stage, grader: Grader, tmp_path: Path) -> None:
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": IMPORTS + WRONG}]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (file,) = found({"ana.ipynb": json.dumps(notebook).encode()})
    results: list[Result] = [grader.grade(read_submission(file))]
    write_report(stage, results, tmp_path, "en", "en", [file])
    page = (tmp_path / "feedback/ana.html").read_text(encoding="utf-8")
    assert page.count("<h3>What your function draws</h3>") == page.count('src="data:image/png;base64,') == 2
    assert 'alt="What sine_plot draws: a line, title “&lt;b&gt;Sine&lt;/b&gt; &amp; $x$”."' in readable(page)
    made = json.loads((tmp_path / "feedback/ana.ipynb").read_text(encoding="utf-8"))
    texts = "".join(cell["source"] for cell in made["cells"] if cell["cell_type"] == "markdown")
    pictures = re.findall(r"!\[What&#[^]]*\]\(data:image/png;base64,([^)]*)\)|!\[([^]]*)\]\(data", texts)
    assert len(pictures) == 2
    assert "<b>" not in texts
    for data in re.findall(r"base64,([A-Za-z0-9+/=]+)\)", texts):
        assert base64.b64decode(data).startswith(b"\x89PNG")
