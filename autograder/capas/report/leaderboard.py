"""A class ordered by what was measured of its answers: `leaderboard.html` and `leaderboard.csv`.

It is made to be shown to the class. So nothing on it leads to a student but the name that the course allows, and whom
several have in common is told apart by nothing else.
"""

import csv
import io
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from capas.course.model import Stage
from capas.files import write_atomically
from capas.grading.result import Result
from capas.report.class_list import HandedIn
from capas.report.confusions import Confusions, ConfusionTable
from capas.report.curves import Curve, curve_of
from capas.report.measured import number_of, number_text
from capas.report.page import page_parts
from capas.texts import program_texts
from capas.texts.plain import spreadsheet_cell

LEADERBOARD_FILE, LEADERBOARD_TABLE = "leaderboard.html", "leaderboard.csv"


class _Entry(msgspec.Struct, frozen=True):
    """What was measured of an answer: ``numbers`` by name, and ``curves`` in the order of the measures."""

    name: str
    numbers: dict[str, float]
    curves: list[Curve | None]


class Row(msgspec.Struct, frozen=True):
    """An answer on the page; ``place`` is "" where what orders the class was not measured."""

    place: str
    name: str
    numbers: list[str]
    curves: list[Curve | None]


class LeaderboardPage(msgspec.Struct, frozen=True):
    """All that stands on the page."""

    title: str
    handed_in: int
    measured: int
    best: str
    median: str
    first: str
    order: str
    names: str
    """What the column of names is called; "" where there is none."""
    numbers: list[str]
    curves: list[str]
    rows: list[Row]
    confusions: list[ConfusionTable]


class Leaderboard:
    """Takes results one by one, and keeps of each only what is shown.

    Args:
        stage: the stage, with its measures and the course's choice of names.
        handed_in: whose submissions they are.
        language: of the page.
    """

    def __init__(self, stage: Stage, handed_in: HandedIn, language: str):
        self._stage, self._handed_in, self._language = stage, handed_in, language
        self._say = program_texts(language)
        self._numbers = [measure for measure in stage.measures if measure.is_number]
        self._curves = [measure for measure in stage.measures if measure.form == "curve"]
        self._order = [measure for measure in self._numbers if measure.better]
        self._confusions = {one.name: Confusions() for one in stage.measures if one.form == "confusion"}
        self._entries: list[_Entry] = []
        self._handed_in_count = 0

    def add(self, result: Result) -> None:
        """Take a result, whole."""
        self._handed_in_count += 1
        if result.status != "graded" or not self._order:
            return
        numbers = {one.name: number_of(result.measured(one.name)) for one in self._numbers}
        known = {name: number for name, number in numbers.items() if number is not None}
        if not known:
            return
        curves = [curve_of(result.measured(one.name), self._language) for one in self._curves]
        self._entries.append(_Entry(self._name(result), known, curves))
        for name, confusions in self._confusions.items():
            confusions.add(result.measured(name))

    def _name(self, result: Result) -> str:
        """Return the name that is shown of whoever handed in, "" where there is none."""
        if self._stage.leaderboard == "names":
            return self._handed_in.told_apart(result.submission) or result.submission
        return result.pseudonym if self._stage.leaderboard == "pseudonyms" else ""

    def write(self, out: Path) -> bool:
        """Write page and table into ``out`` and tell whether there are any; where not, none is left there."""
        if not self._entries or not any(self._order[0].name in entry.numbers for entry in self._entries):
            for name in (LEADERBOARD_FILE, LEADERBOARD_TABLE):
                (out / name).unlink(missing_ok=True)
            return False
        placed = self._placed()
        parts = page_parts("leaderboard.html", self._language, board=self._page(placed))
        write_atomically(out / LEADERBOARD_FILE, (part.encode() for part in parts))
        write_atomically(out / LEADERBOARD_TABLE, self._csv(placed))
        return True

    def _placed(self) -> list[tuple[str, _Entry]]:
        """Return entries in order, each with its place: who is equal in all that orders shares one."""
        ordered = sorted(self._entries, key=lambda entry: (self._key(entry), entry.name.casefold(), entry.name))
        places: list[tuple[str, _Entry]] = []
        for number, entry in enumerate(ordered, 1):
            equal = bool(places) and self._key(places[-1][1]) == self._key(entry)
            place = places[-1][0] if equal else str(number)
            places.append((place if self._order[0].name in entry.numbers else "", entry))
        return places

    def _key(self, entry: _Entry) -> list[float]:
        signs = [(one.name, -1.0 if one.better == "more" else 1.0) for one in self._order]
        return [sign * entry.numbers[name] if name in entry.numbers else float("inf") for name, sign in signs]

    def _page(self, placed: Sequence[tuple[str, _Entry]]) -> LeaderboardPage:
        first, say = self._order[0], self._say
        measured = [entry.numbers[first.name] for _, entry in placed if first.name in entry.numbers]
        best = (max if first.better == "more" else min)(measured)
        titles = {one.name: one.title[self._language] for one in self._stage.measures}
        names = "" if self._stage.leaderboard == "none" else say(f"board_{self._stage.leaderboard}")
        shown = _told_apart([entry.name for _, entry in placed]) if names else iter(())
        unnamed = say("board_unnamed")
        return LeaderboardPage(
            title=self._stage.title[self._language],
            handed_in=self._handed_in_count,
            measured=len(measured),
            best=number_text(first, best),
            median=number_text(first, statistics.median(measured)),
            first=titles[first.name],
            order=", ".join(f"{titles[one.name]} ({say(f'board_{one.better}')})" for one in self._order),
            names=names,
            numbers=[titles[one.name] for one in self._numbers],
            curves=[titles[one.name] for one in self._curves],
            rows=[
                Row(place, next(shown, "") or unnamed, self._number_texts(entry), entry.curves)
                for place, entry in placed
            ],
            confusions=[
                table
                for name, confusions in self._confusions.items()
                if (table := confusions.table(titles[name])) is not None
            ],
        )

    def _number_texts(self, entry: _Entry) -> list[str]:
        return [number_text(one, entry.numbers.get(one.name)) for one in self._numbers]

    def _csv(self, placed: Sequence[tuple[str, _Entry]]) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["place", "name", *(one.name for one in self._numbers)])
        for place, entry in placed:
            numbers = [entry.numbers.get(one.name, "") for one in self._numbers]
            writer.writerow([place, spreadsheet_cell(entry.name), *numbers])
        return text.getvalue().encode("utf-8")


def _told_apart(names: Sequence[str]) -> Iterator[str]:
    """Yield names, with a number behind each but the first of those that several chose; none is that of another."""
    taken = set(names)
    seen = Counter[str]()
    for name in names:
        seen[name] += 1
        shown = name
        while name and seen[name] > 1 and (shown := f"{name} ({seen[name]})") in taken:
            seen[name] += 1
        taken.add(shown)
        yield shown
