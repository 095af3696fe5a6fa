"""Codes by which students ask for a case to be looked at again: each tells one student and one case, and nothing else.

A code is made with a key of the folder of results, which students do not have: it says nothing of a case, nobody can
work out that of another student, and it is the same when everything is graded again.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterator

import msgspec

from capas.grading.result import CaseResult, QuestionResult, Result

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letters that look like digits. Fifty bits are ten of them."""
_READ_AS = str.maketrans("OIL", "011")
_HALF = 5


class Target(msgspec.Struct, frozen=True):
    """What a code is of: a case of a question, a question without one, or, without a question, all of a submission."""

    question: str = ""
    case: str = ""


class RequestCodes(msgspec.Struct, frozen=True):
    """The codes of one folder of results, made with its key."""

    key: bytes

    def code(self, result: Result, target: Target) -> str:
        """Return the code of what a student may ask about."""
        # The first attempt is still there when the student hands in again.
        student = (result.attempts[0].submission if result.attempts else result.submission).partition("~")[0]
        content = msgspec.json.encode([result.stage, student, target.question, target.case])
        number = int.from_bytes(hmac.digest(self.key, content, hashlib.sha256)[:8], "big")
        signs = "".join(_SIGNS[number >> 5 * place & 31] for place in range(2 * _HALF))
        return f"{signs[:_HALF]}-{signs[_HALF:]}"

    def of_cases(self, result: Result, question: QuestionResult) -> dict[int, str]:
        """Return the codes of a question's cases, by their places."""
        return {
            place: self.code(result, Target(question.name, name))
            for place, name in enumerate(case_names(question.cases))
        }


def as_code(text: str) -> str:
    """Return a code as people may have typed it: small letters, other signs between, letters for digits."""
    signs = "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum()).translate(_READ_AS)
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def case_names(cases: list[CaseResult]) -> list[str]:
    """Return a name for each case, with a number where several have one name."""
    seen: Counter[str] = Counter()
    names = []
    for case in cases:
        seen[case.name] += 1
        names.append(case.name if seen[case.name] == 1 else f"{case.name} {seen[case.name]}")
    return names


def targets_of(result: Result) -> Iterator[tuple[Target, int]]:
    """Yield all that a student may ask about, with the place of the case in its question, -1 where it is none."""
    yield Target(), -1
    for question in result.questions:
        yield Target(question.name), -1
        for place, name in enumerate(case_names(question.cases)):
            yield Target(question.name, name), place
