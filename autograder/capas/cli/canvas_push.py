"""`capas canvas push`: the same over Canvas's API, in the order of a term."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from capas.cli.messages import say, warn
from capas.cli.options import CourseOption, LanguageOption
from capas.files import UserError
from capas.texts.points import points_text
from capas.texts.wording import counted

if TYPE_CHECKING:
    from capas.canvas.api import Api
    from capas.canvas.cartridge import Lesson
    from capas.canvas.push import GradePlan
    from capas.course.model import Course

push_app = typer.Typer(
    help=(
        "Or all of it without files, over Canvas's API.\n\n"
        "The access token is read from the environment variable CANVAS_TOKEN and from nowhere else. What would change "
        "in Canvas is shown; it is done with --apply only. A run that was cut off is gone on with by the same command."
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)

Url = Annotated[str, typer.Option("--url", envvar="CANVAS_URL", help="Where Canvas is: https://…")]
Number = Annotated[int, typer.Option("--course-id", envvar="CANVAS_COURSE", help="The number in …/courses/NUMBER.")]
AssignmentId = Annotated[int, typer.Option("--assignment", metavar="ID", help="Which one, where it is not clear.")]
Apply = Annotated[bool, typer.Option("--apply", help="Do it; without this it is only shown.")]


@push_app.command(short_help="Before the term: make the assignments, or bring them up to date.")
def assignments(
    url: Url,
    course_id: Number,
    stages: Annotated[list[str] | None, typer.Argument(help="Names of stages; all when none is named.")] = None,
    lang: LanguageOption = None,
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Attach the handouts as PDF, too.")] = True,
    apply: Apply = False,
    course: CourseOption = None,
) -> None:
    """Before the term: make the assignments, or bring them up to date."""
    from capas.canvas.assignments import apply_assignment, plan_assignments

    lessons = _lessons(course, stages or [], lang, pdf)
    planned = plan_assignments(api := _api(url, course_id), lessons)
    for arranged in planned:
        state = "new" if arranged.existing is None else f"{arranged.existing.id} {arranged.existing.name}"
        say(f"{arranged.lesson.stage.id} ({state})")
        for change in arranged.changes or ["nothing changes"]:
            say(f"  {change}")
    changing = [arranged for arranged in planned if arranged.changes]
    if not apply:
        say(f"{counted(len(changing), 'assignment')} would change; --apply does it." if changing else "Nothing to do.")
        return
    for arranged in changing:
        made = apply_assignment(api, arranged)
        say(f"{arranged.lesson.stage.id}: assignment {made.id} is as it should be")
        if not getattr(made, "post_manually", False):
            say("  but Canvas does not say that grades are hidden: set its grade posting policy to Manually")


@push_app.command(short_help="After the due date: fetch the submissions, as collect does.")
def fetch(
    stage: Annotated[str, typer.Argument(help="The name of a stage.")],
    url: Url,
    course_id: Number,
    out: Annotated[Path, typer.Option("--out", help="Where the submissions and manifest.json go.")],
    assignment: AssignmentId = 0,
    course: CourseOption = None,
) -> None:
    """After the due date: fetch the submissions, as collect does from the zip. Nothing changes in Canvas."""
    from capas.canvas.download import fetch as fetch_submissions
    from capas.cli.canvas_terminal import show_collection
    from capas.cli.opening import open_assignment
    from capas.grading.stage import sought_by
    from capas.submission.exports import write_collection

    loaded, chosen = open_assignment(stage, course)
    api = _api(url, course_id)
    target = _assignment(api, assignment, loaded, chosen.id)
    collection = fetch_submissions(api, target, sought_by(chosen), with_history=chosen.attempts != "last")
    write_collection(out, collection)
    show_collection(collection.manifest, out, stage)


@push_app.command(short_help="When graded: give back grades, comments, files and the rubric.")
def results(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The --out of capas grade.")],
    url: Url,
    course_id: Number,
    submissions: Annotated[
        Path | None, typer.Argument(help="What was graded: to return each file with comments in it.")
    ] = None,
    assignment: AssignmentId = 0,
    lang: Annotated[
        str, typer.Option("--lang", help="Language of the comments; the one graded in when not given.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Write over grades that stand in Canvas already.")] = False,
    undo: Annotated[
        Path | None, typer.Option("--undo", metavar="FILE", help="Take a push back: its canvas-undo-….json in DIR.")
    ] = None,
    apply: Apply = False,
    course: CourseOption = None,
) -> None:
    """When graded: give back grades, comments, files and the rubric; or take back what was given."""
    if undo is not None:
        _take_back(folder, undo, _api(url, course_id), force, apply)
        return
    from capas.canvas.annotated_files import annotator
    from capas.canvas.ledger import given_scores, read_ledger
    from capas.canvas.push import Push
    from capas.canvas.results_by_student import notes_of, read_graded
    from capas.cli.opening import open_graded
    from capas.grading.stage import sought_by
    from capas.run.requests import request_codes
    from capas.run.results_folder import read_run
    from capas.submission.exports import recognise

    loaded = open_graded(folder, course)
    (stage,) = loaded.choose([read_run(folder).stage])
    graded = read_graded(folder, stage)
    language = loaded.language(lang or graded.language)
    collection = recognise([submissions], sought_by(stage)) if submissions else None
    if submissions and collection is None:
        raise UserError(f"{submissions} is neither a collected folder nor a zip of submissions")
    api = _api(url, course_id)
    target = _assignment(api, assignment, loaded, graded.stage)
    files = collection.files if collection else {}
    for note in notes_of(graded, folder, stage):
        warn(note)
    annotate = annotator(stage, language, cache(lambda: request_codes(folder)))
    push = Push(api, target, graded, files, annotate, language, force)
    ledger = read_ledger(folder)
    given = given_scores(ledger, api.url, course_id, int(target.id))
    planned = push.plan(lambda key: key in ledger and ledger[key].state == "done", given.get)
    say(f"{graded.stage} → {target.name} ({target.id})")
    _show(planned)
    changing = [one for one in planned if one.changes()]
    kept = any(one.step in ("kept", "left out") for one in planned)
    if not apply:
        say(f"{counted(len(changing), 'submission')} would change; --apply does it." if changing else "Nothing to do.")
        raise typer.Exit(1 if kept else 0)
    outcome = push.apply(folder)
    say(f"{len(outcome.done)} done, and Canvas shows them so. Post the grades there when you are ready.")
    if outcome.undo:
        say(f"{outcome.undo} undoes it: the same command with --undo {outcome.undo}")
    for one, said in outcome.failed:
        say(f"  not done: {one.name}: {said}")
    if outcome.failed or kept:
        raise typer.Exit(1)


def _take_back(folder: Path, file: Path, api: "Api", force: bool, apply: bool) -> None:
    """Show what undoes a push, and with ``apply`` do it."""
    from capas.canvas.undo import Undo, read_undo

    undo = Undo(api, read_undo(file), force)
    planned = undo.plan()
    for one in planned:
        if one.changes() or one.why:
            say(f"  {one.shown()}")
    changing, kept = sum(one.changes() for one in planned), any(one.why for one in planned)
    if not apply:
        say(f"{counted(changing, 'submission')} would change; --apply does it." if changing else "Nothing to do.")
        raise typer.Exit(1 if kept else 0)
    failed = undo.apply(folder)
    say(f"{changing - len(failed)} taken back, and Canvas shows them so.")
    for one in failed:
        say(f"  not done: {one.given.name}; run the same command again")
    if failed or kept:
        raise typer.Exit(1)


def _show(planned: "list[GradePlan]") -> None:
    for one in planned:
        new = points_text(one.result.score)
        if one.changes():
            parts = [f"{one.old or '–'} → {new}" if one.step != "comment only" else f"{one.old} stays"]
            parts.append("comment")
            parts += [f"file {one.file_name}"] if one.file else []
            parts += [f"rubric of {counted(len(one.rubric), 'row')}"] if one.rubric else []
            say(f"  {one.name}: {', '.join(parts)}")
        elif one.step != "done":
            say(f"  {one.name}: {one.old + ' stays, not ' if one.old else ''}{new}: {one.why}")
    done = sum(one.step == "done" for one in planned)
    say(f"as it should be already: {done}")
    from capas.cli.canvas_terminal import why_zero

    zeros = [one for one in planned if one.changes() and not one.result.score]
    if zeros:
        say(f"these get 0: {len(zeros)}")
    for one in zeros:
        say(f"  {one.name}: {why_zero(one.result)}")


def _api(url: str, course: int) -> "Api":
    from capas.canvas.api import Api, token_from_environment

    return Api(url, course, token_from_environment())


def _assignment(api: "Api", number: int, loaded: "Course", stage: str) -> Any:
    if number:
        return api.assignment(number)
    (chosen,) = loaded.choose([stage])
    marks = tuple(f"capas-{chosen.id}-{language}" for language in loaded.languages)
    listed = api.assignments()
    matching = [one for one in listed if any(mark in (getattr(one, "description", None) or "") for mark in marks)]
    matching = matching or [one for one in listed if one.name in chosen.title.values()]
    if len(matching) != 1:
        candidates = "; ".join(f"{one.id} {one.name}" for one in matching or listed) or "none"
        raise UserError(f"cannot tell which assignment is {stage}; name it with --assignment ID: {candidates}")
    return api.assignment(matching[0].id)


def _lessons(folder: Path | None, stages: list[str], lang: str | None, pdf: bool) -> "list[Lesson]":
    from capas.bundle.build import build_stage
    from capas.bundle.pdf import require_pdf_tools
    from capas.canvas.cartridge import Lesson
    from capas.canvas.description import make_page
    from capas.cli.opening import open_course

    loaded = open_course(folder)
    language = loaded.language(lang)
    if pdf:
        require_pdf_tools()
    return [
        Lesson(stage, make_page(loaded, stage, build_stage(stage, language), pdf)) for stage in loaded.choose(stages)
    ]
