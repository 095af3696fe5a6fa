"""The command line. Each command imports what it needs when it runs, so that none waits for another's."""

import contextlib
import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from capas.cli.canvas import app as canvas_app
from capas.cli.failures import run_command
from capas.cli.options import CourseOption, LanguageOption
from capas.files import UserError

app = typer.Typer(
    help="Build, grade and prove an auto-graded course. Every command works on all stages when none is named.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(canvas_app, name="canvas")
# In a pipe there is no width to obey: tables stay whole.
console = Console(highlight=False, width=None if sys.stdout and sys.stdout.isatty() else 120)

Stages = Annotated[list[str] | None, typer.Argument(help="Stages, like 03_softmax; all when none is named.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes to use.")]

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def main() -> None:
    """Run the command line; what goes wrong is one line on standard error, with exit code 2 for wrong use."""
    sys.exit(run_command(lambda: app(prog_name="capas", standalone_mode=False)))


@app.command()
def build(
    stages: Stages = None,
    lang: Annotated[str, typer.Option("--lang", help="es, en or all.")] = "all",
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the zips go.", show_default="dist in the course's folder")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Make the handouts as PDF, too.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Build again what is built already.")] = False,
    course: CourseOption = None,
) -> None:
    """Make what students receive and what grades them."""
    from capas.bundle.refresh import refresh_stages
    from capas.course.model import open_course
    from capas.texts.wording import counted, seen_from_here

    loaded = open_course(course)
    languages = loaded.languages if lang == "all" else [loaded.language(lang)]
    dist = (out or loaded.root / "dist").absolute()
    write_pdfs = None
    if pdf:
        from capas.bundle.pdf import require_pdf_tools, write_pdfs

        require_pdf_tools()
    chosen = loaded.choose(stages or [])
    for stage, language, changed in refresh_stages(loaded, chosen, languages, dist, write_pdfs, fresh):
        state = "unchanged" if changed is None else f"{counted(len(changed), 'file')} written"
        folder = seen_from_here(dist / language / stage.id)
        console.print(f"{stage.id} [{language}]  {folder}  {state}", markup=False, soft_wrap=True)


@app.command()
def grade(
    stage: Annotated[str, typer.Argument(help="A stage, like 03_softmax.")],
    submissions: Annotated[list[Path], typer.Argument(help="Files, folders, or a zip of a class.")],
    out: Annotated[Path, typer.Option("--out", help="Where results and grades.csv go.")],
    workers: Workers = CORES,
    fresh: Annotated[bool, typer.Option("--fresh", help="Grade again what is graded already.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove results in DIR of submissions that are not among those given.")
    ] = False,
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="ADDRESS", help="Grade on the workers of this Dask scheduler.")
    ] = None,
    tls_ca: Annotated[Path | None, typer.Option("--cluster-tls-ca", help="Whom the cluster and we trust.")] = None,
    tls_cert: Annotated[Path | None, typer.Option("--cluster-tls-cert", help="Our certificate.")] = None,
    tls_key: Annotated[Path | None, typer.Option("--cluster-tls-key", help="Its key.")] = None,
    require_level: Annotated[
        int | None,
        typer.Option(
            "--require-level",
            min=0,
            max=5,
            help="Refuse to begin below this isolation level.",
            show_default="0, and 4 on a cluster",
        ),
    ] = None,
    feedback: Annotated[
        bool, typer.Option("--feedback", help="Write the class's report and each student's feedback, too.")
    ] = False,
    lang: LanguageOption = None,
    course: CourseOption = None,
) -> None:
    """Grade submissions: one result each, and grades.csv. Results of other submissions in the same DIR stay."""
    import time

    from capas.cli.terminal import progress, show_class, show_written
    from capas.course.libraries import require_libraries
    from capas.course.model import open_course
    from capas.grading.key import grading_key
    from capas.report.class_page import GradingTime
    from capas.report.write import write_report, write_times
    from capas.run.pool import grade_all, isolation_here
    from capas.run.results_folder import tell_others
    from capas.sandbox import MAX_LEVEL
    from capas.submission import list_submissions
    from capas.submission.exports import recognise
    from capas.submission.manifest import joined, read_manifest, write_manifest

    loaded = open_course(course)
    (chosen,) = loaded.choose([stage])
    language = loaded.language(lang)
    require_libraries(chosen.libraries)
    collection = recognise(submissions)
    found = list(collection.files.values()) if collection else list_submissions(submissions, chosen.handed_out)
    if not found:
        names = ", ".join(map(str, submissions))
        raise UserError(f"nothing to grade in {names}: no notebook, no .py and no zip of them; {out} is as it was")
    earlier = read_manifest(out) if collection else None
    if collection:
        joined(earlier, collection.manifest, ())
    removed = _to_prune(out, {one.id for one in found}) if prune else set()
    if require_level and not cluster:
        level = isolation_here(chosen).level
        if level < require_level:
            raise UserError(f"this machine gives isolation level {level}, below {require_level}; see capas doctor")
    with contextlib.ExitStack() as stack:
        elsewhere = machines = levels = None
        if cluster:
            from capas.run.cluster import REQUIRED_LEVEL, Cluster

            machines = stack.enter_context(Cluster(cluster, tls_ca, tls_cert, tls_key))
            level = REQUIRED_LEVEL if require_level is None else require_level
            elsewhere = partial(machines.grade, chosen, language, level)
            levels = range(level, MAX_LEVEL + 1)
        begin = time.perf_counter()
        with progress(console, len(found)) as advance:
            results = grade_all(
                chosen,
                found,
                out,
                language,
                workers,
                fresh,
                advance,
                grade=elsewhere,
                levels=levels,
                prune=removed,
                on_note=_note,
            )
        seconds = round(time.perf_counter() - begin, 2)
        workers = machines.most_workers if machines else workers
    took = GradingTime(seconds, len(found), workers)
    write_times(out, took)
    if collection:
        write_manifest(out, joined(earlier, collection.manifest, {result.submission for result in results}))
    for note in tell_others(out, chosen.id, results.keys(), grading_key(chosen, language)):
        _note(note)
    show_class(console, chosen, results, out, language)
    console.print(f"{took.seconds:.1f} s with {workers} workers.", markup=False)
    if feedback:
        show_written(console, write_report(chosen, results, out, language, language, found), out)


@app.command()
def report(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that capas grade wrote with --out.")],
    submissions: Annotated[
        list[Path] | None,
        typer.Option("--submissions", help="What was graded: adds pictures, and feedback in students' own files."),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", help="Language of the class's page; by default that of the grading.")
    ] = None,
    course: CourseOption = None,
) -> None:
    """Write the class's page, questions.csv and each student's feedback from the results in DIR."""
    from capas.cli.terminal import show_written
    from capas.course.model import open_course
    from capas.grading.key import grading_key
    from capas.report.write import write_report
    from capas.run.results_folder import RESULTS, ResultsFolder, read_results_folder, read_run, tell_others
    from capas.submission import list_submissions
    from capas.submission.exports import recognise

    loaded = open_course(course)
    run = read_run(out)
    (chosen,) = loaded.choose([run.stage])
    language = loaded.language(run.language)
    if not read_results_folder(out).results:
        raise UserError(f"{out / RESULTS} holds no results; run capas grade first")
    with ResultsFolder(out, run) as folder:
        results = list(folder.journal)
        others = tell_others(out, chosen.id, folder.journal.keys(), grading_key(chosen, language))
    for note in [*folder.notes, *others]:
        _note(note)
    found = None
    if submissions:
        collection = recognise(submissions)
        found = list(collection.files.values()) if collection else list_submissions(submissions, chosen.handed_out)
    class_language = loaded.language(lang) if lang is not None else language
    written = write_report(chosen, results, out, language, class_language, found)
    show_written(console, written, out)


@app.command()
def check(
    stage: Annotated[str, typer.Argument(help="A stage, like 03_softmax.")],
    file: Annotated[Path, typer.Argument(help="One submission.")],
    lang: LanguageOption = None,
    course: CourseOption = None,
) -> None:
    """Run the public cases of one file and show what each says."""
    from capas.cli.terminal import show_check
    from capas.course.model import open_course
    from capas.grading.stage import stage_grader
    from capas.sandbox import Zygote, hide_from_others
    from capas.submission import list_submissions, read_submission

    loaded = open_course(course)
    (chosen,) = loaded.choose([stage])
    language = loaded.language(lang)
    hide_from_others()
    found = list_submissions([file], chosen.handed_out)
    if len(found) > 1:
        raise UserError(f"{file} holds {len(found)} submissions; check takes one, grade takes many")
    with Zygote(chosen.limits) as zygote:
        result = stage_grader(chosen, zygote, language).grade(read_submission(found[0]))
    show_check(console, result)
    public = [case for question in result.questions for case in question.cases if not case.hidden]
    if not all(case.passed for case in public):
        raise typer.Exit(1)


@app.command()
def verify(
    stages: Stages = None,
    json: Annotated[Path | None, typer.Option("--json", help="Write the proof here too.")] = None,
    lang: LanguageOption = None,
    workers: Workers = CORES,
    otter: Annotated[bool, typer.Option("--otter/--no-otter", help="Compare with `otter run`, too.")] = True,
    combined: Annotated[
        bool, typer.Option("--combined", help="There, a variant of every question in each file: a tenth of the time.")
    ] = False,
    course: CourseOption = None,
) -> None:
    """Prove that every solution, alternative, mistake and stub behaves; exit code 0 only then."""
    import msgspec

    from capas.cli.failures import expect_file_place
    from capas.cli.terminal import show_proofs
    from capas.course.model import open_course
    from capas.files import write_atomically
    from capas.verify.proof import verify_stage

    loaded = open_course(course)
    language = loaded.language(lang)
    if json is not None:
        expect_file_place(json)
    proofs = []
    for stage in loaded.choose(stages or []):

        def say(step: str, count: int, name: str = stage.id) -> None:
            console.print(f"{name}: {step} on {count} submissions …", markup=False)

        proofs.append(verify_stage(stage, language, workers, otter, combined, say))
    if json is not None:
        write_atomically(json, msgspec.json.format(msgspec.json.encode(proofs), indent=1) + b"\n")
    show_proofs(console, proofs)
    if any(proof.problems for proof in proofs):
        raise typer.Exit(1)


@app.command()
def mutants(
    stages: Stages = None,
    workers: Workers = CORES,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Put the figures of all stages into this document.")
    ] = None,
    course: CourseOption = None,
) -> None:
    """Change each reference a little and list what no case notices; exit code 0 only when all of it is listed."""
    from capas.cli.mutants import run_mutants
    from capas.course.model import open_course

    if write and stages:
        raise UserError("--write is for all stages together; name none")
    if not run_mutants(console, open_course(course).choose(stages or []), workers, write):
        raise typer.Exit(1)


@app.command()
def doctor(course: CourseOption = None) -> None:
    """Say what this machine protects while student code runs, and which libraries student code finds there."""
    from capas.cli.doctor import show_isolation, show_libraries
    from capas.course.libraries import DEFAULT_LIBRARIES
    from capas.course.model import COURSE_FILE, open_course
    from capas.sandbox import Limits, Zygote

    limits, libraries = Limits(), DEFAULT_LIBRARIES
    if course or any((folder / COURSE_FILE).is_file() for folder in (Path.cwd(), *Path.cwd().parents)):
        stage = open_course(course).stages[0]
        limits, libraries = stage.limits, stage.libraries
    with Zygote(limits) as zygote:
        show_isolation(console, zygote.confinement)
        if not show_libraries(console, libraries, zygote, limits):
            raise typer.Exit(1)


@app.command()
def demo(
    stage: Annotated[str, typer.Argument(help="The stage to show.")] = "03_softmax",
    out: Annotated[Path, typer.Option("--out", help="Where the demonstration goes.")] = Path("demo"),
    workers: Workers = CORES,
    course: CourseOption = None,
) -> None:
    """Go the whole way on a made-up class: build, grade, compare with otter run."""
    from capas.cli.demo import run_demo
    from capas.course.model import open_course

    loaded = open_course(course)
    (chosen,) = loaded.choose([stage])
    run_demo(console, chosen, loaded.languages[0], out, workers)


def _note(text: str) -> None:
    """Say something about what is there; what was asked for goes on."""
    print(f"capas: {text}", file=sys.stderr)


def _to_prune(out: Path, given: set[str]) -> set[str]:
    """Return whose results in ``out`` are of no submission given; none if a person is there and does not agree."""
    from capas.run.results_folder import read_results_folder

    try:
        others = sorted({result.submission for result in read_results_folder(out).results} - given)
    except UserError as error:
        _note(f"--prune removes nothing: {error}")
        return set()
    if not others:
        return set()
    console.print(f"--prune removes {len(others)} results of submissions not given: {', '.join(others)}", markup=False)
    if sys.stdin.isatty() and sys.stdout.isatty() and not typer.confirm("Remove them, with their feedback?"):
        console.print("Nothing is removed.")
        return set()
    return set(others)


if __name__ == "__main__":
    main()
