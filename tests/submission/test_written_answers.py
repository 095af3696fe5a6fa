"""Answers in words are found again in whatever became of the file that was handed out."""

import json
import re
from pathlib import Path

import pytest
from command import capas

from capas.bundle.build import build_stage, write_bundle
from capas.course.model import load_course
from capas.grading.result import read_result
from capas.submission.written import place_in_notebook, place_in_script, written_answers
from capas.texts import program_texts

ANSWER = "Porque $\\frac{e^{c}}{e^{c}} = 1$:\n\n- se cancela"


def answered(place: str, text: str = ANSWER) -> str:
    return place.replace(program_texts("es")("answer_prompt"), text)


def found(source: str, metadata: dict | None = None) -> dict[str, str]:
    return written_answers([(source, metadata or {})], ["why", "why_not"])


NOTEBOOK, SCRIPT = place_in_notebook("why", "es"), place_in_script("why", "es")
MARKED = {"capas": {"role": "answer", "name": "why"}}


@pytest.mark.parametrize("place", [NOTEBOOK, SCRIPT, "x = 1\n" + SCRIPT + "\nif (:\n", NOTEBOOK.replace("\n", "\r\n")])
def test_a_place_as_it_was_handed_out_holds_nothing(place: str) -> None:
    assert found(place) == {"why": ""}


@pytest.mark.parametrize(
    "source",
    [
        answered(NOTEBOOK),
        answered(SCRIPT),
        NOTEBOOK.replace("línea.*", f"línea.*\n{ANSWER}"),  # the prompt was left
        f"x = 1\n{answered(SCRIPT)}\nif (:\n",  # a script that is no Python
        answered(SCRIPT).replace('r"""', "'''").replace('"""', "'''"),
        SCRIPT.partition("\n")[0] + "\n" + "\n".join(f"# {line}" for line in ANSWER.split("\n")) + "\n# /capas: why\n",
        "\n".join(f"# {line}".rstrip() for line in answered(NOTEBOOK).split("\n")),  # as nbconvert and jupytext make it
        answered(NOTEBOOK).rpartition("\n")[0],  # the last line is gone
        answered(NOTEBOOK).rpartition("\n")[0] + "\n" + place_in_notebook("why_not", "es"),
        f"<!-- BEGIN QUESTION -->\n\n{answered(NOTEBOOK)}\n\n<!-- END QUESTION -->",
    ],
)
def test_what_was_written_is_found(source: str) -> None:
    assert found(source)["why"] == ANSWER


def test_a_cell_is_known_by_its_metadata_where_its_comments_are_gone() -> None:
    assert found(ANSWER, MARKED) == {"why": ANSWER}
    assert found(f"<!-- BEGIN QUESTION -->\n\n{ANSWER}", MARKED) == {"why": ANSWER}
    assert found(ANSWER) == {}
    assert written_answers([(NOTEBOOK, {}), (answered(NOTEBOOK), {}), (NOTEBOOK, {})], ["why"]) == {"why": ANSWER}


def test_an_answer_without_end_is_cut() -> None:
    assert len(found(answered(NOTEBOOK, "ñ" * 10**6))["why"]) == 20_000


@pytest.fixture
def handed_in(text_course: Path) -> Path:
    """A class of text_course in ``class``: answered in both kinds of file, in none, and with the place gone."""
    (stage,) = load_course(text_course).stages
    built = build_stage(stage, "es")
    write_bundle(built, stage, text_course / "dist")
    notebook, script = (built.student_files[f"softmax.{ending}"].decode() for ending in ("ipynb", "py"))
    prompt = program_texts("es")("answer_prompt")
    files = {
        "ana.ipynb": notebook.replace(prompt, json.dumps(ANSWER)[1:-1]),
        "berta.py": script.replace(prompt, ANSWER),
        "carla.ipynb": notebook,
        "dora.py": script,
        "eva.py": re.sub(r"# capas: why.*# /capas: why", "", script, flags=re.DOTALL),
        "fina.ipynb": "{",
    }
    (text_course / "class").mkdir()
    for name, text in files.items():
        (text_course / "class" / name).write_text(text, encoding="utf-8")
    return text_course


def test_a_class_waits_for_who_grades_its_texts(handed_in: Path) -> None:
    done = capas("grade", "03_softmax", "class", "--out", "out", "--feedback", folder=handed_in)
    assert done.returncode == 0, done.stderr
    assert "why: 3 answers to be graded by a person, not counted so far" in done.stdout
    results = {path.stem: read_result(path) for path in (handed_in / "out/results").iterdir()}
    texts = {name: result.questions[-1] for name, result in results.items()}
    assert {name: (text.manual, text.points, text.score) for name, text in texts.items()} == dict.fromkeys(
        results, (True, 4.0, 0.0)
    )
    assert {name: (text.answer, text.diagnosis) for name, text in texts.items()} == {
        "ana": (ANSWER, None),
        "berta": (ANSWER, None),
        "carla": ("", "not_begun"),
        "dora": ("", "not_begun"),
        "eva": ("", None),  # perhaps it is elsewhere: a person looks
        "fina": ("", "not_begun"),
    }
    assert {result.points for result in results.values()} == {24.0}
    page = (handed_in / "out/feedback/ana.html").read_text(encoding="utf-8")
    assert "sin calificar todavía" in page
    (handed_in / "out/overrides.csv").write_text("student,question,points,reason\nana,why,3.5,casi\n", encoding="utf-8")
    assert capas("report", "out", "--submissions", "class", folder=handed_in).returncode == 0
    page = (handed_in / "out/feedback/ana.html").read_text(encoding="utf-8")
    assert "sin calificar todavía" not in page
    assert "Calificada por una persona: 3.5 de 4 puntos: casi" in page
    assert "«¿Por qué?»: calificada por una persona" in page
    cells = json.loads((handed_in / "out/feedback/ana.ipynb").read_text(encoding="utf-8"))["cells"]
    roles = [cell["metadata"].get("capas", {}).get("role") for cell in cells]
    assert roles[roles.index("answer") + 1] == "feedback"
    assert "3&#46;5 de 4 puntos" in "".join(cells[roles.index("answer") + 1]["source"])
