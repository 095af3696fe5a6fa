"""What a course says of how a grade comes about, besides the points of its questions."""

import datetime
from typing import Literal

import msgspec

from capas.course.late_rule import LateRule

AttemptRule = Literal["last", "best", "first", "last in time"]
"""Which attempt counts of a student who handed in several times: `attempts` in `course.toml`."""


class GradeTerms(msgspec.Struct, frozen=True, omit_defaults=True):
    """What late days cost, None for nothing; when a stage is due, None where that is not said; which attempt counts."""

    rule: LateRule | None = None
    due: datetime.datetime | None = None
    attempts: AttemptRule = "last"
