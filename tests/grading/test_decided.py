"""The grade that counts is the machine's score and what was decided, to the last digit, and never out of bounds."""

import math
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas.course.late_rule import LateRule
from capas.grading.decided import ALL, LATE_DAYS, Decision, Lateness, decided
from capas.grading.result import Isolation, QuestionResult, Result, grades_csv, read_result

DAY = 86_400.0


def result(scores: dict[str, tuple[float, float]], status: str = "graded", manual: tuple[str, ...] = ()) -> Result:
    """Return a result; ``scores`` are what there is and what there could be, by question."""
    questions = [
        QuestionResult(name, score, points, False, None, [], manual=name in manual)
        for name, (score, points) in scores.items()
    ]
    score, points = (math.fsum(pair[place] for pair in scores.values()) for place in (0, 1))
    return Result("ana", "ana.py", "", "03_softmax", status, score, points, questions, Isolation(0, []), "0")


HALF = result({"f": (3.0, 7.0), "g": (5.0, 5.0)})
POINTS = LateRule(points_a_day=1.5, grace_hours=2, max_days=3)


def test_nothing_decided_changes_nothing() -> None:
    assert decided(HALF, []) == HALF
    assert decided(HALF, [], Lateness(5 * DAY)) == HALF  # no rule


def test_a_question_counts_as_it_was_given() -> None:
    now = decided(HALF, [Decision("f", 5.0, "right idea")])
    assert (now.score, now.machine_score, [one.score for one in now.questions]) == (10.0, 8.0, [5.0, 5.0])
    (line,) = now.grade_lines
    assert (line.kind, line.change, line.given, line.points, line.reason) == ("question", 2.0, 5.0, 7.0, "right idea")
    assert HALF.questions[0].score == 3.0


@pytest.mark.parametrize(
    ("seconds", "days", "off"),
    [
        (2 * 3600, 0, 0.0),  # within grace
        (2 * 3600 + 1, 1, 1.5),
        (DAY + 2 * 3600, 1, 1.5),
        (DAY + 2 * 3600 + 1, 2, 3.0),
        (9 * DAY, 9, 4.5),  # three days at most
    ],
)
def test_late_days_cost_what_the_rule_says(seconds: float, days: int, off: float) -> None:
    now = decided(HALF, [], Lateness(seconds), POINTS)
    assert now.score == 8.0 - off
    assert [(line.kind, line.days) for line in now.grade_lines] == ([("late", days)] if days else [])


def test_percent_is_of_the_points_there_are_and_nobody_owes_points() -> None:
    rule = LateRule(percent_a_day=25)
    assert decided(HALF, [], Lateness(1.0), rule).score == 5.0
    assert decided(HALF, [], Lateness(30 * DAY), rule).score == 0.0


def test_where_only_late_is_known_it_is_one_day_and_says_so() -> None:
    (line,) = decided(HALF, [], Lateness(None), POINTS).grade_lines
    assert (line.days, line.is_guess, line.change) == (1, True, -1.5)


def test_a_person_says_how_many_days_count() -> None:
    forgiven = decided(HALF, [Decision(LATE_DAYS, 0, "ill")], Lateness(5 * DAY), POINTS)
    assert (forgiven.score, forgiven.grade_lines[0].reason) == (8.0, "ill")
    assert decided(HALF, [Decision(LATE_DAYS, 2)], None, POINTS).score == 5.0


def test_all_is_the_grade_whatever_was_before_it() -> None:
    now = decided(HALF, [Decision(ALL, 6.0), Decision("f", 7.0)], Lateness(DAY), POINTS)
    assert now.score == 6.0
    assert [line.kind for line in now.grade_lines] == ["question", "late", "all"]


def test_a_text_waits_until_it_is_graded_by_hand_or_all_is_given() -> None:
    text = result({"f": (3.0, 7.0), "why": (0.0, 4.0)}, manual=("why",))
    assert decided(text, []).waiting == ["why"]
    graded = decided(text, [Decision("why", 3.0)])
    assert (graded.waiting, graded.score, graded.grade_lines[0].kind) == ([], 6.0, "by hand")
    assert decided(text, [Decision(ALL, 3.0)]).waiting == []
    text.questions[1].diagnosis = "not_begun"
    assert decided(text, []).waiting == []


def test_a_file_of_a_result_holds_what_the_machine_gave_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(msgspec.json.encode(decided(HALF, [Decision("f", 5.0)])))
    with pytest.raises(msgspec.ValidationError):
        read_result(tmp_path / "x.json")


def test_grades_csv_says_what_counts_what_the_machine_gave_and_why() -> None:
    reason = '=HYPERLINK("http://x";"y")'
    rows = grades_csv([decided(HALF, [Decision("f", 5.0, reason)])], ["f", "g"]).decode().splitlines()
    assert rows[0] == "submission,file,status,score,points,f,g,receipt,machine_score,decided,waiting"
    assert rows[1].startswith("ana,ana.py,graded,10,12,5,5,,8,")
    assert "f +2: =HYPERLINK" in rows[1]  # inside a cell that begins with a word


CENTS = st.integers(0, 700).map(lambda cents: cents / 100)


@given(
    st.dictionaries(
        st.sampled_from("fgh"), st.tuples(CENTS, CENTS).map(lambda pair: (min(pair), max(pair))), min_size=1
    ),
    st.data(),
    st.none() | st.just(Lateness(None)) | st.floats(0, 40 * DAY).map(Lateness),
    st.none()
    | st.builds(LateRule, points_a_day=st.floats(0.01, 30), max_days=st.none() | st.integers(1, 9))
    | st.builds(LateRule, percent_a_day=st.floats(0.01, 100), grace_hours=st.floats(0, 50)),
)
def test_the_lines_add_up_and_no_grade_is_out_of_bounds(
    scores: dict[str, tuple[float, float]], data: st.DataObject, lateness: Lateness | None, rule: LateRule | None
) -> None:
    machine = result(scores)
    most = {**{name: points for name, (_, points) in scores.items()}, ALL: machine.points}
    names = data.draw(st.lists(st.sampled_from([*most]), unique=True))
    decisions = [Decision(name, data.draw(st.floats(0, most[name]))) for name in names]
    if data.draw(st.booleans()):
        decisions.append(Decision(LATE_DAYS, data.draw(st.integers(0, 30))))
    now = decided(machine, decisions, lateness, rule)
    assert now.score == pytest.approx(machine.score + sum(line.change for line in now.grade_lines), abs=1e-9)
    assert now.machine_score == pytest.approx(machine.score, abs=1e-9)
    assert -1e-9 <= now.score <= machine.points + 1e-9
    assert decided(machine, decisions[::-1], lateness, rule) == now
    if ALL in names:
        assert now.score == next(one.points for one in decisions if one.question == ALL)
