"""The pages of the site: good texts without a script, that lead somewhere, and hold nothing hidden."""

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from site_pages import SitePage, flat, readable, secrets_of

from capas.bundle.problems.problem import raise_problems
from capas.bundle.site.formulas import Formulas
from capas.bundle.site.handout import HandoutReader
from capas.bundle.site.prose import Prose
from capas.bundle.site.write import MARK, make_site, write_site
from capas.course.model import Stage, load_course
from capas.files import UserError

FOLDER = "assignments/03_softmax"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, copied_course: Path) -> dict[str, bytes]:
    course = load_course(copied_course)
    return make_site(course, course.languages, copied_course / "dist")


@pytest.fixture(scope="session")
def pages(site: dict[str, bytes]) -> dict[str, SitePage]:
    return {path: SitePage(data.decode()) for path, data in site.items() if path.endswith(".html")}


def test_there_is_a_page_a_stage_in_each_language(pages: dict[str, SitePage]) -> None:
    assert sorted(pages) == [
        *("en/03_softmax/index.html", "en/index.html", "es/03_softmax/index.html", "es/index.html", "index.html")
    ]
    for path, page in pages.items():
        assert not page.crossed, path
        assert not page.open, path
        language = path[:2] if path[2:3] == "/" else "es"
        assert page.all("html") == [{"lang": language}]
        assert len(page.all("h1")) == 1
        assert len(page.all("main")) == 1
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), path


def test_all_that_pages_name_is_there(site: dict[str, bytes], pages: dict[str, SitePage]) -> None:
    named = 0
    for path, page in pages.items():
        for tag, attributes in page.elements:
            address = attributes.get("href") or attributes.get("src")
            if not address or (tag == "a" and address.startswith("https://")):
                continue
            assert not re.match(r"[a-z]+:|/", address), (path, address)
            target, _, place = address.partition("#")
            file = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            assert file in site, (path, address)
            assert not place or place in pages[file].ids, (path, address)
            named += 1
    assert named > 40


def test_formulas_are_mathml_and_pictures_have_a_text(pages: dict[str, SitePage]) -> None:
    for language in ("es", "en"):
        page = pages[f"{language}/03_softmax/index.html"]
        assert len(page.all("math")) > 80
        assert not re.search(r"\$|\\frac|\\mathbf|\ue000|\ue001", page.text)
        pictures = [picture for picture in page.all("img") if picture["src"].endswith(".svg") and picture.get("class")]
        assert len(pictures) == 4
        assert all(len(picture["alt"]) > 40 and int(picture["width"]) > 300 for picture in pictures)


def test_what_is_asked_stands_in_the_page_itself(pages: dict[str, SitePage]) -> None:
    page = pages["es/03_softmax/index.html"]
    for name in ("softmax", "softmax_jacobian", "predict", "softmax_twin"):
        assert f"def {name}(" in page.text
    assert page.text.count("Pista ") == 12
    assert "20 puntos" in page.text
    assert "7 puntos" in page.text
    assert len(page.all("summary")) == 13  # the table of contents, too


def test_nothing_hidden_is_in_it(site: dict[str, bytes], copied_course: Path) -> None:
    (stage,) = load_course(copied_course).stages
    secrets = {flat(secret): secret for secret in secrets_of(stage)}
    assert len(secrets) > 40
    texts = {path: flat(text) for path, text in readable(site)}
    assert sum("(packed)" in path for path in texts) >= 2
    found = [(path, secret) for path, text in texts.items() for one, secret in secrets.items() if one in text]
    assert not found


def test_the_same_course_gives_the_same_bytes(site: dict[str, bytes], copied_course: Path) -> None:
    course = load_course(copied_course)
    assert make_site(course, course.languages, copied_course / "dist") == site


def test_a_folder_that_is_no_site_is_left_alone(site: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UserError, match="has files and is no site"):
        write_site(site, tmp_path)
    out = tmp_path / "site"
    last_year = {**site, "en/old.html": b"from last year"}
    assert write_site(last_year, out) == len(last_year) + 1
    (out / "CNAME").write_text("course.example.org")
    assert write_site(site, out) == 1
    assert not (out / "en" / "old.html").exists()
    assert (out / "CNAME").is_file()
    (out / MARK).write_text("made by capas site\n../thesis.txt\n")
    write_site(site, out)
    assert (tmp_path / "thesis.txt").is_file()


ODD = '</script><b onclick="alert(1)">Course & </title>'


def test_pictures_are_found_wherever_they_lie_and_titles_are_texts(small_course: Path) -> None:
    stage = load_course(small_course).stages[0]
    data = (stage.assignment / "figures" / "softmax_steps.en.png").read_bytes()
    places = ("top.png", "pictures/my cat #1 (old).png", "pictures/deep/top.png")
    for name in places:
        (stage.assignment / name).parent.mkdir(parents=True, exist_ok=True)
        (stage.assignment / name).write_bytes(data)
    path = stage.handout("en")
    shown = "\n\n".join(f"![A picture](<{name}>)" for name in places)
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{shown}\n", encoding="utf-8")
    titled = small_course / "course.toml"
    text = titled.read_text(encoding="utf-8")
    titled.write_text(re.sub("^title.en = .*", f"title.en = '{ODD}'", text, flags=re.MULTILINE), encoding="utf-8")
    course = load_course(small_course)
    site = make_site(course, ["en"], small_course / "dist")
    page = SitePage(site["en/03_softmax/index.html"].decode())
    assert ODD in page.text
    assert set(page.crossed) <= {"img"}  # closed in itself, as Markdown makes it
    assert not page.all("b")
    sources = [picture["src"] for picture in page.all("img") if picture.get("alt") == "A picture"]
    assert len(sources) == len(places)
    for source in sources:
        assert posixpath.normpath(posixpath.join("en/03_softmax", unquote(source))) in site


WRONG = [
    ("<script>alert(1)</script>", "is HTML, which web pages do not take"),
    ('<div onclick="alert(1)">text</div>', "is HTML, which web pages do not take"),
    ("text <img src=x onerror=alert(1)> text", "an image that is not written as"),
    ("text <b onclick=alert(1)>bold</b>", "is HTML, which web pages do not take"),
    ("<details open><summary>Hint</summary>", "is HTML, which web pages do not take"),
    (r"a formula $\frac{a$ in a text", "cannot be read"),
    (r"$$\unknown x$$", "cannot be read"),
]


def read_english(stage: Stage) -> None:
    formulas = Formulas()
    prose = Prose(formulas)
    HandoutReader(prose, stage, "en", str).handout()
    raise_problems(prose.problems)
    formulas.convert()


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_pages_do_not_take_is_told_by_file_and_line(small_course: Path, text: str, told: str) -> None:
    path = small_course / FOLDER / "handout.en.md"
    lines = path.read_text(encoding="utf-8").split("\n")
    place = lines.index("## The derivative of softmax") + 2
    path.write_text("\n".join([*lines[:place], "a line", text, "", *lines[place:]]), encoding="utf-8")
    (stage,) = load_course(small_course).stages
    with pytest.raises(UserError) as error:
        read_english(stage)
    assert told in str(error.value)
    if "image" not in told:
        assert f"{path}, line {place + 2}: " in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("![a cat](pictures/cat.png)", "the image `pictures/cat.png` does not exist"),
        ('text <img src=x onerror="alert(1)"> text', "an image that is not written as"),
        ("<!-- figure: cat -->", "a place for the figure `cat`"),
        ("<!-- explorable: cat -->", "a place for the explorable `cat`"),
        ("<!-- video: cat -->", "unknown place `video`"),
    ],
)
def test_a_picture_that_is_not_there_is_told_by_file_and_line(small_course: Path, text: str, told: str) -> None:
    path = small_course / FOLDER / "handout.en.md"
    lines = path.read_text(encoding="utf-8").split("\n")
    place = lines.index("## The derivative of softmax") + 2
    path.write_text("\n".join([*lines[:place], text, "", *lines[place:]]), encoding="utf-8")
    course = load_course(small_course)
    with pytest.raises(UserError) as error:
        make_site(course, ["en"], small_course / "dist")
    assert f"{path}, line {place + 1}: {told}" in str(error.value)


def test_a_link_that_runs_something_is_no_link() -> None:
    html = Prose(Formulas()).html("[here](javascript:alert(1)) and [there](https://example.org)", Path("x.md"))
    assert 'href="javascript' not in html
    assert '<a href="https://example.org">there</a>' in html
