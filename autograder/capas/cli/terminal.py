"""What the commands print: progress, tables, and the outcome of one file."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from capas.course.libraries import other_modules, project_name
from capas.grading.result import NOT_BEGUN, line_text
from capas.texts.plain import one_line
from capas.texts.points import points_text
from capas.texts.wording import counted
from capas_check.texts import load_texts

if TYPE_CHECKING:
    from capas.course.model import Stage
    from capas.grading.result import QuestionResult, Result
    from capas.report import Diagnoses, Diagnosis
    from capas.report.write import Written
    from capas.submission import Code
    from capas.verify.proof import VerificationReport

MAX_MISUNDERSTANDINGS = 3
MARKS = {True: "✔", False: "✘"}


class _Rate(ProgressColumn):
    """How many submissions a second, over the last half minute."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s")


@contextmanager
def progress(console: Console, total: int) -> "Iterator[Callable[[Result], None]]":
    """Show a bar of ``total`` submissions, with rate and time left; yields what is to be called with each result."""
    columns = (
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[counts]}"),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    counts: dict[str, int] = {}
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total, counts="")

        def advance(result: "Result") -> None:
            counts[result.status] = counts.get(result.status, 0) + 1
            text = " · ".join(f"{number} {status}" for status, number in counts.items())
            bar.update(task, advance=1, counts=text)

        yield advance


def show_class(console: Console, stage: "Stage", results: "Sequence[Result]", out: Path, language: str) -> None:
    """Print each question's average and success, what was not graded, what was misunderstood, and where the files are.

    Misunderstandings are told in ``language``.
    """
    from capas.report import is_of

    everything, results = results, [result for result in results if is_of(stage, result)]
    points: dict[str, list[float]] = defaultdict(list)
    full, not_graded = Counter[str](), []
    for result in results:
        for question in result.questions:
            if question.name not in result.waiting:
                points[question.name].append(question.score)
            full[question.name] += question.score >= question.points
        if result.status != "graded":
            not_graded.append(Text(f"{result.file}: {result.status}: {result.message}"))
    title = f"{stage.id}: {counted(len(results), 'submission')}"
    table = Table("question", "average", "of", "full marks", title=title, box=box.SIMPLE_HEAD)
    for question in stage.all_questions:
        name = question.name
        average = f"{fmean(points[name]):.2f}" if points[name] else ""
        table.add_row(name, average, points_text(question.points), f"{full[name]}")
    total = f"{fmean(result.score for result in results):.2f}" if results else ""
    table.add_row("all", total, points_text(stage.points), "", style="bold")
    console.print(table)
    for line in [*_decided(results), *not_graded]:
        console.print(line)
    _show_misunderstandings(console, stage, results, language)
    if others := len(everything) - len(results):
        console.print(Text(f"Not counted here: {others} results of other questions or points, graded earlier."))
    console.print(Text(f"{out / 'grades.csv'} and {out / 'results'} are written."))


def _decided(results: "Sequence[Result]") -> "Iterator[Text]":
    """Yield what a person decided, and what nobody has graded yet; the table has it counted in."""
    earlier = 0
    for result in results:
        earlier += result.counted_submission != result.submission
        for line in result.grade_lines:
            if line.kind != "attempt":  # of a class that hands in again nearly everybody has one
                yield Text(one_line(f"{result.submission}: {line_text(line)}"))
    if earlier:
        yield Text(f"Of {counted(earlier, 'student')} an earlier attempt counts.")
    waiting = Counter(name for result in results for name in result.waiting)
    for name, count in waiting.items():
        yield Text(f"{name}: {counted(count, 'answer')} to be graded by a person, not counted so far")


def _show_misunderstandings(console: Console, stage: "Stage", results: "Sequence[Result]", language: str) -> None:
    from capas.report import count_misunderstandings, diagnoses_of

    common = count_misunderstandings(stage, results, diagnoses_of(stage, language))[:MAX_MISUNDERSTANDINGS]
    if not common:
        return
    console.print(Text("Most common misunderstandings:"))
    for one in common:
        line = f"  {one.count} of {len(results)}  {', '.join(one.questions)}: {one.diagnosis.explanation}"
        console.print(Text(line), soft_wrap=True)


def show_written(console: Console, written: "Written", out: Path) -> None:
    """Print where report and feedback are, and what they lack."""
    files = f", and {counted(written.files, 'file')} of theirs with feedback in them" if written.files else ""
    pages = counted(written.pages, "page")
    line = f"{out / 'report.html'}, {out / 'questions.csv'} and {pages} of feedback are written{files}."
    console.print(Text(line), soft_wrap=True)
    if written.leaderboard:
        console.print(
            Text(f"{out / written.leaderboard} is the leaderboard, to be shown to the class."), soft_wrap=True
        )
    if written.left_out:
        line = f"Left out, as they were graded with other questions or points: {', '.join(written.left_out)}"
        console.print(Text(line), soft_wrap=True)
    for file in written.changed:
        console.print(Text(f"{file}: not the file that was graded, so its page has no pictures."), soft_wrap=True)


def show_check(console: Console, result: "Result", diagnoses: "Diagnoses", language: str) -> None:
    """Print the public cases of one submission, in the words of the student's own check.

    Args:
        console: where.
        result: of the submission.
        diagnoses: what is said of each diagnosis, in ``language``.
        language: of what is told.
    """
    if result.message:
        console.print(Text(f"{result.file}: {result.message}"), soft_wrap=True)
    for question in result.questions if result.status == "graded" else ():
        if question.manual:
            continue
        diagnosis = diagnoses.get((question.name, question.diagnosis or ""))
        for line in check_lines(question, diagnosis, language):
            console.print(Text(line), soft_wrap=True)
        console.print()


def check_lines(question: "QuestionResult", diagnosis: "Diagnosis | None", language: str) -> list[str]:
    """Return what a student's own check tells of a question, line by line, and what it cannot know of the diagnosis.

    `capas_check.grader` does it there.
    """
    if question.diagnosis == NOT_BEGUN:
        return [question.name, f"  {diagnosis.explanation if diagnosis else ''}"]
    say, public = load_texts(language), [case for case in question.cases if not case.hidden]
    lines = [
        f"{MARKS[case.passed]} {say('case', number=number)}: {say('passes') if case.passed else case.message}"
        for number, case in enumerate(public, 1)
    ]
    passed = sum(case.passed for case in public)
    lines.append(say("all_pass" if passed == len(public) else "some_pass", passed=passed, total=len(public)))
    # Of what only hidden cases tell, a student's own check knows nothing.
    if diagnosis and passed < len(public):
        told = [diagnosis.of_mistakes, diagnosis.in_general]
        lines += [say("advice", advice=advice) for advice in told if advice]
    hidden = points_text(sum(case.points for case in question.cases if case.hidden))
    lines.append(say("hidden", points=points_text(question.points), hidden=hidden))
    return [question.name, *(f"  {line}" for line in lines)]


def show_other_libraries(console: Console, stage: "Stage", code: "Code", language: str) -> None:
    """Print which libraries a student's code imports that are not there where it is graded."""
    own = {Path(module).parts[0].removesuffix(".py") for module in code.modules}
    libraries = ", ".join(map(project_name, stage.libraries))
    for name in other_modules(code.cells, stage.libraries):
        if name not in own:
            told = load_texts(language)("other_library", name=name, libraries=libraries)
            console.print(Text(told), soft_wrap=True)


def show_proofs(console: Console, proofs: "list[VerificationReport]") -> None:
    """Print the table of all questions, then every problem, and every note."""
    columns = ("stage", "question", "public", "hidden", "alternatives", "mistakes caught", "cost only it", "named")
    table = Table(*columns, box=box.SIMPLE_HEAD)
    for proof in proofs:
        for row in proof.questions:
            table.add_row(
                proof.stage,
                row.name,
                str(row.public),
                str(row.hidden),
                f"{row.alternatives[0]}/{row.alternatives[1]}",
                *(f"{good}/{of}" for good, of in (row.mistakes, row.isolated, row.named)),
            )
        table.add_section()
    console.print(table)
    for proof in proofs:
        for problem in proof.problems:
            console.print(Text(f"✘ {proof.stage}: {problem}"))
        for note in proof.notes:
            console.print(Text(f"• {proof.stage}: {note}"))
    compared = sum(proof.compared for proof in proofs)
    if compared:
        console.print(f"{compared} submissions graded by capas grade and by otter run.")
    console.print("Everything behaves." if not any(proof.problems for proof in proofs) else "Not yet.")


def show_where_judged(console: Console, results: "Sequence[Result]") -> None:
    """Print how many cases of a bundle of Otter's were judged out of reach of students, and what Otter would say."""
    cases = [case for result in results for question in result.questions for case in question.cases]
    beside = sum(case.judged == "beside" for case in cases)
    told = f"{len(cases) - beside} of {len(cases)} cases were judged outside the sandbox"
    told += f", {beside} beside student code, which could forge those: see docs/security.md." if beside else "."
    console.print(Text(told), soft_wrap=True)
    for result in results:
        if result.differs_from_otter:
            console.print(Text(f"{result.file}: {result.differs_from_otter}"), soft_wrap=True)
