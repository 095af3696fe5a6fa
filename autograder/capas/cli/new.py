"""`capas new`: a course of one's own, and stages of it, as files to start from."""

from pathlib import Path
from typing import Annotated

import typer

from capas.cli.messages import say
from capas.cli.options import CourseOption

app = typer.Typer(
    help="Write the files of a course, or of a stage, to start from: they build and verify at once.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command()
def course(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    lang: Annotated[str, typer.Option("--lang", help="The students' language.")] = "en",
) -> None:
    """Write a course that has no stages yet."""
    from capas.course.scaffold import new_course

    _say_written(new_course(folder, lang))
    say(f"Next: cd {folder} && capas new stage 01_first --questions my_function,my_other_function")


@app.command()
def stage(
    name: Annotated[str, typer.Argument(help="Its name, in lower case, with its number before: 02_falling.")],
    questions: Annotated[
        str,
        typer.Option(
            "--questions",
            help="Its questions in order, with commas between: mean_speed,gravity:variable,Pendulum:class.",
        ),
    ],
    course: CourseOption = None,
) -> None:
    """Write a stage whose questions have placeholders for a solution and cases, and add it to course.toml."""
    from capas.course.model import course_folder
    from capas.course.scaffold import new_stage, read_question_names

    _say_written(new_stage(course_folder(course), name, read_question_names(questions)))
    say(f"Next: change these files, and see what each change does: capas verify {name} --watch")


def _say_written(paths: list[Path]) -> None:
    from capas.texts.wording import seen_from_here

    for path in paths:
        say(f"written: {seen_from_here(path)}")
