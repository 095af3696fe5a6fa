"""`capas grade` and `capas check`: from what was handed in to results."""

import contextlib
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from capas.cli.messages import warn
from capas.cli.options import CORES, CourseOption, LanguageOption, Workers
from capas.files import UserError

if TYPE_CHECKING:
    from capas.course.model import Stage
    from capas.run.cluster import Cluster
    from capas.run.desk import Desk
    from capas.run.pool import Grade, GradingRun


def grade(
    stage: Annotated[str, typer.Argument(help="The name of a stage, or Otter's autograder.zip.")],
    submissions: Annotated[list[Path], typer.Argument(help="Files, folders, or a zip of a class.")],
    out: Annotated[Path, typer.Option("--out", help="Where results and grades.csv go.")],
    workers: Workers = CORES,
    fresh: Annotated[bool, typer.Option("--fresh", help="Grade again what is graded already.")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="STUDENT", help="Grade this one again, and nobody else.")
    ] = None,
    questions: Annotated[
        str | None,
        typer.Option(
            "--questions", metavar="NAMES", help="Grade these again, with commas between; others keep their results."
        ),
    ] = None,
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
    outside_only: Annotated[
        bool, typer.Option("--outside-only", help="Of an autograder.zip: fail cases that must run beside student code.")
    ] = False,
    lang: LanguageOption = None,
    course: CourseOption = None,
) -> None:
    """Grade submissions: one result each, and grades.csv. Results of other submissions in the same DIR stay."""
    import time

    from capas.cli.again import Again, only_these, questions_named
    from capas.cli.by_hand import write_by_hand
    from capas.cli.console import console
    from capas.cli.decisions import desk_for
    from capas.cli.opening import handed_in, open_assignment
    from capas.cli.requests import write_requests
    from capas.cli.terminal import progress, show_class, show_where_judged, show_written
    from capas.grading.maker import graders_of
    from capas.grading.result import KILLED
    from capas.report.class_page import GradingTime
    from capas.report.write import write_report, write_times
    from capas.run.desk import DecidedResults
    from capas.run.pool import GradingRun, grade_all
    from capas.run.questions_again import grade_questions
    from capas.run.requests import request_codes
    from capas.run.results_folder import keep_autograder, keys_that_count, tell_others
    from capas.submission.manifest import joined, read_manifest, write_manifest

    loaded, chosen = open_assignment(stage, course)
    language = loaded.language(lang)
    if prune and (only or questions):
        raise UserError("--prune removes what is not given, and --only and --questions grade a part; use one of them")
    names = questions_named(questions, chosen, out, language) if questions is not None else frozenset()
    graders = graders_of(chosen, language, outside_only)
    files, manifest = handed_in(submissions, chosen)
    if not files:
        given = ", ".join(map(str, submissions))
        raise UserError(f"nothing to grade in {given}: no notebook, no .py and no zip of them; {out} is as it was")
    earlier = read_manifest(out) if manifest else None
    # This refuses another assignment's before anything is graded.
    known = joined(earlier, manifest, ()) if manifest else read_manifest(out)
    if only:
        files = only_these(files, known, only)
    desk = desk_for(out, chosen, files, earlier, manifest)
    to_prune = _to_prune(out, {desk.student(file.id) for file in files}, desk) if prune else set()
    run = GradingRun(graders, out, workers, fresh or bool(only), prune=to_prune, desk=desk)
    again = Again(out, desk)
    grade_them = partial(grade_questions, names=names) if names else grade_all
    with contextlib.ExitStack() as stack:
        machines = None
        if cluster:
            from capas.run.cluster import Cluster

            machines = stack.enter_context(Cluster(cluster, tls_ca, tls_cert, tls_key))
            run, grade_there = _on_cluster(machines, run, require_level)
        else:
            grade_there = None
            _require_level(chosen, require_level)
        begin = time.perf_counter()
        with progress(console, len(files)) as advance:
            journal = grade_them(run, files, grade=grade_there, on_result=advance, on_note=warn)
        seconds = round(time.perf_counter() - begin, 2)
        took = GradingTime(seconds, len(files), machines.most_workers if machines else workers)
    write_times(out, took)
    keep_autograder(out, chosen.id, chosen.autograder)
    if manifest:
        write_manifest(out, joined(earlier, manifest, set(journal.submissions())))
    results = DecidedResults(journal, desk)
    for note in tell_others(out, chosen.id, keys_that_count(journal, desk), graders.key()):
        warn(note)
    show_class(console, chosen, results, out, language)
    if chosen.autograder:
        show_where_judged(console, results)
    console.print(f"{took.seconds:.1f} s with {took.workers} workers.", markup=False)
    if feedback:
        write_by_hand(chosen, results, out, desk, language)
        written = write_report(chosen, results, out, language, language, files, desk.lateness, request_codes(out))
        show_written(console, written, out)
        write_requests(chosen, results, out, desk, language, files)
    again.show(console, results, graders.questions, feedback)
    if killed := [result.file for result in results if result.status == KILLED]:
        warn(
            f"not graded, as each process that graded them was killed: {', '.join(killed)}; {_free_memory()}free some, "
            "or use fewer --workers, and run the same command again"
        )
        raise typer.Exit(1)


def _free_memory() -> str:
    """Return how much memory is free now, as the beginning of a sentence; "" where the system does not say."""
    try:
        megabytes = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    except (AttributeError, ValueError, OSError):
        return "if memory was wanting, "
    return f"{megabytes} MB of memory are free now: "


def _require_level(stage: "Stage", required: int | None) -> None:
    from capas.run.pool import isolation_here

    if required and (level := isolation_here(stage.limits).level) < required:
        raise UserError(f"this machine gives isolation level {level}, below {required}; see capas doctor")


def _on_cluster(machines: "Cluster", run: "GradingRun", required: int | None) -> "tuple[GradingRun, Grade]":
    """Return the run with the levels of isolation that count there, and what grades it there."""
    import msgspec

    from capas.run.cluster import REQUIRED_LEVEL
    from capas.sandbox import MAX_LEVEL

    level = REQUIRED_LEVEL if required is None else required
    levels = range(level, MAX_LEVEL + 1)
    return msgspec.structs.replace(run, levels=levels), partial(machines.grade, run.graders, level)


def _to_prune(out: Path, given: set[str], desk: "Desk") -> set[str]:
    """Return the results in ``out`` of students other than those given; none if a person is there and disagrees."""
    from capas.cli.console import console
    from capas.run.results_folder import stream_results

    try:
        there = [result.submission for result in stream_results(out)]
        others = [submission for submission in there if desk.student(submission) not in given]
    except UserError as error:
        warn(f"--prune removes nothing: {error}")
        return set()
    if not others:
        return set()
    console.print(f"--prune removes {len(others)} results of submissions not given: {', '.join(others)}", markup=False)
    if sys.stdin.isatty() and sys.stdout.isatty() and not typer.confirm("Remove them, with their feedback?"):
        console.print("Nothing is removed.")
        return set()
    return set(others)


def check(
    stage: Annotated[str, typer.Argument(help="The name of a stage.")],
    file: Annotated[Path, typer.Argument(help="One submission.")],
    lang: LanguageOption = None,
    course: CourseOption = None,
) -> None:
    """Run the public cases of one file and show what each says."""
    from capas.cli.console import console
    from capas.cli.opening import open_course
    from capas.cli.terminal import show_check, show_other_libraries
    from capas.grading.stage import sought_by, stage_grader
    from capas.report import diagnoses_of
    from capas.sandbox import Zygote, hide_from_others
    from capas.submission import list_submissions, read_submission

    loaded = open_course(course)
    (chosen,) = loaded.choose([stage])
    language = loaded.language(lang)
    hide_from_others()
    submissions = list_submissions([file], chosen.handed_out, sought_by(chosen))
    if len(submissions) > 1:
        raise UserError(f"{file} holds {len(submissions)} submissions; check takes one, grade takes many")
    with Zygote(chosen.limits) as zygote:
        grader = stage_grader(chosen, zygote, language)
        submission = read_submission(submissions[0], grader.sought)
        result = grader.grade(submission)
    show_check(console, result, diagnoses_of(chosen, language), language)
    show_other_libraries(console, chosen, submission.code, language)
    public = [case for question in result.questions for case in question.cases if not case.hidden]
    if not all(case.passed for case in public):
        raise typer.Exit(1)
