"""What a person decided goes to Canvas, and what nobody decided yet does not."""

import re
from pathlib import Path

import msgspec
from canvas_class import gradebook_csv
from canvas_importer import import_grades
from canvas_results import make_result
from canvas_server import TOKEN
from command import capas
from fake_canvas import COURSE
from push_scene import Scene, scene_of

from capas.course.grade_terms import GradeTerms
from capas.course.late_rule import LateRule
from capas.course.model import Stage
from capas.run.results_folder import ResultsFolder, Run, read_results_folder

FIRST, SECOND, THIRD = 4200, 4207, 4214


def decide(scene: Scene, *rows: str) -> None:
    text = "\n".join(["student,question,points,reason", *rows])
    (scene.folder / "overrides.csv").write_text(text, encoding="utf-8")


def push(scene: Scene, *options: object) -> str:
    where = {"CANVAS_URL": scene.url, "CANVAS_COURSE": str(COURSE), "CANVAS_TOKEN": TOKEN}
    done = capas("canvas", "push", "results", scene.folder, "--assignment", scene.number, *options, environment=where)
    return f"{done.returncode}\n{done.stdout}{done.stderr}"


def comment(scene: Scene, user: int) -> str:
    return scene.canvas.submission(scene.number, user)["submission_comments"][-1]["comment"]


def test_an_override_is_pushed_said_in_the_comment_and_changed_again_without_force(scene: Scene) -> None:
    decide(scene, f"{FIRST},all,13.5,=1+1 <b>bien</b>")
    assert push(scene, "--apply").startswith("0\n")
    scores = scene.canvas.scores(scene.number)
    assert scores == scene.expected() | {FIRST: 13.5}
    assert "Quien te da clase puso 13.5 de 20 puntos en total: =1+1 <b>bien</b>" in comment(scene, FIRST)
    assert "Quien te da clase" not in comment(scene, SECOND)
    # The grade that stands is the one that was pushed, so it may change; a grade that somebody typed may not.
    decide(scene, f"{FIRST},all,14,", f"{SECOND},all,1,")
    scene.canvas.submission(scene.number, SECOND)["entered_score"] = 17.25
    shown = push(scene, "--apply")
    assert "13.5 → 14" in shown
    assert "17.25 stays, not 1" in shown
    assert scene.canvas.submission(scene.number, FIRST)["entered_score"] == 14
    assert scene.canvas.submission(scene.number, SECOND)["entered_score"] == 17.25
    # A reason alone is a new comment, with the same grade.
    decide(scene, f"{FIRST},all,14,looked at again")
    assert "14 stays, comment" in push(scene)


def test_a_bad_row_stops_every_command_before_anything_is_sent(scene: Scene, tmp_path: Path) -> None:
    decide(scene, f"{FIRST},all,99,", "nobody,all,1,", f"{SECOND},all,3,")
    shown = push(scene, "--apply")
    assert shown.startswith("2\n")
    assert re.findall(r"row \d", shown) == ["row 2", "row 3"]
    assert scene.canvas.scores(scene.number) == {}
    assert not [path for method, path in scene.canvas.requests if method != "GET"]


def wait_for(scene: Scene, *users: int) -> None:
    """Give the results of users a text that nobody has graded."""
    entries = {int(entry.user): entry for entry in scene.collection.manifest.collected()}
    with ResultsFolder(scene.folder, Run("03_softmax", "es")) as folder:
        for user in users:
            result = make_result(entries[user], 7.0, "graded", "")
            text = msgspec.structs.replace(result.questions[0], name="why", cases=[], manual=True, score=0.0)
            folder.add([msgspec.structs.replace(result, questions=[*result.questions, text])], "")


def test_who_waits_for_a_person_is_left_out_and_named(scene: Scene, tmp_path: Path, softmax: Stage) -> None:
    wait_for(scene, FIRST, SECOND)
    decide(scene, f"{SECOND},why,5,")
    members = list(scene.canvas.members.values())
    export, titles = tmp_path / "export.csv", {scene.number: softmax.title["es"]}
    export.write_text(gradebook_csv(members, titles, {}), encoding="utf-8")
    done = capas("canvas", "grades", scene.folder, "--gradebook", export)
    assert "not graded by hand yet, left out: 1\n  García López, María José: why\n" in done.stdout
    cells = import_grades((scene.folder / "canvas-grades.csv").read_bytes(), members, titles)
    assert cells.keys() == {(user, scene.number) for user in scene.expected() if user != FIRST}
    assert cells[SECOND, scene.number] == "12"
    shown = push(scene, "--apply")
    assert "García López, María José: 7: not graded by hand yet: why" in shown
    assert scene.canvas.scores(scene.number).keys() == scene.expected().keys() - {FIRST}
    decide(scene, f"{SECOND},why,5,", f"{FIRST},why,4.5,")
    push(scene, "--apply")
    assert scene.canvas.scores(scene.number)[FIRST] == 11.5


def test_who_gets_0_is_named_with_why_and_people_of_one_name_are_told_apart(scene: Scene) -> None:
    entries = {int(entry.user): entry for entry in scene.collection.manifest.collected()}
    with ResultsFolder(scene.folder, Run("03_softmax", "es")) as folder:
        folder.add([make_result(entries[THIRD], 0.0, "unreadable", "No es un cuaderno.")], "")
    scene.canvas.members[THIRD].name = scene.canvas.members[SECOND].name = "Li, Wei"
    decide(scene, f"{SECOND},all,0,copied")
    shown = push(scene)
    named = shown.partition("these get 0: ")[2].splitlines()
    assert sum(line.startswith("  ") for line in named) == int(named[0])
    assert "Li, Wei (user2@uni.example): unreadable: No es un cuaderno.\n" in shown
    assert re.search(r"Li, Wei \(user1@uni\.example\): all .*: copied\n", shown)


def test_canvas_says_how_late_each_is(tmp_path: Path, softmax: Stage) -> None:
    rule = GradeTerms(LateRule(points_a_day=1.5, grace_hours=1))
    for scene in scene_of(tmp_path, 12, softmax, late={FIRST: 3600.0, SECOND: 90_001.0, THIRD: None}):
        stored = read_results_folder(scene.folder, rule)
        lines = {result.submission: result.grade_lines for result in stored.results}
        days = {
            int(entry.user): [(line.days, line.is_guess) for line in lines[entry.id]]
            for entry in scene.collection.manifest.collected()
        }
        assert {user: told for user, told in days.items() if told} == {SECOND: [(2, False)], THIRD: [(1, True)]}
        names = {int(entry.user): entry.full_name for entry in scene.collection.manifest.collected()}
        assert names[FIRST] == "García López, María José"
