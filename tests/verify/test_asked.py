"""Every case of the course stands in docs/judgement.md beside the sentence of the handout that asks for it."""

from pathlib import Path

from capas.bundle.problems.looked_at import looked_at_problems
from capas.course.handout import HandoutPiece, read_handout
from capas.course.looked_at import asking_texts, looked_at_in, sentence_with
from capas.course.model import Course
from capas.grading.cases import case_name
from capas.grading.stage import stage_test_files
from capas.verify.asked import TABLE_BEGINS, TABLE_ENDS, cases_tables

ROOT = Path(__file__).parents[2]


def test_the_document_has_the_tables_of_today(course: Course) -> None:
    text = (ROOT / "docs/judgement.md").read_text(encoding="utf-8")
    written = text.partition(TABLE_BEGINS)[2].partition(TABLE_ENDS)[0].strip()
    assert written == cases_tables(course.stages, "en"), "run: python -m capas.verify.asked docs/judgement.md"


def test_every_case_has_its_sentence_in_every_language(course: Course) -> None:
    for stage in course.stages:
        for language in stage.languages:
            looked_at, asked = looked_at_in(stage, language), asking_texts(read_handout(stage, language))
            for test_file in stage_test_files(stage):
                for case in test_file.test_cases:
                    words = looked_at[test_file.name][case_name(case)]
                    assert sentence_with(words, asked[test_file.name]), (stage.id, language, words)
        assert looked_at_problems(stage, stage.languages) == []


def test_hints_and_asides_ask_for_nothing() -> None:
    aside, hint = "> An *aside*,\n> of two lines.", "<details>\n\nA hint.\n\n</details>"
    text = f"## A question\n\nAsked.\n\n{aside}\n\n{hint}\n\nAsked, too."
    asked = asking_texts([HandoutPiece("text", text), HandoutPiece("question", "softmax")])["softmax"]
    assert asked.split() == ["##", "A", "question", "Asked.", "Asked,", "too."]


def test_no_sentence_of_a_handout_ends_too_early() -> None:
    text = "**It.** A number such as $x = 1.5$ may be\nsmall. It may be:\n\n- lists of\n  lists, too.\n- Nothing.\n"
    assert sentence_with("may be small", text) == "A number such as $x = 1.5$ may be small."
    assert sentence_with("LISTS of lists", text) == "lists of lists, too."
    assert sentence_with("small. It", text) is None
