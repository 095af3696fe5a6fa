"""A grade that changes again and again, each time pushed and read back, and then taken back step by step."""

import msgspec
from canvas_results import write_graded
from push_scene import Scene, score_of
from test_decided_grades import FIRST, SECOND, THIRD, decide
from test_undo import state, take_back

from capas.course.grade_terms import GradeTerms
from capas.course.late_rule import LateRule
from capas.course.model import Stage
from capas.submission.manifest import Entry, write_manifest


def late(scene: Scene, days: dict[int, int]) -> None:
    """Let the platform have said how late some were, in days."""
    manifest, entries = scene.collection.manifest, []
    for entry in manifest.entries:
        count = days.get(int(entry.user), 0)
        entries.append(msgspec.structs.replace(entry, late=count > 0, seconds_late=86_400.0 * count))
    write_manifest(scene.folder, msgspec.structs.replace(manifest, entries=entries))


def mended(entry: Entry) -> float:
    return min(20.0, score_of(entry) + 1.25)


def test_each_step_is_right_to_the_last_digit_and_undone(scene: Scene, softmax: Stage) -> None:
    terms = GradeTerms(LateRule(percent_a_day=7.5, max_days=2))
    states, files = [state(scene)], []

    def pushed(expected: dict[int, float]) -> None:
        outcome = scene.apply(terms=terms)
        assert (outcome.failed, scene.canvas.scores(scene.number)) == ([], expected)
        assert outcome.undo is not None
        files.append(outcome.undo)
        states.append(state(scene))

    # A class with late days: 7.5 % of 20 points a day, two at most, and nobody below 0.
    late(scene, {FIRST: 1, SECOND: 5, THIRD: 1})
    grades = dict(scene.expected())
    for user, off in ((FIRST, 1.5), (SECOND, 3.0), (THIRD, 1.5)):
        grades[user] = max(0.0, grades[user] - off)
    pushed(grades)
    # A case was mended, and all were graded again.
    write_graded(scene.folder, scene.collection, mended)
    late(scene, {FIRST: 1, SECOND: 5, THIRD: 1})
    machine = {int(entry.user): mended(entry) for entry in scene.collection.manifest.collected()}
    grades = dict(machine)
    for user, off in ((FIRST, 1.5), (SECOND, 3.0), (THIRD, 1.5)):
        grades[user] = max(0.0, grades[user] - off)
    pushed(grades)
    # A day is forgiven, a question is given, a whole grade is given.
    softmax_of = {user: min(score, 7.0) for user, score in machine.items()}
    decide(scene, f"{FIRST},late days,0,ill", f"{SECOND},softmax,6.35,", f'{THIRD},all,"12,05",oral')
    grades[FIRST] = machine[FIRST]
    grades[SECOND] = max(0.0, round(machine[SECOND] - softmax_of[SECOND] + 6.35 - 3.0, 6))
    grades[THIRD] = 12.05
    pushed(grades)
    # Back, step by step: each finds what the one before it left, and the first state is there again.
    for path, before in zip(reversed(files), reversed(states[:-1]), strict=True):
        assert take_back(scene, path) == []
        assert state(scene) == before
