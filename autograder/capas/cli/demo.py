"""The demonstration: the whole way, from a stage's files to the grades of a made-up class."""

import random
import shutil
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from capas.bundle.build import Bundle, build_stage, write_bundle
from capas.cli.terminal import progress
from capas.course.model import Stage
from capas.course.solutions import Solutions
from capas.files import UserError, write_atomically
from capas.grading.maker import StageGraders
from capas.grading.result import Result
from capas.report.write import write_report
from capas.run.pool import GradingRun, grade_all
from capas.submission import list_submissions
from capas.texts.points import points_text
from capas.verify.otter_run import otter_run_all
from capas.verify.samples import Sample, make_samples

STUDENTS = (
    "Ana Peña",
    "Bruno Díaz",
    "Carla Núñez",
    "Diego Ibáñez",
    "Elena Ruiz",
    "Félix Ortega",
    "Gabriela Muñoz",
    "Hugo Sáenz",
    "Irene López",
    "Javier Güell",
    "Karla Méndez",
    "Luis Ángel Soto",
    "Marta Vidal",
    "Nicolás Prieto",
    "Olga Castro",
    "Pablo Herrera",
    "Quetzal Tun",
    "Rosa María Xol",
    "Sergio Cano",
    "Teresa Alvarado",
    "Úrsula Paz",
    "Víctor Morales",
    "Wendy Chávez",
    "Ximena Rivas",
    "Yolanda Barrios",
    "Zoe Fuentes",
)
BROKEN: dict[str, tuple[str, str]] = {
    "Adrián Vela.py": ("syntax error", "def {question}(a)\n    return a\n"),
    "Berta Gil.ipynb": ("empty file", ""),
    "César Rey.ipynb": ("not a notebook", "PK\x03\x04 not a notebook"),
    "Dora Sol.py": ("endless loop", "def {question}(*given):\n    while True:\n        pass\n"),
}
"""What some hand in, by file name; in the text stands the name of the stage's first question."""
SUBMISSIONS_COMPARED = 6


def run_demo(console: Console, stage: Stage, language: str, out: Path, workers: int) -> None:
    """Build ``stage``, make a class, grade it, grade some of it with `otter run`, and show both.

    Raises:
        UserError: when ``out`` exists and was not made by a demonstration.
    """
    mark = out / ".capas-demo"
    if out.exists() and not mark.is_file():
        raise UserError(f"{out} exists and is not of a demonstration; choose another --out")
    shutil.rmtree(out, ignore_errors=True)
    write_atomically(mark, b"made by capas demo; removed by the next one\n")

    console.print(Text(f"1. Building {stage.id} [{language}] with Otter Assign …"))
    built = build_stage(stage, language)
    write_bundle(built, stage, out / "dist")
    autograder = out / "dist" / language / stage.id / "autograder.zip"

    samples = make_samples(stage, Solutions(stage), built)
    kinds = _make_class(out / "submissions", samples, built, stage)
    console.print(Text(f"2. A class of {len(kinds)} made up in {out / 'submissions'}"))

    console.print(Text("3. Grading it, hidden cases and all …"))
    submissions = list_submissions([out / "submissions"])
    with progress(console, len(submissions)) as advance:
        begin = time.perf_counter()
        results = grade_all(
            GradingRun(StageGraders(stage, language), out / "graded", workers), submissions, on_result=advance
        )
        seconds = time.perf_counter() - begin

    console.print(Text("4. The class's report, and a page for each student …"))
    write_report(stage, results, out / "graded", language, language, submissions)

    console.print(Text(f"5. Grading {SUBMISSIONS_COMPARED} of them with `otter run`, too …"))
    chosen = [result for result in results if result.status == "graded"][:SUBMISSIONS_COMPARED]
    paths = [out / "submissions" / result.file for result in chosen]
    scores = otter_run_all([(path, autograder) for path in paths], workers)

    _show_table(console, results, kinds, {r.submission: s.total for r, s in zip(chosen, scores, strict=True)})
    otter_seconds = sum(score.seconds for score in scores) / max(len(scores), 1)
    console.print(
        Text(
            f"capas grade: {seconds:.1f} s for all {len(results)}, {workers} workers, starting and time-outs included; "
            f"otter run: {otter_seconds:.1f} s for each one."
        )
    )
    # Who has some points and not all is told most.
    page = min(results, key=lambda result: abs(2 * result.score - result.points)).submission
    _say_where(
        console,
        {
            "The class's report:": out / "graded" / "report.html",
            "A student's page:": out / "graded" / "feedback" / f"{page}.html",
            "What a student gets:": out / "dist" / language / stage.id / "student.zip",
            "What Gradescope takes:": autograder,
        },
    )
    console.print(
        Text(
            "Open the report first, then the page: it tells that student what went wrong.\n"
            f"Try next:  capas check {stage.id} '{paths[0]}'\n"
            f"           capas verify {stage.id}"
        )
    )


def _say_where(console: Console, files: dict[str, Path]) -> None:
    """Print where files are, by addresses that a terminal opens."""
    console.print()
    for name, path in files.items():
        console.print(Text(f"{name:<24}{path.resolve().as_uri()}"), soft_wrap=True)


def _make_class(folder: Path, samples: list[Sample], built: Bundle, stage: Stage) -> dict[str, str]:
    """Write about 30 submissions, notebooks, scripts and a zip; return what each is, by file name."""
    chooser = random.Random(stage.id)
    reference, *variants, stub = samples
    chosen = [reference, stub, *chooser.sample(variants, k=min(len(STUDENTS) - 2, len(variants)))]
    kinds: dict[str, str] = {}
    for index, (student, sample) in enumerate(zip(STUDENTS, chosen, strict=False)):
        if index % 5 == 4:
            name, data = f"{student}.zip", None
        elif index % 3 == 0:
            name, data = f"{student}.py", sample.as_script()
        else:
            name, data = f"{student}.ipynb", sample.as_notebook(built, stage)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if data is None:
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr(f"{stage.slug}/{stage.slug}.ipynb", sample.as_notebook(built, stage))
        else:
            path.write_bytes(data)
        sign = {"mistake": "✘", "stub": "·"}.get(sample.kind, "✔")
        kinds[name] = f"{sign} {sample.id}"
    for name, (kind, text) in BROKEN.items():
        (folder / name).write_text(text.format(question=stage.questions[0].name), encoding="utf-8")
        kinds[name] = kind
    return kinds


def _show_table(console: Console, results: Sequence[Result], kinds: dict[str, str], otter: dict[str, float]) -> None:
    table = Table("submission", "✔ right, ✘ wrong", "status", "grade", "otter run", box=box.SIMPLE_HEAD)
    for result in results:
        theirs = otter.get(result.submission)
        table.add_row(
            Text(result.file),
            kinds[result.file],
            result.status,
            f"{points_text(result.score)}/{points_text(result.points)}",
            "" if theirs is None else points_text(theirs),
        )
    console.print(table)
