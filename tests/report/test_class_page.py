"""The page for the class, what is counted on it, and the commands that write all of it."""

import csv
import re
from pathlib import Path

import msgspec
import pytest
from command import capas
from made import HOSTILE, found, readable, result_of, well_made, with_mistakes

from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.grading.result import Result
from capas.report import count_misunderstandings, diagnoses_of
from capas.report.class_page import GradingTime, class_page
from capas.report.statistics import count_questions, questions_csv, same_answers, same_files
from capas.report.write import write_report
from capas.submission import Contents, SubmissionFile, read_submission

ROOT = Path(__file__).parents[2]
RUN = b'{"stage": "03_softmax", "digest": "", "language": "es", "capas": ""}'


def shown(
    stage: Stage,
    results: list[Result],
    submissions: list[SubmissionFile] | None = None,
    took: GradingTime | None = None,
    lang="es",
) -> str:
    sources = None if submissions is None else {one.id: read_submission(one).cells for one in submissions}
    return "".join(class_page(stage, results, diagnoses_of(stage, lang), lang, sources, took))


@pytest.fixture(scope="module")
def results(softmax, small_class, grade) -> list[Result]:
    return grade(softmax, small_class, "es")


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_of_a_class(softmax, small_class, grade, golden, language: str) -> None:
    graded = grade(softmax, small_class, language)
    page = shown(softmax, graded, small_class, GradingTime(1.25, 8, 2), language)
    well_made(page)
    golden(f"class.{language}.html", readable(page))


def test_the_most_common_misunderstanding_comes_first(softmax, results) -> None:
    counted = [
        (one.diagnosis.id, one.submissions)
        for one in count_misunderstandings(softmax, results, diagnoses_of(softmax, "es"))
    ]
    assert counted[:2] == [
        ("normalizes_whole_batch", ["bruno", "carla"]),
        ("overflows_without_shift", ["diego", "elena"]),
    ]
    # The stub returns nothing everywhere; that is no misunderstanding.
    assert not [one for one in counted if "gabriela" in one[1]]


def test_a_kind_without_catalogue_counts_a_submission_once(softmax) -> None:
    result = result_of(softmax)
    for question in result.questions:
        question.diagnosis = "transposed"
    (one,) = count_misunderstandings(softmax, [result], diagnoses_of(softmax, "es"))
    assert (one.count, one.questions) == (1, [question.name for question in softmax.questions])
    assert "qué eje es cuál" in shown(softmax, [result])


def test_a_diagnosis_that_is_not_known_is_passed_over(softmax) -> None:
    result = result_of(softmax)
    result.questions[0].diagnosis = "of_an_older_course"
    assert count_misunderstandings(softmax, [result], diagnoses_of(softmax, "es")) == []
    well_made(shown(softmax, [result]))


def test_questions_csv(softmax, results) -> None:
    rows = list(csv.DictReader(questions_csv(count_questions(softmax, results)).decode().splitlines()))
    assert [row["question"] for row in rows] == [question.name for question in softmax.questions]
    first = rows[0]
    assert (first["points"], first["graded"], first["full_marks"], first["no_answer"]) == ("7", "7", "2", "1")
    assert first["diagnoses"] == "normalizes_whole_batch:2 overflows_without_shift:2"


def test_equal_files_and_equal_answers(softmax, small_class, results) -> None:
    sources = {one.id: read_submission(one).cells for one in small_class}
    names = {question.name for question in softmax.questions}
    assert same_files(results) == [["ana", "hugo"]]
    assert same_answers(results, sources, names) == [["ana", "hugo"], ["diego", "elena"]]
    page = well_made(shown(softmax, results, small_class)).said
    assert "Las mismas respuestas que elena.py" in page
    assert "Las mismas respuestas que hugo.py" not in page
    assert "El mismo archivo que hugo.py" in page


def test_files_that_are_empty_are_no_copies(softmax, grade) -> None:
    graded = grade(softmax, found({"a.py": b"", "b.py": b""}), "es")
    page = well_made(shown(softmax, graded)).said
    assert "El mismo archivo" not in page
    assert page.count("ilegible: El archivo está vacío") == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_can_be_put_into_the_page(softmax, text: str) -> None:
    result = result_of(softmax, message=text, file=text)
    result.submission, result.status = text, "crashed"
    outline = well_made(shown(softmax, [result, msgspec.structs.replace(result, status=text)]))
    assert outline.tags.count("script") == 1
    assert "img" not in outline.tags
    links = [str(attributes["href"]) for tag, attributes in outline.elements if tag == "a"]
    assert [link for link in links if link.startswith("feedback/")]
    assert all(re.fullmatch(r"#[a-z-]+|feedback/[^/]*\.html", link) for link in links), links


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_class) -> Path:
    path = tmp_path_factory.mktemp("submissions")
    for one in small_class:
        (path / one.file).write_bytes(one.read())
    return path


@pytest.fixture(scope="module")
def out(folder: Path, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("out")
    done = capas("grade", "03_softmax", folder, "--out", path, "--feedback", "--workers", 2)
    assert done.returncode == 0, done.stderr
    assert "Most common misunderstandings:" in done.stdout
    assert "2 of 8  softmax: Divides entre la suma de todo el lote." in done.stdout
    assert "8 pages of feedback are written, and 7 files of theirs with feedback in them." in done.stdout
    return path


def files(path: Path) -> dict[str, bytes]:
    return {str(one.relative_to(path)): one.read_bytes() for one in path.rglob("*") if one.is_file()}


def test_grade_writes_report_and_feedback(out: Path) -> None:
    names = set(files(out))
    assert {
        "report.html",
        "question-softmax.html",
        "questions.csv",
        "times.json",
        "feedback/ana.py",
        "feedback/gabriela.ipynb",
    } <= names
    assert "feedback/félix.html" in names
    assert "feedback/félix.ipynb" not in names
    for page in [out / "report.html", *(out / "feedback").glob("*.html")]:
        well_made(page.read_text(encoding="utf-8"))
        assert page.stat().st_size < 200_000
    report = well_made((out / "report.html").read_text(encoding="utf-8"))
    links = [str(attributes["href"]) for tag, attributes in report.elements if tag == "a"]
    assert "feedback/f%C3%A9lix.html" in links
    assert "La última ejecución de capas grade" in report.said


def test_report_again_gives_the_same_files(out: Path, folder: Path) -> None:
    before = files(out)
    done = capas("report", out, "--submissions", folder)
    assert done.returncode == 0, done.stderr
    assert files(out) == before


def test_report_from_results_alone(out: Path, folder: Path, softmax, tmp_path: Path) -> None:
    for name in ("results", "feedback"):
        (tmp_path / name).mkdir()
    (tmp_path / "run.json").write_bytes((out / "run.json").read_bytes())
    (tmp_path / "results/bruno.json").write_bytes((out / "results/bruno.json").read_bytes())
    (tmp_path / "feedback/gone.html").write_text("of an earlier report")
    done = capas("report", tmp_path, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert {name for name in files(tmp_path) if name.startswith("feedback")} == {"feedback/bruno.html"}
    said = well_made((tmp_path / "report.html").read_text(encoding="utf-8")).said
    assert "Before the next lecture" in said
    assert "How long it took is not known" in said
    # The student reads what was graded in Spanish.
    assert 'lang="es"' in (tmp_path / "feedback/bruno.html").read_text(encoding="utf-8")


def test_a_file_that_changed_is_not_drawn(softmax, small_class, results, tmp_path: Path) -> None:
    changed = [msgspec.structs.replace(one, source=Contents(b"def softmax(a): return a")) for one in small_class]
    written = write_report(softmax, results, tmp_path, "es", "es", changed)
    assert written.files == 0
    assert len(written.changed) == len(results)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("", b"", "holds no results; give the folder"),
        ("run.json", b"{", "is not of this program"),
        ("run.json", RUN, "holds no results; run capas grade first"),
        ("run.json", RUN.replace(b"03_softmax", b"09"), "unknown stage"),
    ],
)
def test_wrong_use_is_one_line(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    if name:
        (tmp_path / name).write_bytes(data)
    done = capas("report", tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert words in done.stderr


def test_a_broken_result_alone_is_no_result(softmax, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_bytes(RUN)
    (tmp_path / "results").mkdir()
    (tmp_path / "results/x.json").write_text("{}")
    done = capas("report", tmp_path)
    assert done.returncode == 2
    assert "holds no results" in done.stderr


def test_the_questions_of_every_stage_have_slides_where_the_lecture_has_them(course) -> None:
    for stage in course.stages:
        slides = {question.name: set(question.slide) for question in stage.questions}
        assert {"es", "en"} in slides.values(), stage.id
        assert [name for name, told in slides.items() if told not in (set(), {"es", "en"})] == [], stage.id


def test_half_a_slide_is_a_mistake_in_the_file(small_course: Path) -> None:
    toml = small_course / "assignments/03_softmax/assignment.toml"
    text = toml.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines(keepends=True) if line.startswith("slide.en"))
    toml.write_text(text.replace(line, ""), encoding="utf-8")
    done = capas("build", "--course", small_course)
    assert done.returncode == 2
    assert "slide of question `softmax`: expected a text for language `en`" in done.stderr


@pytest.mark.slow
def test_pages_of_one_mistake_in_every_stage(course, zygote, grade) -> None:
    for stage in course.stages:
        ids = [Solutions(stage).mistakes[0].id]
        submissions = found({"x.py": with_mistakes(stage, *ids)})
        for language in ("es", "en"):
            page = well_made(shown(stage, grade(stage, submissions, language), submissions, lang=language))
            assert stage.title[language] in page.said
