"""What `capas grade` and `capas report` do where something is graded again: who, which questions, and what changed."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from capas.files import UserError, told_as_user_error, write_atomically
from capas.grading.standing import Change, Standing, compared, largest_first, standings
from capas.run.attempts import turns_of
from capas.run.changes import CHANGES, COMPARED, changes_csv
from capas.run.desk import Desk, entry_by_name
from capas.run.people import People, Person
from capas.run.results_folder import decided_results, read_run
from capas.submission.manifest import Manifest
from capas.texts.plain import one_line
from capas.texts.points import points_text, signed_points
from capas.texts.wording import counted, listed

if TYPE_CHECKING:
    from rich.console import Console

    from capas.course.model import Stage
    from capas.grading.result import Result
    from capas.submission import SubmissionFile

MOST_ROWS = 40


def only_these(
    files: "Sequence[SubmissionFile]", manifest: Manifest | None, students: Sequence[str]
) -> "list[SubmissionFile]":
    """Return the submissions of ``students``, each named as in `overrides.csv`, or by the name of the file.

    Raises:
        UserError: when one is nobody's name, or may be that of several.
    """
    entries = manifest.by_submission() if manifest else {}
    everyone = [
        Person(one.id, one.file, 0.0, {}, entries.get(one.id) or entry_by_name(one.id, one.file)) for one in files
    ]
    people, turns = People(everyone), turns_of({one.submission: one.entry for one in everyone if one.entry})
    chosen: set[str] = set()
    for student in students:
        found = people.find(student)
        if not found:
            raise UserError(f"--only {one_line(student)}: no submission given is of that student; write its id")
        if len(found) > 1:
            shown = listed([person.shown() for person in found], 3)
            raise UserError(f"--only {one_line(student)} may be any of {len(found)}: {shown}; write the id of one")
        chosen.add(found[0].submission)
    return [one for one in files if (turns[one.id].student if one.id in turns else one.id) in chosen]


def questions_named(text: str, stage: "Stage", out: Path, language: str) -> frozenset[str]:
    """Return the questions that `--questions` names.

    Raises:
        UserError: when one is none that the machine grades, or ``out`` has no results of this stage and language.
    """
    if stage.autograder:
        raise UserError("--questions is for stages of a course; an autograder.zip of Otter's is graded whole")
    known = [question.name for question in stage.questions]
    names = frozenset(name.strip() for name in text.split(",")) - {""}
    if not names or not names <= set(known):
        wrong = ", ".join(sorted(map(one_line, names - set(known)))) or "names none"
        raise UserError(f"--questions: {wrong}; the questions of {stage.id} that capas grades: {', '.join(known)}")
    run = read_run(out)
    if run.stage == stage.id and run.language != language:
        raise UserError(
            f"{out} was graded in `{run.language}`, and one result has one language; add --lang {run.language}, "
            "or grade whole, without --questions"
        )
    return names


class Again:
    """Remembers how the results in ``out`` stood, to tell in the end whose points are others."""

    def __init__(self, out: Path, desk: Desk):
        self._out = out
        try:
            before = standings(decided_results(out, desk))
            self._before = {desk.student(submission): standing for submission, standing in before.items()}
        except UserError:
            self._before = {}  # there are none yet

    def show(self, console: "Console", results: "Iterable[Result]", questions: Sequence[str], feedback: bool) -> None:
        """Print whose points changed, and by how much; keep it as `changes.csv`, which stays until others change.

        With ``feedback`` pages were written, too; without it older ones are told, since they show another grade.
        """
        from capas.report.write import REPORT_FILE

        if not self._before:
            return
        everyone = compared(self._before, standings(results))
        changed = [one for one in everyone if one.changed]
        self._changed(console, changed, questions)
        is_other = changed or any(one.before is None or one.now is None for one in everyone)
        if is_other and not feedback and (self._out / REPORT_FILE).exists():
            told = f"The pages in {self._out} show the grades of before; capas report {self._out} writes them anew."
            console.print(Text(told), soft_wrap=True)

    def _changed(self, console: "Console", changed: list[Change], questions: Sequence[str]) -> None:
        if not changed:
            console.print("No points changed of those who had a result.")
            return
        path = self._out / CHANGES
        with told_as_user_error(self._out):
            write_atomically(path, changes_csv(changed, questions))
        _show(console, changed, len(self._before), path)


def compare_with(
    console: "Console",
    before: Mapping[str, Standing],
    results: "Iterable[Result]",
    stage: "Stage",
    out: Path,
    older: Path,
    language: str,
) -> None:
    """Print whose points differ from those ``before``; write all, side by side, as a page and as `compared.csv`."""
    from capas.report.class_list import read_handed_in
    from capas.report.compare_page import COMPARED_FILE, compare_page

    everyone = compared(before, standings(results))
    path = out / COMPARED
    parts = compare_page(stage, everyone, str(older), str(out), read_handed_in(out), language)
    with told_as_user_error(out):
        write_atomically(path, changes_csv(everyone, [question.name for question in stage.all_questions]))
        write_atomically(out / COMPARED_FILE, (part.encode() for part in parts))
    both = [one for one in everyone if one.before and one.now]
    _show(console, [one for one in both if one.changed], len(both), path)
    alone = {f"only in {older}": [], f"only in {out}": []}
    for one in everyone:
        if one.before is None or one.now is None:
            alone[f"only in {out if one.before is None else older}"].append(one.submission)
    for where, names in alone.items():
        if names:
            console.print(Text(one_line(f"{where}: {listed(names)}")), soft_wrap=True)
    console.print(Text(f"{out / COMPARED_FILE} shows them side by side."), soft_wrap=True)


def _show(console: "Console", changed: list[Change], all_: int, path: Path) -> None:
    """Print the table of changes, the largest first."""
    up, down = (sum(sign * one.points > 0 for one in changed) for sign in (1, -1))
    title = f"{len(changed)} of {counted(all_, 'result')} changed: {up} up, {down} down"
    table = Table("submission", "before", "now", "change", "questions", title=title, box=box.SIMPLE_HEAD)
    for one in largest_first(changed)[:MOST_ROWS]:
        if one.before and one.now:
            table.add_row(
                Text(one_line(one.submission)),
                points_text(one.before.score),
                points_text(one.now.score),
                signed_points(one.points),
                Text(", ".join(_question(one, name) for name in one.questions())),
            )
    console.print(table if changed else title)
    more = f"The first {MOST_ROWS} are shown; all" if len(changed) > MOST_ROWS else "All"
    console.print(Text(f"{more} are in {path}."), soft_wrap=True)


def _question(one: Change, name: str) -> str:
    before, now = ("–" if points is None else points_text(points) for points in one.of_question(name))
    return f"{name} {before} → {now}"
