"""A code tells one student and one case alone, is the same when graded again, and nobody makes that of another."""

import re

import msgspec

from capas.grading.request_codes import RequestCodes, Target, as_code, targets_of
from capas.grading.result import Attempt, CaseResult, Isolation, QuestionResult, Result

CODES = RequestCodes(b"k" * 16)


def result(submission: str, passed: bool = False) -> Result:
    cases = [CaseResult(name, True, 1.0, passed) for name in ("secret([3, 4])", "secret([5])", "secret([5])")]
    questions = [QuestionResult(name, 0.0, 3.0, False, None, cases) for name in ("softmax", "predict")]
    return Result(submission, "x.py", "", "03_softmax", "graded", 0.0, 6.0, questions, Isolation(0, []), "0")


def codes_of(one: Result, codes: RequestCodes = CODES) -> list[str]:
    return [codes.code(one, target) for target, _ in targets_of(one)]


def test_every_case_of_every_student_has_a_code_of_its_own() -> None:
    everybody = [code for number in range(300) for code in codes_of(result(f"s{number}"))]
    assert len(set(everybody)) == len(everybody) == 300 * (1 + 2 * 4)
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code) for code in everybody)


def test_it_stays_when_graded_again_and_when_handed_in_again() -> None:
    before = codes_of(result("ana_1_9"))
    assert codes_of(msgspec.structs.replace(result("ana_1_9", passed=True), score=6.0, sha256="other")) == before
    attempts = [Attempt(name, "x.py", 0.0, 6.0, {}) for name in ("ana_1_9~1", "ana_1_9", "ana_1_12")]
    assert codes_of(msgspec.structs.replace(result("ana_1_12"), attempts=attempts)) == before


def test_without_the_key_nobody_knows_it() -> None:
    assert not set(codes_of(result("ana"))) & set(codes_of(result("ana"), RequestCodes(b"K" * 16)))


def test_it_is_read_as_people_type_it() -> None:
    code = CODES.code(result("ana"), Target("softmax"))
    for typed in (code.lower(), code.replace("-", ""), f" {code[:5]} {code[6:]}. ", code.replace("0", "o")):
        assert as_code(typed) == code
    assert as_code("oil") == "011-"
    assert as_code("") == as_code("ñ\u202e") == "-"
