"""Attempts of one student lead to the same, collected one after the other or all at once, from any platform."""

from pathlib import Path

import pytest
from canvas_class import zip_of
from command import capas

from capas.run.requests import KEY_FILE

HEAD = "import numpy as np\n\n\n"
ZERO = HEAD + "def predict(probabilities):\n    return 0\n"
OTHERS = HEAD + "def predict(probabilities):\n    return 1\n"
GRADESCOPE = """
submission_10: {":submitters": [{":name": Ana Ruiz, ":sid": S1, ":email": a@u}], ":created_at": 2026-03-01T10:00:00Z}
submission_11: {":submitters": [{":name": Eva Sol, ":sid": S2, ":email": e@u}], ":created_at": 2026-03-01T11:00:00Z}
submission_12: {":submitters": [{":name": Ana Ruiz, ":sid": S1, ":email": a@u}], ":created_at": 2026-03-05T10:00:00Z}
"""


def export(platform: str, files: dict[tuple[str, int], str]) -> bytes:
    """Return the export of files by student and number."""
    names = {"ana": ("ruizana", "1"), "eva": ("soleva", "2")}
    made: dict[str, bytes] = {}
    for (student, number), text in files.items():
        name, user = names[student]
        if platform == "canvas":
            again = "" if number < 12 else "-1"
            made[f"{name}_{'LATE_' if again else ''}{user}_{number}_softmax{again}.py"] = text.encode()
        elif platform == "gradescope":
            made |= {
                "x/submission_metadata.yml": GRADESCOPE.encode(),
                f"x/submission_{number}/softmax.py": text.encode(),
            }
        else:
            made[f"{name}_{user}_assignsubmission_file_/softmax.py"] = text.encode()
    return zip_of(made)


def graded(course: Path, out: str, *exports: bytes) -> dict[str, bytes]:
    """Collect and grade one export after the other; return what teacher and students see."""
    (course / out).mkdir()
    (course / out / KEY_FILE).write_text("00" * 16)  # so that codes are the same in all
    for number, data in enumerate(exports):
        path = course / f"{out}-{number}.zip"
        path.write_bytes(data)
        collect = ["canvas", "collect", path, "--stage", "03_softmax", "--out", f"{out}-in{number}"]
        assert capas(*collect, folder=course).returncode == 0
        grade = ["grade", "03_softmax", f"{out}-in{number}", "--out", out, "--workers", 1, "--feedback", "--prune"]
        done = capas(*grade, folder=course)
        assert done.returncode == 0, done.stderr
    there = [
        course / out / "grades.csv",
        *(course / out / "feedback").glob("*.html"),
        *(course / out / "results").iterdir(),
    ]
    return {path.name: path.read_bytes() for path in there}


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["best", "last in time"])
@pytest.mark.parametrize("platform", ["canvas", "gradescope"])
def test_one_export_of_all_attempts_and_two_exports_lead_to_the_same(
    small_course: Path, platform: str, rule: str
) -> None:
    toml = small_course / "course.toml"
    toml.write_text(f'attempts = "{rule}"\n{toml.read_text(encoding="utf-8")}\n[late]\npoints_a_day = 1\n', "utf-8")
    path = small_course / "assignments/03_softmax/assignment.toml"
    path.write_text("due = 2026-03-04T00:00:00Z\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    reference = (small_course / "solutions/03_softmax/reference.py").read_text(encoding="utf-8")
    first = {("ana", 10): ZERO, ("eva", 11): OTHERS}
    second = {("ana", 12): reference, ("eva", 11): OTHERS}
    apart = graded(small_course, "apart", export(platform, first), export(platform, second))
    together = graded(small_course, "together", export(platform, first | second))
    assert apart == together
    rows = apart["grades.csv"].decode().splitlines()
    assert len(rows) == 3
    (ana,) = [row for row in rows if "12" in row.split(",")[0]]
    wanted = "attempt 2 of 2 counts (best) 0" if rule == "best" else "attempt 1 of 2 counts (last in time) -"
    assert wanted in ana


@pytest.mark.slow
def test_moodles_second_export_leaves_the_first_attempt_beside_it(small_course: Path) -> None:
    (small_course / "course.toml").write_text(
        'attempts = "first"\n' + (small_course / "course.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    exports = [export("moodle", {("ana", 1): text, ("eva", 1): ZERO}) for text in (ZERO, OTHERS)]
    seen = graded(small_course, "out", *exports)
    assert {name for name in seen if name.endswith(".json")} == {"ruizana_1.json", "ruizana_1~1.json", "soleva_2.json"}
    assert b"attempt 1 of 2 counts (first)" in seen["grades.csv"]
    assert seen["grades.csv"].count(b"attempt") == 1


def test_a_rule_that_there_is_not_is_told_in_a_line(small_course: Path) -> None:
    path = small_course / "course.toml"
    path.write_text('attempts = "highest"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    done = capas("verify", folder=small_course)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "`attempts`: expected one of last, best, first, last in time, got highest" in done.stderr
