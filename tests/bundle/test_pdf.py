"""The PDFs: what they hold, what they must not hold, the same bytes every time, and fast."""

import functools
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from capas.bundle.build import Bundle
from capas.bundle.pdf import derivation_pdf, handout_pdf, require_pdf_tools, write_pdfs
from capas.course.model import Course, Stage, load_course
from capas.course.solutions import Solutions
from capas.files import UserError

ROOT = Path(__file__).parents[2]
STAGES = sorted(path.parent.name for path in ROOT.glob("assignments/*/assignment.toml"))
WORDS = {
    "es": {"hint": "Pista", "box": "Con lupa.", "stub": "Para completar", "given": "Ya viene hecha"},
    "en": {"hint": "Hint", "box": "With a magnifying glass.", "stub": "To complete", "given": "Ready-made"},
}

Made = Callable[[str, str], bytes]


def script_of(stage: Stage, language: str) -> str:
    """Return the students' `.py`, which another test proves to be what `build` makes."""
    path = stage.root / "student_template" / language / stage.id / f"{stage.slug}.py"
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def made(course: Course) -> Made:
    """The handout of a stage in a language, made once."""
    kept: dict[tuple[str, str], bytes] = {}

    def handout(name: str, language: str) -> bytes:
        if (name, language) not in kept:
            stage = course.choose([name])[0]
            kept[name, language] = handout_pdf(course, stage, language, script_of(stage, language))
        return kept[name, language]

    return handout


@functools.cache  # five tests read each
def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page; letters of formulas as plain letters."""
    if shutil.which("pdftotext"):
        command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
        pages = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode().split("\f")[:-1]
    else:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return [unicodedata.normalize("NFKC", page) for page in pages]


def squeezed(text: str) -> str:
    """Return the text without blanks and hyphens, for lines may be broken anywhere, and with straight quotes."""
    straight = unicodedata.normalize("NFKC", text).replace("’", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"[\s\-\u00ad]", "", straight)


def text_of(pdf: bytes) -> str:
    # A page's first line and its last one are not part of the text that runs on.
    return squeezed("\n".join(page.strip().partition("\n")[2].rpartition("\n")[0] for page in pages_of(pdf)))


def solution_lines(stage: Stage) -> set[str]:
    reference = Solutions(stage).reference_source
    bodies = re.findall(r"# BEGIN SOLUTION\n(.*?)# END SOLUTION", reference, re.DOTALL)
    lines = {squeezed(line) for body in bodies for line in body.splitlines()}
    return {line for line in lines if len(line) > 15}


both = pytest.mark.parametrize("language", ["es", "en"])
every = pytest.mark.parametrize("name", STAGES)


@both
@every
def test_a_handout_says_what_the_markdown_says(course: Course, made: Made, name: str, language: str) -> None:
    stage = course.choose([name])[0]
    markdown = stage.handout(language).read_text(encoding="utf-8")
    text = text_of(made(name, language))
    for heading in re.findall(r"^##? (.+)$", re.sub(r"^```.*?^```$", "", markdown, flags=re.M | re.S), re.M):
        assert squeezed(heading) in text
    for costs in re.findall(r"^## .*\n\n\*(.+)\*$", markdown, re.M):
        assert squeezed(costs) in text
    # Sentences without formulas, code or emphasis, accents and all.
    sentences = re.findall(r"(?<=\. )[¿¡A-ZÁÉÍÓÚ][^.$`*<>\[\"]{40,}\.", " ".join(markdown.split()))
    assert len(sentences) > 20
    assert [sentence for sentence in sentences if squeezed(sentence) not in text] == []


@both
@every
def test_a_handout_has_stubs_hints_and_boxes(course: Course, made: Made, name: str, language: str) -> None:
    stage = course.choose([name])[0]
    markdown = stage.handout(language).read_text(encoding="utf-8")
    text = text_of(made(name, language))
    words = {key: squeezed(word) for key, word in WORDS[language].items()}
    for question in stage.questions:
        assert f"{words['stub']}def{question.name}(" in text
        assert squeezed((question.docstring[language] if language == "es" else question.name).splitlines()[0]) in text
    for given in stage.given:
        assert f"{words['given']}def{given}(" in text
    for step in (1, 2, 3):
        assert text.count(f"{words['hint']}{step}.") == markdown.count(f"<summary>{WORDS[language]['hint']} {step}<")
    assert text.count(words["box"]) == markdown.count(f"> **{WORDS[language]['box']}**")


@both
@every
def test_no_markup_is_left(made: Made, name: str, language: str) -> None:
    text = "\n".join(pages_of(made(name, language)))
    assert re.findall(r"\$\S.{0,20}|\\[a-zA-Z]+|<!--.{0,20}|</?details>|#[a-z-]+[(\[].{0,20}", text) == []


@both
@every
def test_no_line_of_a_solution_is_in_a_handout(course: Course, made: Made, name: str, language: str) -> None:
    stage = course.choose([name])[0]
    given = squeezed(script_of(stage, language))
    text = text_of(made(name, language))
    assert [line for line in solution_lines(stage) if line in text and line not in given] == []


def test_the_search_for_solutions_would_find_them(course: Course, softmax: Stage) -> None:
    text = text_of(handout_pdf(course, softmax, "es", Solutions(softmax).reference_source))
    lines = solution_lines(softmax)
    assert lines
    assert [line for line in lines if line not in text] == []


@both
@every
def test_each_page_names_course_stage_and_number(course: Course, made: Made, name: str, language: str) -> None:
    stage = course.choose([name])[0]
    pages = [squeezed(page) for page in pages_of(made(name, language))]
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        assert page.startswith(squeezed(course.title[language] + stage.title[language]))
        assert page.endswith(f"{number}/{len(pages)}")


@pytest.mark.parametrize(
    ("name", "formula"),
    [("01_linear_collapse", "y=xW+b"), ("02_activations", "σ(a)"), ("03_softmax", "δ"), ("05_backpropagation", "∂L")],
)
def test_formulas_are_set(made: Made, name: str, formula: str) -> None:
    assert formula in text_of(made(name, "es"))


@both
@every
def test_each_figure_is_there_with_its_text(course: Course, made: Made, name: str, language: str) -> None:
    stage = course.choose([name])[0]
    places = re.findall(r"^<!-- figure: (\w+) -->$", stage.handout(language).read_text(encoding="utf-8"), re.M)
    wanted = len(places) if (stage.assignment / "figures.py").is_file() else 0
    assert sum(len(page.images) for page in PdfReader(io.BytesIO(made(name, language))).pages) == wanted


@both
def test_a_document_says_its_title_and_its_language(made: Made, language: str) -> None:
    reader = PdfReader(io.BytesIO(made("03_softmax", language)))
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Softmax: ")
    assert reader.root_object["/Lang"] == language


@both
def test_the_derivation(course: Course, language: str) -> None:
    stage = course.choose(["05_backpropagation"])[0]
    markdown = stage.derivation(language).read_text(encoding="utf-8")
    pdf = derivation_pdf(course, stage, language)
    text = text_of(pdf)
    for heading in re.findall(r"^##? (.+)$", markdown, re.M):
        assert squeezed(heading) in text
    assert text.count(squeezed(WORDS[language]["box"])) == 1
    for number in ("0.2503", "0.248483", "0.1367"):
        assert number in text
    assert "∂L" in text
    assert derivation_pdf(course, stage, language) == pdf


def test_the_same_input_gives_the_same_bytes(course: Course, made: Made, softmax: Stage, small_course: Path) -> None:
    script = script_of(softmax, "es")
    assert handout_pdf(course, softmax, "es", script) == made("03_softmax", "es")
    elsewhere = load_course(small_course)
    assert handout_pdf(elsewhere, elsewhere.stages[0], "es", script) == made("03_softmax", "es")


def capas(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "capas.cli", *arguments]
    everything = {**os.environ, **environment}
    return subprocess.run(command, cwd=folder, env=everything, capture_output=True, text=True, timeout=300, check=False)


def test_build_writes_the_handout_and_the_derivation(small_course: Path) -> None:
    (small_course / "assignments/03_softmax/derivation.es.md").write_text("# De dónde sale\n\n$$a^2 = b$$\n")
    done = capas("build", "--lang", "es", "--pdf", folder=small_course)
    assert done.returncode == 0, done.stderr
    folder = small_course / "dist/es/03_softmax"
    assert {path.name for path in folder.iterdir()} == {
        *("autograder.zip", "student.zip", "handout.pdf", "derivation.pdf")
    }
    assert squeezed("De dónde sale") in text_of((folder / "derivation.pdf").read_bytes())


def test_writing_twice_changes_nothing(course: Course, softmax: Stage, built_softmax: Bundle, tmp_path: Path) -> None:
    assert write_pdfs(course, softmax, built_softmax, tmp_path) == [tmp_path / "es/03_softmax/handout.pdf"]
    assert write_pdfs(course, softmax, built_softmax, tmp_path) == []


@pytest.mark.parametrize("missing", ["typst", "pypandoc"])
def test_without_the_extra_one_line_says_what_to_install(small_course: Path, tmp_path: Path, missing: str) -> None:
    (tmp_path / f"{missing}.py").write_text("raise ImportError")
    done = capas("build", "--pdf", folder=small_course, PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    (line,) = done.stderr.strip().splitlines()
    assert "pip install 'capas[publish]'" in line
    assert not (small_course / "dist").exists()


def test_the_extra_is_what_the_program_needs() -> None:
    require_pdf_tools()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# T\n\n$$\\nosuchsign{a}$$\n", "nosuchsign"),
        ("# T\n\n<!-- figure: nowhere -->\n", "`nowhere`"),
        ("# T\n\n<!-- question: softmax -->\n", "`softmax`"),
        ("# T\n\n```{=typst}\n#nothing()\n```\n", "Typst says"),
    ],
)
def test_a_broken_text_is_told_in_one_line(small_course: Path, text: str, told: str) -> None:
    course = load_course(small_course)
    stage = course.stages[0]
    stage.derivation("en").write_text(text)
    with pytest.raises(UserError, match=re.escape(told)) as caught:
        derivation_pdf(course, stage, "en")
    assert "derivation.en.md" in str(caught.value)
    assert "\n" not in str(caught.value)
