"""What a stage says of the numbers that its cases measure: `[[measures]]` in `assignment.toml`."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from capas.files import UserError

LeaderboardNames = Literal["names", "pseudonyms", "none"]
"""Who is on a leaderboard: `leaderboard` in `course.toml`."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class StageMeasure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number that cases of the stage measure under ``name``, and what it is called in each language.

    ``better`` says whether more of it is better, or less: by these the leaderboard is ordered, in the order in which
    they stand. ``form`` is how it is shown: as it is, of 1 in percent, a list as a curve, a table of confusions (a row
    for each class that there is, a column for each that was seen).
    """

    name: str
    title: dict[str, str]
    better: Literal["more", "less"] | None = None
    form: Literal["number", "percent", "curve", "confusion"] = "number"

    @property
    def is_number(self) -> bool:
        """Whether it is one number."""
        return self.form in ("number", "percent")


def check_measures(path: Path, measures: Sequence[StageMeasure], languages: Sequence[str]) -> None:
    """Expect measures of different names, with titles in all languages; UserError names the one that is not."""
    seen: set[str] = set()
    for measure in measures:
        where = f"{path}: measure `{measure.name}`"
        if not _NAME.fullmatch(measure.name):
            raise UserError(f"{where}: expected the name that a case gives it, of lower-case letters, digits and _")
        if measure.name in seen:
            raise UserError(f"{where}: two have this name; remove one")
        seen.add(measure.name)
        for language in languages:
            if not measure.title.get(language, "").strip():
                raise UserError(f"{where}: expected `title.{language}`, a text")
        if measure.better and not measure.is_number:
            raise UserError(f"{where}: a {measure.form} is neither more nor less; leave `better` out")
    if measures and not any(measure.better for measure in measures):
        raise UserError(f'{path}: no measure says what is better; add better = "more" to the one that orders the class')
