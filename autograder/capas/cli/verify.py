"""`capas verify` and `capas mutants`: the proof that a course grades as it should."""

from pathlib import Path
from typing import Annotated

import typer

from capas.cli.options import CORES, CourseOption, LanguageOption, Stages, Workers
from capas.files import UserError


def verify(
    stages: Stages = None,
    json: Annotated[Path | None, typer.Option("--json", help="Write the proof here too.")] = None,
    lang: LanguageOption = None,
    workers: Workers = CORES,
    otter: Annotated[bool, typer.Option("--otter/--no-otter", help="Compare with `otter run`, too.")] = True,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Each solution once alone; together in files for Otter: a tenth of the time."),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Stay, and say at each save what the change did; without Otter.")
    ] = False,
    course: CourseOption = None,
) -> None:
    """Prove that every solution, alternative, mistake and stub behaves; exit code 0 only then."""
    import msgspec

    from capas.cli.console import console
    from capas.cli.failures import expect_file_place
    from capas.cli.opening import open_course
    from capas.cli.proof_progress import ProofProgress
    from capas.cli.terminal import show_proofs
    from capas.files import write_atomically
    from capas.verify.proof import verify_stage

    loaded = open_course(course)
    language = loaded.language(lang)
    if watch:
        from capas.cli.watch import watch_stages

        if json is not None:
            raise UserError("--watch writes no --json; use one of them")
        watch_stages(console, loaded, loaded.choose(stages or []), language, workers)
    if json is not None:
        expect_file_place(json)
    proofs = []
    for stage in loaded.choose(stages or []):
        with ProofProgress(console, stage.id) as progress:
            proofs.append(verify_stage(stage, language, workers, otter, quick, progress))
    if json is not None:
        write_atomically(json, msgspec.json.format(msgspec.json.encode(proofs), indent=1) + b"\n")
    show_proofs(console, proofs)
    if any(proof.problems for proof in proofs):
        raise typer.Exit(1)


def mutants(
    stages: Stages = None,
    workers: Workers = CORES,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Put the figures of all stages into this document.")
    ] = None,
    course: CourseOption = None,
) -> None:
    """Change each reference a little and list what no case notices; exit code 0 only when all of it is listed."""
    from capas.cli.console import console
    from capas.cli.mutants import run_mutants
    from capas.cli.opening import open_course

    if write and stages:
        raise UserError("--write is for all stages together; name none")
    if not run_mutants(console, open_course(course).choose(stages or []), workers, write):
        raise typer.Exit(1)
