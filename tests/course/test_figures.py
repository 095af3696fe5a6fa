"""The pictures of the course: each has its place, says in words what it shows, is fresh, large and light."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.text import Annotation
from PIL import Image

import capas.course.figures
from capas.bundle.build import build_stage
from capas.course.figures import Drawn, figure_file, figures_of
from capas.course.model import Stage, load_course
from capas.course.network_drawing import ACCENT, SECOND, Unit, draw_network
from capas.files import UserError

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"^<!-- figure: (\w+) -->$", re.MULTILINE)

LEAST_WIDTH = 900
"""In pixels: about the width of a notebook's text."""
MOST_BYTES = 120 * 1024
"""Every student downloads them inside the notebook."""
LEAST_WORDS = 12


def places(document: Path) -> list[str]:
    return PLACE.findall(document.read_text(encoding="utf-8"))


def placed(stage: Stage, language: str) -> set[str]:
    """Return the pictures that the stage's documents in ``language`` have places for."""
    return {name for document in stage.assignment.glob(f"*.{language}.md") for name in places(document)}


def drawn_of(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """Return what the committed pictures show, and fail where they would have to be drawn again."""

    def stale(stage: Stage, digest: str, before: object = None) -> Drawn:
        pytest.fail(f"the pictures of {stage.id} are older than what draws them; run `capas build {stage.id}`")

    monkeypatch.setattr(capas.course.figures, "draw", stale)
    return figures_of(stage)


@pytest.fixture(params=[stage.id for stage in load_course(ROOT).stages])
def stage(request: pytest.FixtureRequest) -> Stage:
    stage = load_course(ROOT).choose([request.param])[0]
    if not (stage.assignment / "figures.py").is_file():
        wanted = {name for language in stage.languages for name in placed(stage, language)}
        assert not wanted, f"{stage.id} has places for {sorted(wanted)} and no figures.py"
        pytest.skip(f"{stage.id} has no pictures")
    return stage


def test_places_and_pictures_agree(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = set(drawn_of(stage, monkeypatch).alt)
    assert pictures
    for language in stage.languages:
        assert placed(stage, language) == pictures
        in_handout = places(stage.handout(language))
        assert len(in_handout) == len(set(in_handout)), "a picture stands in the handout twice"


def test_handouts_have_the_same_pictures_in_the_same_order(stage: Stage) -> None:
    first, *others = [places(stage.handout(language)) for language in stage.languages]
    assert all(other == first for other in others)


def test_alternative_texts_say_what_is_seen(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, alt in drawn_of(stage, monkeypatch).alt.items():
        assert set(alt) == set(stage.languages)
        assert len(set(alt.values())) == len(alt), f"{name}: the same text in two languages"
        for language, text in alt.items():
            assert len(text.split()) >= LEAST_WORDS, f"{name}, {language}: {text}"
            # It stands in Markdown between ![ and ], where these would end or change it.
            assert not set(text) & set("\n$`*<>"), f"{name}, {language}"
            assert text.count("[") == text.count("]"), f"{name}, {language}"


def test_files_are_fresh_and_no_other_lie_there(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = drawn_of(stage, monkeypatch)
    wanted = {figure_file(stage, name, language).name for name in drawn.alt for language in stage.languages}
    assert {path.name for path in (stage.assignment / "figures").iterdir()} == {*wanted, "drawn.json"}


def test_pictures_are_large_light_and_readable_in_grey(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in drawn_of(stage, monkeypatch).alt:
        for language in stage.languages:
            path = figure_file(stage, name, language)
            assert path.stat().st_size < MOST_BYTES, path
            with Image.open(path) as picture:
                assert picture.width >= LEAST_WIDTH, path
                grey = np.asarray(picture.convert("L"))
            assert grey.min() < 60, path
            assert grey.max() == 255, path


NETWORKS = [[8, 9, 9, 9, 4], [2, 3], [1, 1], [1, 5, 1], [3, 1, 4], [2, 2, 2], [6]]


def connections(axes: Axes) -> list[Annotation]:
    return [text for text in axes.texts if isinstance(text, Annotation)]


@pytest.mark.parametrize("layer_sizes", NETWORKS, ids=str)
def test_a_network_of_any_sizes(layer_sizes: list[int]) -> None:
    axes = Figure().subplots()
    found = draw_network(axes, layer_sizes)
    units = [(layer, unit) for layer, size in enumerate(layer_sizes) for unit in range(size)]
    circles = [patch for patch in axes.patches if isinstance(patch, Circle)]
    assert sorted(found) == units
    assert sorted(tuple(circle.center) for circle in circles) == sorted(found.values())
    assert len(set(found.values())) == sum(layer_sizes)
    assert len(connections(axes)) == sum(before * after for before, after in pairwise(layer_sizes))
    # Nothing is cut off, layers stand left to right, and the first unit is on top.
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    for circle in circles:
        (x, y), radius = circle.center, circle.radius
        assert left < x - radius < x + radius < right
        assert bottom < y - radius < y + radius < top
    assert all((found[a][0] < found[b][0]) == (a[0] < b[0]) for a in units for b in units)
    assert all(found[a][1] > found[b][1] for a in units for b in units if a[0] == b[0] and a[1] < b[1])


def test_a_network_with_numbers_marks_and_labels() -> None:
    axes = Figure().subplots()
    arrow: tuple[Unit, Unit] = ((0, 1), (1, 0))
    draw_network(axes, [2, 3], values={(0, 0): "0.5"}, arrows={arrow: "$w_{21}$"}, highlighted=[(1, 2)])
    assert {text.get_text() for text in axes.texts if text.get_text()} == {"0.5", "$w_{21}$"}
    colors = [to_hex(patch.get_facecolor()).upper() for patch in axes.patches if isinstance(patch, Circle)]
    assert colors.count(ACCENT) == 1
    lines = [to_hex(line.arrow_patch.get_edgecolor()).upper() for line in connections(axes) if line.arrow_patch]
    assert len(lines) == 6
    assert lines.count(SECOND) == 1


@pytest.mark.parametrize("backward", [False, True])
def test_arrows_point_where_the_signal_goes(backward: bool) -> None:
    axes = Figure().subplots()
    draw_network(axes, [1, 2, 1], backward=backward)
    for line in connections(axes):
        (tip, _), (tail, _) = line.xy, line.xyann
        assert (tip < tail) == backward


TINY = """
import matplotlib.pyplot as plt
from capas.course.figures import figure

@figure(es="un punto", en="a point")
def point(language):
    picture, axes = plt.subplots()
    axes.plot(0, 0, "o")
    return picture
"""


def tiny_stage(root: Path, source: str = TINY) -> Stage:
    stage = load_course(root).stages[0]
    (stage.assignment / "figures.py").write_text(source, encoding="utf-8")
    return stage


def test_a_change_draws_again_and_nothing_else_does(small_course: Path) -> None:
    stage = tiny_stage(small_course)
    first = figures_of(stage)
    folder = stage.assignment / "figures"
    assert first.alt == {"point": {"es": "un punto", "en": "a point"}}
    assert {path.name for path in folder.iterdir()} == {"point.es.png", "point.en.png", "drawn.json"}
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}
    assert figures_of(stage) == first
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()} == before
    assert figures_of(tiny_stage(small_course, TINY.replace("a point", "one point"))).digest != first.digest
    assert figure_file(stage, "point", "es").read_bytes().startswith(b"\x89PNG")


def lose(path: Path) -> None:
    path.unlink()


def change(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"changed")


@pytest.mark.parametrize("spoil", [lose, change])
@pytest.mark.parametrize("name", ["point.es.png", "drawn.json"])
def test_a_file_lost_or_changed_by_hand_is_drawn_again(
    small_course: Path, spoil: Callable[[Path], None], name: str
) -> None:
    stage = tiny_stage(small_course)
    first = figures_of(stage)
    before = {path: path.read_bytes() for path in (stage.assignment / "figures").iterdir()}
    other = figure_file(stage, "point", "en").stat().st_mtime_ns
    spoil(stage.assignment / "figures" / name)
    assert figures_of(stage) == first
    assert {path: path.read_bytes() for path in (stage.assignment / "figures").iterdir()} == before
    if name != "drawn.json":
        assert figure_file(stage, "point", "en").stat().st_mtime_ns == other


def test_what_looks_the_same_stays_as_committed(small_course: Path) -> None:
    stage = tiny_stage(small_course)
    first = figures_of(stage)
    before = figure_file(stage, "point", "es").read_bytes()
    darker = TINY.replace("axes.plot(0,", "picture.set_facecolor('#FDFDFD'); axes.plot(0,")
    assert figures_of(tiny_stage(small_course, darker)).digest != first.digest
    assert figure_file(stage, "point", "es").read_bytes() == before
    figures_of(tiny_stage(small_course, TINY.replace("axes.plot(0,", "axes.plot(0.01,")))
    assert figure_file(stage, "point", "es").read_bytes() != before


USES_REFERENCE = TINY.replace("import matplotlib", "from reference import softmax\nimport matplotlib").replace(
    "axes.plot(0, 0,", "axes.plot([0, 1], softmax([0.0, 1.0]),"
)


def test_pictures_follow_the_reference(small_course: Path) -> None:
    stage = tiny_stage(small_course, USES_REFERENCE)
    figures_of(stage)
    before = figure_file(stage, "point", "es").read_bytes()
    with (stage.solutions / "reference.py").open("a", encoding="utf-8") as file:
        file.write("\n\n_right = softmax\n\n\ndef softmax(a):\n    return 0.5 * _right(a) ** 2\n")
    figures_of(stage)
    assert figure_file(stage, "point", "es").read_bytes() != before


def test_pictures_follow_data_and_languages(small_course: Path) -> None:
    stage = tiny_stage(small_course)
    digests = {figures_of(stage).digest}
    (stage.assignment / "data").mkdir()
    (stage.assignment / "data" / "points.csv").write_text("1,2\n", encoding="utf-8")
    digests.add(figures_of(stage).digest)
    only = msgspec.structs.replace(stage, languages=["en"])
    digests.add(figures_of(only).digest)
    assert len(digests) == 3
    assert {path.name for path in (stage.assignment / "figures").iterdir()} == {"point.en.png", "drawn.json"}


def test_another_minor_version_of_matplotlib_leaves_them_as_committed(
    small_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = tiny_stage(small_course)
    first = figures_of(stage)
    monkeypatch.setattr(capas.course.figures.metadata, "version", lambda name: "3.999.0")
    assert figures_of(stage) == first
    monkeypatch.setattr(capas.course.figures.metadata, "version", lambda name: "99.0.0")
    assert figures_of(stage).digest != first.digest


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (', en="a point"', "", "`point`: expected a text for language `en`"),
        ('axes.plot(0, 0, "o")', "axes.plot(0, 0, nothing)", "`point` cannot be drawn: NameError: name 'nothing'"),
        ('axes.plot(0, 0, "o")', "raise SystemExit", "`point` cannot be drawn: SystemExit"),
        ("import matplotlib.pyplot as plt", "import no_such_module", "cannot be run: ModuleNotFoundError"),
    ],
)
def test_a_mistake_in_figures_is_one_clear_line(small_course: Path, old: str, new: str, told: str) -> None:
    stage = tiny_stage(small_course, TINY.replace(old, new))
    with pytest.raises(UserError) as caught:
        figures_of(stage)
    assert told in str(caught.value)
    assert "figures.py" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_place_without_a_picture_is_told(small_course: Path) -> None:
    with pytest.raises(UserError, match=r"a place for the figure `softmax_steps`, which .*figures\.py lacks"):
        build_stage(tiny_stage(small_course), "es")
