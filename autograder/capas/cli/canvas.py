"""`capas canvas`: a teacher's term, one command after the other."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from capas.cli.canvas_push import push_app
from capas.cli.canvas_terminal import show_collection, show_difference
from capas.cli.messages import say, warn
from capas.cli.moodle import fill_worksheet
from capas.cli.options import AllLanguages, CourseOption
from capas.files import UserError
from capas.texts.wording import counted, seen_from_here

if TYPE_CHECKING:
    from capas.course.model import Stage

app = typer.Typer(
    help=(
        "Canvas, there and back.\n\n"
        "Before the term, package makes the course as one file that Canvas imports. After a due date, download the "
        "submissions from Canvas and collect them (capas grade reads that zip, too). When they are graded, grades "
        "makes the CSV that the gradebook imports, and feedback the zip that Upload Submissions takes. With an access "
        "token, push does the same without files.\n\n"
        "Each command says what it would change before Canvas hears of it. See docs/canvas.md for the whole term."
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)

RETURNING = {
    "canvas": "In Canvas: the assignment, Upload Submissions. Once: twice comments twice.",
    "moodle": "In Moodle: the assignment, View all submissions, Upload multiple feedback files in a zip.",
}

ExportOption = Annotated[Path, typer.Option("--gradebook", help="The gradebook, as Canvas exports it.")]
GradedFolder = Annotated[Path, typer.Argument(metavar="DIR", help="The --out of capas grade.")]
ListedIn = Annotated[Path | None, typer.Option("--gradebook", help="The exported gradebook: who is in the class.")]
Force = Annotated[bool, typer.Option("--force", help="Write over grades and files that are there already.")]


@app.command(short_help="First, before the term: the course as one file that Canvas imports.")
def package(
    lang: AllLanguages = "all",
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Where the .imscc files go.", show_default="dist/canvas in the course's folder"),
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Attach the handouts as PDF, too.")] = True,
    site_url: Annotated[
        str | None,
        typer.Option(
            "--site-url",
            help="Address of the course's web site, to which assignments link; by default `site` of course.toml.",
        ),
    ] = None,
    course: CourseOption = None,
) -> None:
    """Before the term: make the course as one file for Settings, Import Course Content."""
    from capas.bundle.pdf import require_pdf_tools
    from capas.canvas.package import make_packages
    from capas.cli.failures import expect_file_place
    from capas.cli.opening import open_course
    from capas.course.site_address import site_address
    from capas.files import write_atomically

    loaded = open_course(course)
    site = site_address(site_url) if site_url else ""
    languages = loaded.languages if lang == "all" else [loaded.language(lang)]
    folder = seen_from_here(out or loaded.root / "dist" / "canvas")
    if pdf:
        require_pdf_tools()
    paths = {language: folder / f"{_file_name(loaded.title[language])}.{language}.imscc" for language in languages}
    for path in paths.values():
        expect_file_place(path)
    # All are made before one is written.
    made = make_packages(loaded, languages, pdf, lambda stage: say(f"{stage.id} …"), site)
    for language, path in paths.items():
        write_atomically(path, made[language])
        say(f"{path}: {counted(len(loaded.stages), 'assignment')}, unpublished, grades hidden until you post them")
    say("In Canvas: Settings, Import Course Content, Canvas Course Export Package. Importing again updates.")


def _file_name(title: str) -> str:
    """Return a title, up to its colon, as the name of a file on any system."""
    words = re.findall(r"\w+", title.partition(":")[0].lower())
    return "-".join(words) or "course"


@app.command(short_help="After the due date: one submission a student, the rest listed.")
def collect(
    submissions: Annotated[
        Path, typer.Argument(help="The zip of Download Submissions; Gradescope's or Moodle's, too.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Where the submissions and manifest.json go.")],
    gradebook: ListedIn = None,
    stage: Annotated[
        str, typer.Option("--stage", help="Of which stage: tells the answer among a student's files.")
    ] = "",
    course: CourseOption = None,
) -> None:
    """After the due date: one submission a student, and a list of everything that is not one."""
    import msgspec

    from capas.canvas.gradebook import read_gradebook
    from capas.canvas.roster import Roster
    from capas.grading.stage import sought_by
    from capas.submission import NOTHING_SOUGHT
    from capas.submission.exports import collect as collect_export
    from capas.submission.exports import write_collection

    sought = sought_by(stage_of(stage, course)) if stage else NOTHING_SOUGHT
    collection = collect_export(submissions, _students(gradebook), sought)
    if gradebook:
        named = Roster(read_gradebook(gradebook)).named(collection.manifest)
        collection = msgspec.structs.replace(collection, manifest=named)
    write_collection(out, collection)
    show_collection(collection.manifest, out, stage or "STAGE")
    if any(entry.state == "not understood" for entry in collection.manifest.entries):
        raise typer.Exit(1)


@app.command(short_help="When graded: the difference, and the CSV that the gradebook imports.")
def grades(
    folder: GradedFolder,
    gradebook: ExportOption,
    assignment: Annotated[
        str, typer.Option("--assignment", metavar="ID", help="Which one, where it is not clear.")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", help="The CSV; DIR/canvas-grades.csv when not given.")] = None,
    force: Force = False,
    course: CourseOption = None,
) -> None:
    """When graded: say what would change in the gradebook, and make the CSV that does it."""
    from capas.canvas.gradebook import read_gradebook
    from capas.canvas.grades import compare, find_column, grades_csv, to_write
    from capas.canvas.moodle import read_worksheet
    from capas.canvas.results_by_student import notes_of, read_graded
    from capas.files import write_atomically

    stage = _stage_at_hand(folder, course)
    graded = read_graded(folder, stage)
    if worksheet := read_worksheet(gradebook):
        fill_worksheet(graded, worksheet, folder, out, force)
        return
    export = read_gradebook(gradebook)
    for note in notes_of(graded, folder, stage):
        warn(note)
    titles = list(stage.title.values()) if stage is not None and not assignment else ()
    column = find_column(export, assignment, titles)
    difference = compare(graded, export, column)
    say(f"{graded.stage} → {column.title} ({column.id})")
    show_difference(difference, force)
    writing = to_write(difference, force)
    kept = 0 if force else len(difference.changed)
    path = out or folder / "canvas-grades.csv"
    if not writing:
        say("Nothing to import.")
        _say_kept(kept)
        raise typer.Exit(1 if kept else 0)
    data = grades_csv(export, difference, force)
    if path.exists() and path.read_bytes() != data and not force:
        raise UserError(f"{path} exists already; look at it, then remove it, choose another --out, or use --force")
    write_atomically(path, data)
    say(f"{path}: {counted(len(writing), 'grade')}. In Canvas: Grades, Import.")
    _say_kept(kept)
    if kept or difference.unmatched or difference.above:
        raise typer.Exit(1)


@app.command(short_help="To give back: each file with comments, for Upload Submissions.")
def feedback(
    folder: GradedFolder,
    submissions: Annotated[Path, typer.Argument(help="The same submissions.zip that was graded.")],
    out: Annotated[Path | None, typer.Option("--out", help="The zip; DIR/canvas-feedback.zip when not given.")] = None,
    gradebook: ListedIn = None,
    lang: Annotated[
        str, typer.Option("--lang", help="Language of the comments; the one graded in when not given.")
    ] = "",
    force: Force = False,
    course: CourseOption = None,
) -> None:
    """To give back: each student's own file with comments, as a zip for Upload Submissions."""
    from capas.canvas.annotated_files import annotator
    from capas.canvas.feedback import make_feedback
    from capas.canvas.results_by_student import notes_of, read_graded
    from capas.cli.opening import open_graded
    from capas.files import write_atomically
    from capas.grading.stage import sought_by
    from capas.run.requests import request_codes
    from capas.run.results_folder import read_run

    loaded = open_graded(folder, course)
    (stage,) = loaded.choose([read_run(folder).stage])
    graded = read_graded(folder, stage)
    for note in notes_of(graded, folder, stage):
        warn(note)
    annotate = annotator(stage, loaded.language(lang or graded.language), cache(lambda: request_codes(folder)))
    made = make_feedback(graded, submissions, annotate, _students(gradebook), sought_by(stage))
    for name, given in made.renamed:
        say(f"  Canvas would ignore or misread {name}; it goes as {given}")
    for name, reason in made.left_out:
        say(f"  left out: {name}: {reason}")
    if not made.count:
        raise UserError(f"nothing in {submissions} has a result in {folder}; is it the zip that was graded?")
    path = out or folder / "canvas-feedback.zip"
    if path.exists() and path.read_bytes() != made.data and not force:
        raise UserError(f"{path} exists already; uploading twice may comment twice. Remove it, or use --force")
    write_atomically(path, made.data)
    say(f"{path}: {counted(made.count, 'file')}. {RETURNING[made.platform]}")


def _say_kept(kept: int) -> None:
    if kept:
        say(f"left as they stand in Canvas: {counted(kept, 'grade')}; --force writes over them")


def stage_of(name: str, course: Path | None) -> "Stage":
    """Return a stage of the course, or the bundle of Otter's at a path.

    Raises:
        UserError: when there is no course here, or no such stage.
    """
    from capas.cli.opening import open_assignment

    return open_assignment(name, course)[1]


app.add_typer(push_app, name="push")


def _students(gradebook: Path | None) -> dict[str, str] | None:
    from capas.canvas.gradebook import read_gradebook

    return {student.id: student.name for student in read_gradebook(gradebook).students} if gradebook else None


def _stage_at_hand(folder: Path, course: Path | None) -> "Stage | None":
    """Return what the results in ``folder`` are of, or None where no course is named and none is here."""
    from capas.cli.opening import open_graded
    from capas.run.results_folder import read_run

    run = read_run(folder)
    try:
        return open_graded(folder, course).choose([run.stage])[0]
    except UserError:
        if course is not None:
            raise
        return None
