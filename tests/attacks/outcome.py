"""What came of an attack, as its result says it."""

import msgspec
from attack import Attack
from tools import DONE

from capas.grading.result import Result, encode_result

SECRETS = ("canary", "31337", "62674", "41337", "41338")
LARGEST_RESULT = 20_000


class Outcome(msgspec.Struct):
    """What came of an attack: the harm that it did, in words of `attack.py`, and the scores of both questions."""

    harm: set[str]
    double: float
    shift: float
    status: str
    message: str


def outcome_of(attack: Attack, result: Result) -> Outcome:
    """Return what a result says of an attack."""
    double, shift = result.questions
    harm = harm_in(result)
    if double.score > attack.earns:
        harm.add("forges")
    if double.score < attack.earns or (attack.keeps and shift.score < shift.points):
        harm.add("spoils")
    return Outcome(harm, double.score, shift.score, result.status, result.message)


def harm_in(result: Result) -> set[str]:
    """Return the harm that shows in what a result says."""
    data = encode_result(result)
    text, harm = data.decode(), set()
    if any(secret in text for secret in SECRETS):
        harm.add("leaks")
    if DONE in text:
        harm.add("gets through")
    if len(data) > LARGEST_RESULT:
        harm.add("floods")
    return harm
