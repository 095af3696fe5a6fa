"""The list of all submissions: names, what a person decided, and what the page's script filters by."""

import msgspec
import pytest
from made import HOSTILE, result_of, well_made

from capas.course.late_rule import LateRule
from capas.grading.decided import Decision, Lateness, decided
from capas.report.class_list import HandedIn, mark_choices, submission_rows
from capas.report.class_page import class_page
from capas.report.diagnoses import diagnoses_of
from capas.report.question_pages import QuestionPages
from capas.submission.manifest import Entry


def entry(**values) -> Entry:
    return Entry("x.py", "collected", id="x", **values)


def test_names_are_those_of_the_gradebook(softmax) -> None:
    result = result_of(softmax)
    known = HandedIn({"x": entry(name="garcialopezmaria", full_name="María García López", login="mg1", section="B")})
    (row,) = submission_rows(softmax, [result], known, "en")
    assert (row.name, row.known, row.file) == ("María García López", "B · mg1", "x.py")
    assert HandedIn({"x": entry(name="garcialopezmaria")}).name("x") == "garcialopezmaria"
    page = well_made("".join(class_page(softmax, [result], diagnoses_of(softmax, "en"), "en", None, None, known))).said
    assert "María García López" in page


def test_people_of_one_name_are_told_apart(softmax, tmp_path) -> None:
    """By section and login, or else by what was handed in; also where a name stands alone, beside code."""
    both = {"full_name": "Li, Wei"}
    entries = {
        "a": entry(**both, section="A", login="wei1"),
        "b": entry(**both, section="B", login="wei2"),
        "c": entry(**both),
        "d": entry(full_name="García, Ana", section="A", login="ana"),
        "e": entry(),
        "f": entry(),
    }
    known = HandedIn(entries)
    told = ["Li, Wei (A · wei1)", "Li, Wei (B · wei2)", "Li, Wei (c)", "García, Ana", "", ""]
    assert [known.told_apart(name) for name in entries] == told
    assert msgspec.structs.replace(known, entries={"a": entries["a"]}).told_apart("a") == "Li, Wei"
    with QuestionPages(softmax, diagnoses_of(softmax, "en"), known, "en") as pages:
        for name in entries:
            pages.add(msgspec.structs.replace(result_of(softmax), submission=name), [])
        page = (tmp_path / pages.write(tmp_path)["softmax"]).read_text(encoding="utf-8")
    said = well_made(page).said
    assert all(name in said for name in told)


def test_marks_tell_what_counts(softmax) -> None:
    result = result_of(softmax)
    first = result.questions[0].name
    overridden = decided(result, [Decision(first, 1.0)])
    late = decided(result, [], Lateness(100_000.0), LateRule(points_a_day=1.0))
    waiting = msgspec.structs.replace(result, waiting=[first])
    crashed = msgspec.structs.replace(result, status="crashed")
    rows = submission_rows(softmax, [result, overridden, late, waiting, crashed], HandedIn(), "en")
    assert [[mark.kind for mark in row.marks] for row in rows] == [
        [],
        ["overridden"],
        ["late"],
        ["waiting"],
        ["ungraded"],
    ]
    assert rows[2].marks[0].text == "2 days late"
    assert [choice.value for choice in mark_choices(rows, "en")] == ["late", "overridden", "waiting", "ungraded"]
    (known_late,) = submission_rows(softmax, [result], HandedIn(late={"x"}), "en")
    assert [mark.text for mark in known_late.marks] == ["late"]


def test_points_are_lost_where_they_count(softmax) -> None:
    result = result_of(softmax)
    first, second = result.questions[:2]
    second.diagnosis = "transposed"
    given_back = decided(result, [Decision(first.name, first.points)])
    (row,) = submission_rows(softmax, [given_back], HandedIn(), "en")
    assert first.name not in {one.question for one in row.lost}
    assert f"{second.name}:transposed" in row.diagnoses.split()
    (row,) = submission_rows(softmax, [msgspec.structs.replace(result, waiting=[first.name])], HandedIn(), "en")
    assert first.name not in {one.question for one in row.lost}
    (row,) = submission_rows(softmax, [msgspec.structs.replace(result, status="crashed")], HandedIn(), "en")
    assert row.lost == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_is_nothing_but_text(softmax, text: str) -> None:
    known = HandedIn({"x": entry(full_name=text, login=text, section=text)})
    page = "".join(class_page(softmax, [result_of(softmax)], diagnoses_of(softmax, "es"), "es", None, None, known))
    outline = well_made(page)
    assert outline.tags.count("script") == 1
    assert "img" not in [tag for tag, values in outline.elements if values.get("src") == "x"]
    assert "\u202e" not in page
