"""What a function did in the cases of its question."""

import msgspec

from capas.grading.cases import JudgeFile
from capas_check import Call
from capas_check.fingerprint import Fingerprint, fingerprint

SAME = 1e-7
"""How far apart sums of a fingerprint may be that are the same but for rounding."""


class Outcome(msgspec.Struct, frozen=True):
    """What a function did in the cases of its question, in order."""

    passed: list[bool]
    fingerprints: list[Fingerprint]
    calls: list[list[Call]]
    kinds: list[str]
    """For each failing case what kind of thing was wrong (see `capas_check`), "" for the others."""
    hidden: list[bool]

    @property
    def failing(self) -> list[int]:
        """The places of the cases that fail."""
        return [place for place, passed in enumerate(self.passed) if not passed]

    def part(self, hidden: bool) -> "Outcome":
        """Return what the function did in the hidden cases only, or in the public ones."""
        places = [place for place, is_hidden in enumerate(self.hidden) if is_hidden is hidden]
        return Outcome(
            [self.passed[place] for place in places],
            [self.fingerprints[place] for place in places],
            [self.calls[place] for place in places],
            [self.kinds[place] for place in places],
            [hidden] * len(places),
        )

    def agrees(self, other: "Outcome") -> bool:
        """Tell whether no case can tell the two functions apart, up to nine digits."""
        return all(near(one, two) for one, two in zip(self.fingerprints, other.fingerprints, strict=True))


def near(one: Fingerprint, other: Fingerprint) -> bool:
    """Tell whether two functions did the same in a case, up to nine digits, be it right or wrong."""
    (passed, form, *sums), (other_passed, other_form, *other_sums) = one, other
    apart = max(abs(a - b) for a, b in zip(sums, other_sums, strict=True))
    return (passed, form) == (other_passed, other_form) and apart <= SAME


def outcome_of(test_file: JudgeFile) -> Outcome:
    """Return what the test file's last run saw."""
    runs = test_file.runs
    return Outcome(
        [run.passed for run in runs],
        [fingerprint(run.kind, run.calls) for run in runs],
        [run.calls for run in runs],
        [run.kind for run in runs],
        [bool(run.case.hidden) for run in runs],
    )
