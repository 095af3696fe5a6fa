"""The grade that counts is the machine's score and what was decided, to the last digit, and never out of bounds."""

import math
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from capas.course.grade_terms import AttemptRule, GradeTerms
from capas.course.late_rule import LateRule
from capas.grading.decided import ALL, LATE_DAYS, Decision, HandIn, Lateness, counted, decided
from capas.grading.result import KILLED, Isolation, QuestionResult, Result, grades_csv, read_result

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


def attempt(number: int, f: float, g: float, status: str = "graded") -> Result:
    named = f"ana_1_{number}"
    made = result({"f": (f, 7.0), "g": (g, 5.0)}, status)
    return msgspec.structs.replace(made, submission=named, file=f"{named}.py", sha256=str(number))


THREE = [
    HandIn(attempt(1, 3.0, 1.0)),
    HandIn(attempt(2, 6.0, 5.0)),
    HandIn(attempt(3, 7.0, 3.0), Lateness(DAY)),
]


@pytest.mark.parametrize(
    ("rule", "late", "number", "score"),
    [
        ("last", None, 3, 10.0),
        ("last", POINTS, 3, 8.5),
        ("first", POINTS, 1, 4.0),
        ("best", None, 2, 11.0),
        ("best", POINTS, 2, 11.0),
        ("last in time", POINTS, 2, 11.0),
        ("last in time", LateRule(points_a_day=1, grace_hours=24), 3, 10.0),
        ("last in time", None, 2, 11.0),
    ],
)
def test_the_attempt_that_counts_is_that_of_the_rule(
    rule: AttemptRule, late: LateRule | None, number: int, score: float
) -> None:
    now = counted(THREE, [], GradeTerms(late, attempts=rule))
    assert (now.submission, now.counted_submission, now.score) == ("ana_1_3", f"ana_1_{number}", score)
    assert (now.file, now.last_file, now.machine_score) == (f"ana_1_{number}.py", "ana_1_3.py", 10.0)
    assert [one.counts for one in now.attempts] == [place == number for place in (1, 2, 3)]
    assert [one.score for one in now.attempts] == [4.0, 11.0, 10.0]
    lines = [line for line in now.grade_lines if line.kind == "attempt"]
    told = [(line.attempt, line.attempts, line.rule, line.change) for line in lines]
    assert told == ([] if rule == "last" else [(number, 3, rule, THREE[number - 1].result.score - 10.0)])


def test_the_best_is_the_best_as_it_would_count_and_of_equal_ones_the_last() -> None:
    best = GradeTerms(LateRule(points_a_day=2), attempts="best")
    late = [HandIn(attempt(1, 5.0, 5.0)), HandIn(attempt(2, 7.0, 4.0), Lateness(60.0))]
    assert counted(late, [], best).counted_submission == "ana_1_1"
    assert counted(late, [Decision(LATE_DAYS, 0)], best).counted_submission == "ana_1_2"
    # A decision is of the student: with a question of it given, the other one makes the difference.
    assert counted(late, [Decision("f", 7.0), Decision(LATE_DAYS, 0)], best).counted_submission == "ana_1_1"
    whole = counted(late, [Decision(ALL, 3.0)], best)
    assert (whole.counted_submission, whole.score, whole.machine_score) == ("ana_1_2", 3.0, 11.0)


def test_in_time_is_what_a_person_says_and_where_none_is_the_last_counts() -> None:
    terms = GradeTerms(POINTS, attempts="last in time")
    assert counted(THREE, [Decision(LATE_DAYS, 0, "ill")], terms).counted_submission == "ana_1_3"
    late = [HandIn(one.result, Lateness(9 * DAY)) for one in THREE]
    assert counted(late, [], terms).score == 10.0 - 4.5


def test_what_is_of_other_questions_or_was_killed_never_counts() -> None:
    best = GradeTerms(attempts="best")
    other = HandIn(result({"f": (7.0, 7.0), "h": (9.0, 9.0)}))
    killed = HandIn(attempt(2, 0.0, 0.0, KILLED))
    assert counted([other, killed, THREE[0]], [], best).score == 4.0
    # What the last is worth is not known yet.
    assert counted([THREE[1], killed], [], best).status == KILLED


def test_who_handed_in_once_is_told_nothing_of_attempts() -> None:
    assert counted(THREE[:1], [], GradeTerms(attempts="best")) == THREE[0].result


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
