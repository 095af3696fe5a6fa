"""`capas report`: from results to what people read."""

from pathlib import Path
from typing import Annotated

import typer

from capas.cli.messages import warn
from capas.cli.options import CourseOption
from capas.files import UserError


def report(
    out: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that capas grade wrote with --out.")],
    submissions: Annotated[
        list[Path] | None,
        typer.Option("--submissions", help="What was graded: adds pictures, and feedback in students' own files."),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", help="Language of the class's page; by default that of the grading.")
    ] = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Show no names on the page where texts are graded by hand.")
    ] = False,
    older: Annotated[
        Path | None,
        typer.Option(
            "--compare", metavar="OLDER", help="Show whose points differ from those in this folder of results."
        ),
    ] = None,
    course: CourseOption = None,
) -> None:
    """Write the class's page, questions.csv and each student's feedback from the results in DIR."""
    from msgspec.structs import replace

    from capas.cli.again import compare_with
    from capas.cli.by_hand import write_by_hand
    from capas.cli.console import console
    from capas.cli.opening import handed_in, open_graded
    from capas.cli.requests import write_requests
    from capas.cli.terminal import show_written
    from capas.grading.maker import graders_of
    from capas.report.write import write_report
    from capas.run.changes import read_older
    from capas.run.desk import DecidedResults, make_desk, people_of
    from capas.run.requests import read_requests, request_codes
    from capas.run.results_folder import (
        RESULTS,
        ResultsFolder,
        decided_results,
        keys_that_count,
        read_run,
        stream_results,
        tell_others,
    )
    from capas.submission.manifest import read_manifest

    loaded = open_graded(out, course)
    run = read_run(out)
    (chosen,) = loaded.choose([run.stage])
    language = loaded.language(run.language)
    people = people_of(stream_results(out), read_manifest(out))
    if not people:
        raise UserError(f"{out / RESULTS} holds no results; run capas grade first")
    desk = make_desk(out, people, chosen.grade_terms)
    before = read_older(older, run.stage, chosen.grade_terms) if older else None
    read_requests(out, lambda: decided_results(out, desk))  # what is wrong in it is told before anything is written
    with ResultsFolder(out, replace(run, terms=desk.terms)) as folder:
        folder.finish([question.name for question in chosen.all_questions], desk)
        results = DecidedResults(folder.journal, desk)
        key = graders_of(chosen, language, run.outside_only).key()
        others = tell_others(out, chosen.id, keys_that_count(folder.journal, desk), key)
    for note in [*folder.notes, *others]:
        warn(note)
    files = handed_in(submissions, chosen)[0] if submissions else None
    class_language = loaded.language(lang) if lang is not None else language
    written = write_report(chosen, results, out, language, class_language, files, desk.lateness, request_codes(out))
    show_written(console, written, out)
    if requests := write_requests(chosen, results, out, desk, class_language, files):
        console.print(f"{requests} is where regrade requests are answered.", markup=False, soft_wrap=True)
    if by_hand := write_by_hand(chosen, results, out, desk, class_language, anonymous):
        console.print(f"{by_hand} is where texts are graded by hand.", markup=False, soft_wrap=True)
    if older and before is not None:
        compare_with(console, before, results, chosen, out, older, class_language)
