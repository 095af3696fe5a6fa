"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

CourseOption = Annotated[
    Path | None,
    typer.Option(
        "--course",
        help="The course's folder, or its course.toml.",
        show_default="the folder here, or the nearest above, that has one",
    ),
]
LanguageOption = Annotated[
    str | None, typer.Option("--lang", help="Language of the feedback.", show_default="the course's first language")
]
