"""The page with two runs side by side."""

import msgspec
import pytest
from made import HOSTILE, result_of, well_made

from capas.course.model import Stage
from capas.grading.result import Result
from capas.grading.standing import compared, standings
from capas.report.class_list import HandedIn
from capas.report.compare_page import compare_page
from capas.submission.manifest import Entry


def scored(stage: Stage, submission: str, *scores: float) -> Result:
    """Return a result with the scores of its questions."""
    result = result_of(stage, file=f"{submission}.py")
    questions = [
        msgspec.structs.replace(question, score=score) for question, score in zip(result.questions, scores, strict=True)
    ]
    return msgspec.structs.replace(result, submission=submission, score=sum(scores), questions=questions)


def shown(
    stage: Stage, before: list[Result], now: list[Result], handed_in: HandedIn | None = None, language: str = "en"
) -> str:
    changes = compared(standings(before), standings(now))
    return "".join(compare_page(stage, changes, "graded-before", "graded", handed_in or HandedIn(), language))


@pytest.fixture
def runs(softmax) -> tuple[list[Result], list[Result]]:
    """Two runs: one up by 0.5, one down by 2, one with points moved, one as before, and one in each run only."""
    count = len(softmax.all_questions)
    rest = [1.0] * (count - 2)
    before = {"ana": (1.0, 1.0), "berta": (2.0, 1.0), "carla": (2.0, 0.0), "dora": (1.0, 1.0), "eva": (0.5, 0.0)}
    now = {"ana": (1.5, 1.0), "berta": (0.0, 1.0), "carla": (0.0, 2.0), "dora": (1.0, 1.0), "félix": (2.0, 2.0)}
    first, second = ([scored(softmax, name, *two, *rest) for name, two in run.items()] for run in (before, now))
    return first, second


def test_what_waits_for_a_person_has_no_points(softmax) -> None:
    scores = [1.0] * len(softmax.all_questions)
    graded = scored(softmax, "ana", *scores)
    name = graded.questions[0].name
    waiting = msgspec.structs.replace(scored(softmax, "ana", 0.0, *scores[1:]), waiting=[name])
    (change,) = compared(standings([waiting]), standings([graded]))
    assert change.of_question(name) == (None, 1.0)
    assert change.questions() == [name]
    assert "– → 1" in well_made(shown(softmax, [waiting], [graded])).said
    assert not next(iter(compared(standings([waiting]), standings([waiting])))).changed


@pytest.mark.parametrize("language", ["es", "en"])
def test_those_whose_points_changed_come_by_how_much(softmax, runs, language: str) -> None:
    before, now = runs
    outline = well_made(shown(softmax, before, now, language=language))
    rows = [values["data-find"] for tag, values in outline.elements if tag == "tr" and "data-find" in values]
    # The largest change first, down or up; who has other points in questions alone is told, too; dora is not.
    assert rows == ["berta", "ana", "carla"]
    first, second = (question.name for question in softmax.all_questions[:2])
    lost = {values["data-find"]: values["data-lost"] for _, values in outline.elements if "data-find" in values}
    assert lost == {"berta": first, "ana": first, "carla": f"{first} {second}"}
    changes = [values["data-value"] for tag, values in outline.elements if tag == "td" and "data-value" in values]
    assert {"-2.0", "0.5", "0.0"} <= set(changes)
    for sign in ("−2", "+0.5", "2 → 0", "0 → 2"):
        assert sign in outline.said


def test_totals_and_questions_are_of_those_in_both_runs(softmax, runs) -> None:
    said = well_made(shown(softmax, *runs)).said
    rest = len(softmax.all_questions) - 2
    before, now = (2.0 + 3.0 + 2.0 + 2.0) / 4 + rest, (2.5 + 1.0 + 2.0 + 2.0) / 4 + rest
    assert f"{before:.2f} → {now:.2f} mean" in said
    assert "4 submissions in both 3 with other points 1 up 1 down" in said
    # Of the first question: the mean before, the mean now, the difference, up, down.
    name = softmax.all_questions[0].name
    assert f"{name} 1.50 0.62 −0.88 1 2" in said


def test_students_of_one_run_only_are_told(softmax, runs) -> None:
    page = shown(softmax, *runs)
    outline = well_made(page)
    links = {values["href"] for tag, values in outline.elements if tag == "a"}
    rest = len(softmax.all_questions) - 2
    assert f"Only in the run of now félix.py · {4 + rest} points" in outline.said
    assert f"Only in the run of before eva.py · {rest + 0.5:g} points" in outline.said
    # Who is not in this run has no page.
    assert "feedback/f%C3%A9lix.html" in links
    assert "feedback/eva.html" not in links


def test_runs_that_are_the_same_say_so(softmax, runs) -> None:
    before, _ = runs
    outline = well_made(shown(softmax, before, before))
    assert "Nobody's points changed." in outline.said
    assert "Only in" not in outline.said
    assert "data-find" not in {key for _, values in outline.elements for key in values}


def test_runs_without_anybody_in_common_are_told(softmax, runs) -> None:
    before, now = runs
    said = well_made(shown(softmax, [before[-1]], [now[-1]])).said
    assert "0 submissions in both" in said
    assert "eva.py" in said
    assert "félix.py" in said


def test_people_of_one_name_are_told_apart(softmax, runs) -> None:
    entries = {
        name: Entry(f"{name}.py", "collected", full_name="García López, María", login=login, section=section)
        for name, login, section in (("ana", "mgarcia", "G1"), ("berta", "mlopez", "G2"))
    }
    before, now = runs
    said = well_made(shown(softmax, before, now, HandedIn(entries))).said
    assert "García López, María G1 · mgarcia ana.py" in said
    assert "García López, María G2 · mlopez berta.py" in said


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_can_be_put_into_the_page(softmax, text: str) -> None:
    count = len(softmax.all_questions)
    before, now = ([scored(softmax, text, *[points] * count)] for points in (0.0, 1.0))
    alone = [scored(softmax, f"{text} alone", *[1.0] * count)]
    entry = Entry(text, "collected", full_name=text, login=text, section=text)
    page = shown(softmax, before + alone, now, HandedIn({text: entry, f"{text} alone": entry}))
    outline = well_made(page)
    assert outline.tags.count("script") == 1
    assert "img" not in outline.tags
    assert not {"\u202e", "\x1b", "\x00"} & set(page)
