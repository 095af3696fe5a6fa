"""What late days cost: `[late]` in `course.toml`, one rule for the whole course."""

import math
from pathlib import Path

import msgspec

from capas.files import UserError


class LateRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is taken off for each day that a submission is late, of points or in percent of a stage's points.

    A day is begun after ``grace_hours``, and then every 24 hours. At most ``max_days`` are counted.
    """

    points_a_day: float = 0.0
    percent_a_day: float = 0.0
    grace_hours: float = 0.0
    max_days: int | None = None

    def days(self, seconds: float) -> int:
        """Return how many days count of so many seconds after the due date."""
        return max(0, math.ceil((seconds - 3600 * self.grace_hours) / 86_400))

    def taken_off(self, days: int, points: float) -> float:
        """Return what so many late days cost in a stage of ``points``."""
        counted = days if self.max_days is None else min(days, self.max_days)
        return counted * (self.points_a_day or points * self.percent_a_day / 100)


def check_late_rule(path: Path, rule: LateRule) -> None:
    """Expect a rule that takes something off; UserError names what is wrong."""
    where = f"{path}: [late]:"
    for key in ("points_a_day", "percent_a_day", "grace_hours"):
        value = getattr(rule, key)
        if not (value >= 0 and math.isfinite(value)):
            raise UserError(f"{where} `{key}` is {value:g}; expected a number above 0")
    if bool(rule.points_a_day) == bool(rule.percent_a_day):
        raise UserError(f"{where} expected either `points_a_day` or `percent_a_day`, above 0")
    if rule.percent_a_day > 100:
        raise UserError(f"{where} `percent_a_day` is {rule.percent_a_day:g}; expected at most 100")
    if rule.max_days is not None and rule.max_days < 1:
        raise UserError(f"{where} `max_days` is {rule.max_days}; expected a whole number above 0")
