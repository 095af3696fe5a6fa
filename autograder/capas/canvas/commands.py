"""`capas canvas`: a teacher's term, one command after the other."""

from pathlib import Path
from typing import Annotated

import typer

from capas.canvas.push_commands import push_app
from capas.errors import UserError

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

CourseFolder = Annotated[Path | None, typer.Option("--course", help="The folder with course.toml.")]
ExportOption = Annotated[Path, typer.Option("--gradebook", help="The gradebook, as Canvas exports it.")]
GradedFolder = Annotated[Path, typer.Argument(metavar="DIR", help="The --out of capas grade.")]
ListedIn = Annotated[Path | None, typer.Option("--gradebook", help="The exported gradebook: who is in the class.")]
Force = Annotated[bool, typer.Option("--force", help="Write over grades and files that are there already.")]


@app.command()
def package(
    lang: Annotated[str, typer.Option("--lang", help="es, en or all.")] = "all",
    out: Annotated[Path, typer.Option("--out", help="Where the .imscc files go.")] = Path("dist/canvas"),
    pdf: Annotated[bool, typer.Option("--pdf/--no-pdf", help="Attach the handouts as PDF, too.")] = True,
    course: CourseFolder = None,
) -> None:
    """1. Before the term: make the course as one file for Settings, Import Course Content."""
    from capas.canvas.package import make_package
    from capas.course import find_root, load_course
    from capas.publish import require_pdf_tools
    from capas.results import write_beside

    loaded = load_course(course.resolve() if course else find_root(Path.cwd()))
    if lang != "all" and lang not in loaded.languages:
        raise UserError(f"no language {lang!r}; the course is in {', '.join(loaded.languages)}")
    if pdf:
        require_pdf_tools()
    for language in loaded.languages if lang == "all" else [lang]:
        data = make_package(loaded, language, pdf)
        path = out / f"{loaded.title[language].partition(':')[0].strip().lower().replace(' ', '-')}.{language}.imscc"
        write_beside(path, data)
        _say(f"{path}: {len(loaded.stages)} assignments, unpublished, grades hidden until you post them")
    _say("In Canvas: Settings, Import Course Content, Canvas Course Export Package. Importing again updates.")


@app.command()
def collect(
    submissions: Annotated[Path, typer.Argument(help="The zip of Download Submissions; Gradescope's or Moodle's, too.")],
    out: Annotated[Path, typer.Option("--out", help="Where the submissions and manifest.json go.")],
    gradebook: ListedIn = None,
) -> None:
    """2. After the due date: one submission a student, and a list of everything that is not one."""
    from capas.canvas.collect import collect as collect_export
    from capas.canvas.collect import write_collection

    collection = collect_export(submissions, _students(gradebook))
    write_collection(out, collection)
    manifest = collection.manifest
    collected = manifest.collected()
    late = sum(entry.late for entry in collected)
    _say(f"{len(collected)} submissions from {manifest.platform} in {out}" + (f", {late} of them late" if late else ""))
    for entry in manifest.entries:
        if entry.state != "collected" or entry.reason:
            _say(f"  {entry.state}: {entry.source}: {entry.reason}")
    for name in manifest.missing:
        _say(f"  handed in nothing: {name}")
    _say(f"Next: capas grade STAGE {out} --out DIR")
    if any(entry.state == "not understood" for entry in manifest.entries):
        raise typer.Exit(1)


@app.command()
def grades(
    folder: GradedFolder,
    gradebook: ExportOption,
    assignment: Annotated[str, typer.Option("--assignment", metavar="ID", help="Which one, where it is not clear.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="The CSV; DIR/canvas-grades.csv when not given.")] = None,
    force: Force = False,
    course: CourseFolder = None,
) -> None:
    """3. When graded: say what would change in the gradebook, and make the CSV that does it."""
    from capas.canvas.gradebook import read_gradebook
    from capas.canvas.graded import read_graded
    from capas.canvas.grades import compare, find_column, grades_csv, to_write
    from capas.results import write_beside

    graded = read_graded(folder)
    export = read_gradebook(gradebook)
    column = find_column(export, assignment, _titles(course, graded.stage) if not assignment else ())
    difference = compare(graded, export, column)
    _say(f"{graded.stage} → {column.title} ({column.id})")
    _show_difference(difference, force)
    writing = to_write(difference, force)
    kept = 0 if force else len(difference.changed)
    path = out or folder / "canvas-grades.csv"
    if not writing:
        _say("Nothing to import." + (f" {kept} grades differ; --force writes them over." if kept else ""))
        raise typer.Exit(1 if kept else 0)
    data = grades_csv(export, difference, force)
    if path.exists() and path.read_bytes() != data and not force:
        raise UserError(f"{path} exists already; look at it, then remove it, choose another --out, or use --force")
    write_beside(path, data)
    _say(f"{path}: {len(writing)} grades. In Canvas: Grades, Import.")
    if kept:
        _say(f"{kept} grades that stand in Canvas already were left as they are; --force writes them over.")
    if kept or difference.unmatched or difference.above:
        raise typer.Exit(1)


@app.command()
def feedback(
    folder: GradedFolder,
    submissions: Annotated[Path, typer.Argument(help="The same submissions.zip that was graded.")],
    out: Annotated[Path | None, typer.Option("--out", help="The zip; DIR/canvas-feedback.zip when not given.")] = None,
    gradebook: ListedIn = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the comments; the one graded in when not given.")] = "",
    force: Force = False,
) -> None:
    """4. To give back: each student's own file with comments, as a zip for Upload Submissions."""
    from capas.canvas.feedback import make_feedback
    from capas.canvas.graded import read_graded
    from capas.results import write_beside

    graded = read_graded(folder)
    made = make_feedback(graded, submissions, lang or graded.language, _students(gradebook))
    for name, given in made.renamed:
        _say(f"  Canvas would ignore or misread {name}; it goes as {given}")
    for name, reason in made.left_out:
        _say(f"  left out: {name}: {reason}")
    if not made.count:
        raise UserError(f"nothing in {submissions} has a result in {folder}; is it the zip that was graded?")
    path = out or folder / "canvas-feedback.zip"
    if path.exists() and path.read_bytes() != made.data and not force:
        raise UserError(f"{path} exists already; uploading twice comments twice. Remove it, or use --force")
    write_beside(path, made.data)
    _say(f"{path}: {made.count} files. In Canvas: the assignment, Upload Submissions. Once: twice comments twice.")


app.add_typer(push_app, name="push")


def _students(gradebook: Path | None) -> dict[str, str] | None:
    from capas.canvas.gradebook import read_gradebook

    return {student.id: student.name for student in read_gradebook(gradebook).students} if gradebook else None


def _titles(course: Path | None, stage: str) -> list[str]:
    """Return the titles of the stage in all languages, or none where the course is not at hand."""
    from capas.course import find_root, load_course

    try:
        loaded = load_course(course.resolve() if course else find_root(Path.cwd()))
        return list(loaded.choose([stage])[0].title.values())
    except UserError:
        if course is not None:
            raise
        return []


def _show_difference(difference, force: bool) -> None:
    from capas.canvas.grades import Difference

    assert isinstance(difference, Difference)
    kept = "written over" if force else "left as they are without --force"
    groups = [
        ("new", difference.new),
        (f"changed, {kept}", difference.changed),
        ("excused (EX), left alone", difference.excused),
        ("not assigned (N/A), left alone", difference.not_assigned),
        (f"above the maximum of {difference.possible or 0:g}", difference.above),
        ("written as they are, though the file could not be graded", difference.not_graded),
    ]
    for title, changes in groups:
        if changes:
            _say(f"{title}: {len(changes)}")
        for change in changes if title != "new" else ():
            _say(f"  {change.student.name}: {change.old or '–'} → {change.new}")
    _say(f"unchanged: {len(difference.unchanged)}")
    if difference.unmatched:
        _say(f"unmatched, with nobody in the gradebook: {len(difference.unmatched)}")
        for result in difference.unmatched:
            _say(f"  {result.file}: {result.score:g}")
    if difference.without:
        _say(f"without a submission, left out: {len(difference.without)}")
    points = {result.points for result in (change.result for change in difference.new + difference.changed)}
    if difference.possible is not None and points and points != {difference.possible}:
        _say(f"mind: the stage has {max(points):g} points, Canvas's assignment {difference.possible:g}")


def _say(text: str) -> None:
    """Print a line; what students wrote in a name cannot move the cursor."""
    typer.echo("".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text))
