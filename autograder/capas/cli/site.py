"""`capas site`: the course as web pages."""

from pathlib import Path
from typing import Annotated

import typer

from capas.cli.options import AllLanguages, CourseOption


def site(
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the pages go.", show_default="site in the course's folder")
    ] = None,
    pyodide: Annotated[
        str | None,
        typer.Option(
            "--pyodide",
            help="Where Python for the browser is: an address, or a folder, which the site then carries.",
            show_default="its public distribution",
        ),
    ] = None,
    lang: AllLanguages = "all",
    course: CourseOption = None,
) -> None:
    """Make the course as web pages, which check answers in the browser: any web server can carry them."""
    from capas.bundle.site.write import make_site, write_site
    from capas.cli.console import console
    from capas.cli.opening import open_course
    from capas.texts.wording import counted, seen_from_here

    loaded = open_course(course)
    languages = loaded.languages if lang == "all" else [loaded.language(lang)]
    folder = (out or loaded.root / "site").absolute()
    files = make_site(loaded, languages, loaded.root / "dist", pyodide)
    changed = write_site(files, folder)
    told = f"{counted(len(files), 'file')}, {changed} written"
    console.print(f"{seen_from_here(folder)}  {told}; open {seen_from_here(folder / 'index.html')}", markup=False)
