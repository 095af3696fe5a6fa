"""Over the API, with canvasapi against a server that behaves as Canvas does: nothing twice, nothing forgotten."""

from pathlib import Path

import pytest
from canvas_class import zipped_name
from push_scene import Scene, assert_given_once, scene_of

from capas.canvas import push as push_module
from capas.canvas.ledger import LEDGER
from capas.course.model import Stage


def test_submissions_come_page_by_page_and_under_canvas_own_names(tmp_path: Path, softmax: Stage) -> None:
    for scene in scene_of(tmp_path, 70, softmax):
        collected = scene.collection.manifest.collected()
        handed_in = [member for member in scene.canvas.members.values() if member.attachments]
        assert [int(entry.user) for entry in collected] == [member.id for member in handed_in]
        assert all(entry.attempt == 1 for entry in collected)
        assert scene.collection.manifest.missing == [m.name for m in scene.canvas.members.values() if not m.attachments]
        assert all(
            scene.collection.files[entry.id].read() == scene.canvas.contents[int(entry.attachment)]
            for entry in collected
        )
        by_user = {int(entry.user): entry for entry in collected}
        for member in handed_in[:19]:
            (attachment, name), entry = next(iter(member.attachments.items())), by_user[member.id]
            assert entry.late == member.late
            assert entry.source.endswith(zipped_name(member, attachment, name).partition(f"{member.id}_")[2])


@pytest.mark.slow
def test_a_class_of_200_gets_grades_comments_files_and_rubrics(tmp_path: Path, softmax: Stage) -> None:
    for scene in scene_of(tmp_path, 200, softmax):
        scene.canvas.slow = 2
        outcome = scene.apply()
        assert outcome.failed == []
        assert_given_once(scene)
        assert scene.uploads() == len(scene.expected())
        first = scene.canvas.submission(scene.number, 4200)
        (comment,) = first["submission_comments"]
        assert "softmax:" in comment["comment"]
        (file,) = comment["attachments"]
        name, data = scene.canvas.files[file["id"]]
        assert (name, b"capas" in data) == ("softmax.ipynb", True)
        assert first["rubric_assessment"] == {"_1": {"points": min(scene.expected()[4200], 7)}}
        bulk = [path for _, path in scene.canvas.requests if path.endswith("update_grades")]
        assert len(bulk) == 4


def test_a_second_run_does_nothing(scene: Scene) -> None:
    scene.apply()
    scene.canvas.requests.clear()
    outcome = scene.apply()
    assert (outcome.done, outcome.failed) == ([], [])
    assert not [path for method, path in scene.canvas.requests if method != "GET"]
    # Not even without the ledger, nor without the files: Canvas itself shows what was given.
    (scene.folder / LEDGER).unlink()
    assert scene.apply(files=False).done == []
    assert_given_once(scene)


def test_a_plan_changes_nothing(scene: Scene) -> None:
    planned = scene.push().plan(lambda key: False)
    assert {one.step for one in planned} == {"new"}
    assert not [path for method, path in scene.canvas.requests if method != "GET"]
    assert not (scene.folder / LEDGER).exists()


def test_what_stands_in_canvas_is_respected(scene: Scene) -> None:
    other, same, excused, again, gone = (scene.canvas.submission(scene.number, 4200 + 7 * n) for n in range(5))
    other["score"] = 3.25
    same["score"] = scene.expected()[4207]
    excused["excused"] = True
    scene.canvas.members[again["user_id"]].attachments = {5555: "softmax.py"}
    scene.canvas.contents[5555] = b"x = 2\n"
    del scene.canvas.members[gone["user_id"]]
    steps = {one.entry.user: (one.step, one.why) for one in scene.push().plan(lambda key: False)}
    assert steps["4200"] == ("kept", "another grade stands in Canvas; --force writes it over")
    assert steps["4207"] == ("comment only", "")
    assert steps["4214"] == ("left out", "excused")
    assert steps["4221"] == ("left out", "handed in again since it was collected")
    assert steps["4228"] == ("left out", "Canvas has no such student here")
    scene.apply()
    assert scene.canvas.scores(scene.number)[4200] == 3.25
    assert scene.canvas.comments(scene.number)[4207] == 1
    assert 4214 not in scene.canvas.comments(scene.number)
    scene.apply(force=True)
    assert scene.canvas.scores(scene.number)[4200] == scene.expected()[4200]


def test_what_canvas_takes_off_for_being_late_is_its_own_affair(scene: Scene) -> None:
    scene.canvas.deducted = 2.0
    assert scene.apply().failed == []
    late = [member.id for member in scene.canvas.members.values() if member.late and member.attachments]
    assert late
    for user in late:
        assert scene.canvas.scores(scene.number)[user] == scene.expected()[user] - 2
    assert {one.step for one in scene.push().plan(lambda key: False)} == {"done"}


def test_a_comment_that_the_teacher_deleted_is_not_given_again(scene: Scene) -> None:
    scene.apply()
    scene.canvas.submission(scene.number, 4200)["submission_comments"].clear()
    assert scene.apply().done == []
    assert 4200 not in scene.canvas.comments(scene.number)


def test_large_classes_go_in_batches(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push_module, "GRADES_PER_REQUEST", 5)
    scene.apply()
    assert len([path for _, path in scene.canvas.requests if path.endswith("update_grades")]) == 3
    assert_given_once(scene)
