"""Options that several commands have."""

import os
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
AllLanguages = Annotated[str, typer.Option("--lang", help="One of the course's languages, or all.", show_default="all")]
Stages = Annotated[list[str] | None, typer.Argument(help="Names of stages; all when none is named.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes to use.")]

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
