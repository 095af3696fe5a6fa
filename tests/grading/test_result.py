"""The files of results."""

import json
from pathlib import Path

from capas.grading.result import CaseResult, Isolation, QuestionResult, Result, encode_result, read_result


def make_result() -> Result:
    cases = [CaseResult("a", False, 1.0, True), CaseResult("b", True, 1.0, False, "shape", "…")]
    question = QuestionResult("softmax", 1.0, 2.0, False, None, cases)
    return Result("x", "x.py", "", "03_softmax", "graded", 1.0, 2.0, [question], Isolation(0, []), "0")


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(encode_result(make_result()))
    assert read_result(path) == make_result()
    assert [case["kind"] for case in json.loads(path.read_bytes())["questions"][0]["cases"]] == ["", "shape"]


def test_a_result_written_before_kinds_were_stored_is_read(tmp_path: Path) -> None:
    written = json.loads(encode_result(make_result()))
    for case in written["questions"][0]["cases"]:
        del case["kind"]
    path = tmp_path / "x.json"
    path.write_text(json.dumps(written))
    assert [case.kind for case in read_result(path).questions[0].cases] == ["", ""]
