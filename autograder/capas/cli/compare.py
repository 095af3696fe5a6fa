"""`capas compare`, and what `capas doctor` says of a bundle of Otter's."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from capas.cli.options import CORES, Workers
from capas.files import UserError

if TYPE_CHECKING:
    from rich.console import Console

    from capas.grading.otter_zip.config import OtterConfig
    from capas.verify.otter_bundles import Compared


def compare(
    autograder: Annotated[Path, typer.Argument(help="Otter's autograder.zip.")],
    submissions: Annotated[list[Path], typer.Argument(help="Files, folders, or a zip of a class.")],
    workers: Workers = CORES,
) -> None:
    """Grade the same submissions with otter run and with capas, and say where they differ, case by case."""
    from rich.text import Text

    from capas.cli.console import console
    from capas.cli.opening import open_assignment
    from capas.grading.maker import BundleGraders
    from capas.grading.otter_zip.bundle import read_bundle
    from capas.grading.stage import sought_by
    from capas.submission import list_submissions
    from capas.verify.otter_bundles import Compared, grade_ours, grade_with_otter

    if autograder.suffix.lower() != ".zip":
        raise UserError(f"{autograder} is no zip; compare takes the autograder.zip that otter assign made")
    _, stage = open_assignment(str(autograder), None)
    bundle = read_bundle(autograder)
    files = list_submissions(submissions, stage.handed_out, sought_by(stage))
    ours, seconds = grade_ours(BundleGraders(bundle, "en"), files, workers)
    console.print(f"capas: {len(files)} submissions in {seconds:.1f} s with {workers} workers.", markup=False)
    compared: list[Compared] = []
    for file, otter in zip(files, grade_with_otter(autograder, files, workers), strict=True):
        one = Compared(ours[file.id], otter)
        compared.append(one)
        console.print(Text(_line(one, bundle.config)), soft_wrap=True)
    same = sum(one.same_score for one in compared)
    otters = sum(one.otter.seconds for one in compared) / workers
    console.print(
        f"{same} of {len(compared)} have the same score. otter run, {workers} at once: {otters:.1f} s; "
        f"capas: {seconds:.1f} s, {otters / seconds:.0f} times faster.",
        markup=False,
    )
    console.print(
        "What depends on the clock or on random numbers without a seed may differ between two otter runs, too."
    )
    if any(one.otter.scores and not one.same_score for one in compared):
        raise typer.Exit(1)


def _line(one: "Compared", config: "OtterConfig") -> str:
    cases = [case for question in one.ours.questions for case in question.cases]
    outside = sum(case.judged == "outside" for case in cases)
    sign = "✔" if one.same_score else "–" if not one.otter.scores else "✘"
    line = f"{sign} {one.ours.submission}: {one.ours.score:g} of {one.ours.points:g}; otter run "
    total, _ = config.counted(one.otter.total, sum(question.points for question in one.ours.questions))
    line += f"{total:g}" if one.otter.scores else f"has no result ({one.otter.error[:100]})"
    line += f" in {one.otter.seconds:.1f} s; {len(cases)} cases, {outside} outside"
    if one.different:
        line += f"; not the same: {', '.join(one.different)}"
    return line + (f". {one.ours.differs_from_otter}" if one.ours.differs_from_otter else "")


def show_bundle(console: "Console", path: Path) -> bool:
    """Print what a bundle of Otter's needs and how much of it can be judged outside; tell whether all is here."""
    from rich.text import Text

    from capas.grading.otter_zip.bundle import bundle_tests, not_installed, read_bundle

    bundle = read_bundle(path)
    tests = bundle_tests(bundle)
    cases = [case for test in tests for case in test.cases]
    hidden = sum(case.hidden for case in cases)
    points = sum(test.possible for test in tests)
    whole = bundle.config.points_possible
    counted = f", counted as {whole:g}" if whole is not None else ""
    console.print(
        Text(
            f"{bundle.id}: {len(tests)} tests, {len(cases)} cases, {hidden} of them hidden; {points:g} points{counted}."
        )
    )
    beside = {case.name: case.reads.beside for case in cases if case.reads.beside}
    console.print(
        Text(
            f"{len(cases) - len(beside)} of {len(cases)} cases can be judged outside the sandbox, "
            "where what they read of a notebook is plain data, tables, functions or objects of classes."
        ),
        soft_wrap=True,
    )
    for name, why in beside.items():
        console.print(Text(f"  {name}: beside student code, as it uses `{why}`"), soft_wrap=True)
    missing = not_installed(bundle)
    for name in sorted({*bundle.libraries, *bundle.modules, *missing}):
        console.print(Text(f"  {'✘' if name in missing else '✔'} {name}"))
    if missing:
        console.print(Text(f"Notebooks that import what is missing fail; run: pip install {' '.join(missing)}"))
    return not missing
