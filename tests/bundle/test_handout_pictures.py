"""Pictures that a teacher made reach the notebook, the PDF and Canvas's page; what cannot is told by line."""

import base64
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from data_course import HANDOUT, make_data_course
from PIL import Image, ImageDraw

from capas.bundle.build import Bundle, build_stage
from capas.bundle.pdf import handout_pdf
from capas.bundle.problems import stage_problems
from capas.canvas.cartridge import Lesson, cartridge
from capas.canvas.description import Page, make_page
from capas.canvas.package import check_package
from capas.course import pictures as module
from capas.course.model import Stage, load_course
from capas.course.pictures import pictures_in

ENDINGS = {"png": "PNG", "jpg": "JPEG", "gif": "GIF"}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">'
    '<circle cx="50" cy="50" r="40" fill="#0072B2"/><path d="M100 90 L190 10" stroke="#d55e00" stroke-width="6"/></svg>'
)


def drawn(ending: str) -> bytes:
    """Return a small picture: a ball on a slope."""
    if ending == "svg":
        return SVG.encode()
    picture = Image.new("RGB", (600, 300), "white")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(20, 280), (580, 280), (580, 80)], fill="#B8B8B8")
    pen.ellipse([300, 110, 360, 170], fill="#0072B2")
    data = io.BytesIO()
    picture.save(data, ENDINGS[ending])
    return data.getvalue()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    stage = make_data_course(tmp_path_factory.mktemp("physics"))
    (stage.assignment / "pictures").mkdir()
    for ending in (*ENDINGS, "svg"):
        (stage.assignment / "pictures" / f"setup {ending}.{ending}").write_bytes(drawn(ending))
    shown = "\n\n".join(f"![A ball, as {one}](<pictures/setup {one}.{one}>)" for one in ("png", "svg"))
    later = "\n\n".join(f"![A ball, as {one}](pictures/setup%20{one}.{one})" for one in ("jpg", "gif"))
    text = HANDOUT.replace("\n## Mean", f"\n{shown}\n\n## Mean", 1).replace(
        "\n## Rows above\n", f"\n{later}\n\n## Rows above\n"
    )
    stage.handout("en").write_text(text, encoding="utf-8")
    return stage


@pytest.fixture(scope="module")
def built(stage: Stage) -> Bundle:
    return build_stage(stage, "en")


@pytest.fixture(scope="module")
def page(stage: Stage, built: Bundle) -> Page:
    return make_page(load_course(stage.root), stage, built, pdf=False)


def test_the_notebook_carries_them_with_their_texts(built: Bundle) -> None:
    cells = json.loads(built.student_files["falling.ipynb"])["cells"]
    text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    found = {
        alt: (kind, data) for alt, kind, data in re.findall(r"!\[([^\]]*)\]\(data:([\w/+]+);base64,([^)]+)\)", text)
    }
    assert {alt: kind for alt, (kind, _) in found.items()} == {
        "A ball, as png": "image/png",
        "A ball, as jpg": "image/jpeg",
        "A ball, as gif": "image/gif",
        "A ball, as svg": "image/png",  # VS Code shows no SVG in notebooks
    }
    for ending in ENDINGS:
        assert base64.b64decode(found[f"A ball, as {ending}"][1]) == drawn(ending)
    picture = Image.open(io.BytesIO(base64.b64decode(found["A ball, as svg"][1]))).convert("RGB")
    assert picture.size == (400, 200)
    assert picture.getpixel((100, 100)) == (0, 0x72, 0xB2)


def test_canvas_shows_those_of_the_opening(page: Page, stage: Stage) -> None:
    shown = re.findall(r'<p><img src="\{file:([^}]+)\}" alt="([^"]+)"></p>', page.text.replace("\n", ""))
    assert [alt for _, alt in shown] == ["A ball, as png", "A ball, as svg"]
    assert page.files[shown[0][0]] == drawn("png")
    files = cartridge("Physics", "en", [Lesson(stage, page)])
    assert check_package(files) == []
    assert drawn("png") in files.values()


@pytest.mark.slow
def test_the_pdf_sets_all_of_them(stage: Stage, built: Bundle) -> None:
    script = built.student_files["falling.py"].decode()
    text = stage.handout("en").read_text(encoding="utf-8")
    with_all = handout_pdf(load_course(stage.root), stage, "en", script)
    for alt in ("png", "jpg", "gif"):
        assert f"A ball, as {alt}".encode("utf-16-be") in with_all or f"A ball, as {alt}".encode() in with_all
    stage.handout("en").write_text(HANDOUT, encoding="utf-8")
    try:
        assert len(handout_pdf(load_course(stage.root), stage, "en", script)) < len(with_all) - 2_000
    finally:
        stage.handout("en").write_text(text, encoding="utf-8")


def test_pictures_in_code_are_none() -> None:
    assert not [*pictures_in("`![x](y.png)`\n\n```\n![x](y.png)\n```\n")]
    (one,) = pictures_in('Text\n\n![a b](<c d.png> "title")\n\nText')
    assert (one.alt, one.target, one.alone) == ("a b", "c d.png", True)


def put(name: str, data: bytes) -> Callable[[Stage], None]:
    def write(stage: Stage) -> None:
        path = stage.assignment / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(data)

    return write


def link_out(stage: Stage) -> None:
    (stage.assignment / "link.png").symlink_to(stage.root / "own.png")
    (stage.root / "own.png").write_bytes(drawn("png"))


SLIPS: dict[str, tuple[str, Callable[[Stage], None] | None, str]] = {
    "missing": ("![x](pictures/no.png)", None, "the image `pictures/no.png` does not exist"),
    "capitals": ("![x](Setup.png)", put("setup.png", drawn("png")), "the image `Setup.png` does not exist"),
    "a link out": ("![x](link.png)", link_out, "`link.png` lies outside of the stage; copy it to"),
    "a path out": ("![x](../../own.png)", put("../../own.png", drawn("png")), "lies outside of the stage"),
    "a path of this machine": ("![x](/tmp/a.png)", None, "is no file beside the handout"),
    "of Windows": ("![x](C:\\a.png)", None, "is no file beside the handout"),
    "on the web": ("![x](https://example.org/a.png)", None, "is on the web: no PDF has it"),
    "inside the text": ("![x](data:image/png;base64,AAAA)", None, "is no file beside the handout"),
    "without a text": (
        "![](a.png)",
        put("a.png", drawn("png")),
        "has no text for who cannot see it; write !\\[what it",
    ),
    "another kind": ("![x](a.webp)", put("a.webp", b"RIFF"), "reaches no student: .* save it as .png or .jpg"),
    "not what it says": (
        "![x](a.jpg)",
        put("a.jpg", drawn("png")),
        "is not what its ending says; save it anew as .jpg",
    ),
    "no svg": ("![x](a.svg)", put("a.svg", b"<html>"), "is not what its ending says"),
    "too large": ("![x](a.png)", put("a.png", drawn("png") + bytes(3 * 2**20)), "has 3.0 MB, more than 2 MB; make it"),
    "among the drawn": (
        "![x](figures/a.png)",
        put("figures/a.png", drawn("png")),
        "which removes what is not; move it",
    ),
    "in a sentence": ("See ![x](a.png) there", put("a.png", drawn("png")), "stands among other text"),
    "as HTML": ('<img src="a.png">', put("a.png", drawn("png")), "not written as !\\[what it shows\\]"),
    "by reference": ("![x][a]", None, "not written as"),
    "all too large": (
        "\n\n".join(["![x](a.png)"] * 6),
        put("a.png", drawn("png") + bytes(19 * 2**20 // 10)),
        "the images up to here have .* a notebook takes 10 MB",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_what_not_all_would_see_is_told_with_file_and_line(tmp_path: Path, slip: str) -> None:
    text, make, told = SLIPS[slip]
    stage = make_data_course(tmp_path)
    if make is not None:
        make(stage)
    path = stage.handout("en")
    path.write_text(HANDOUT.replace("\n## Rows above\n", f"\n{text}\n\n## Rows above\n"), encoding="utf-8")
    problems = [str(problem) for problem in stage_problems(stage, ["en"])]
    assert re.search(told, "\n".join(problems)), problems
    line = path.read_text(encoding="utf-8").split("\n").index(text.split("\n")[0]) + 1
    assert problems[0].startswith(f"{path}, line {line if slip != 'all too large' else line + 10}: "), problems


def test_a_picture_that_can_be_shown_is_no_problem(stage: Stage) -> None:
    assert stage_problems(stage, ["en"]) == []
    assert module.KINDS.keys() >= {".png", ".jpg", ".svg", ".gif"}
