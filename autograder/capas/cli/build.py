"""`capas build`: what students receive and what grades them."""

from pathlib import Path
from typing import Annotated

import typer

from capas.cli.options import AllLanguages, CourseOption, Stages


def build(
    stages: Stages = None,
    lang: AllLanguages = "all",
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the zips go.", show_default="dist in the course's folder")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Make the handouts as PDF, too.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Build again what is built already.")] = False,
    course: CourseOption = None,
) -> None:
    """Make what students receive and what grades them."""
    from capas.bundle.refresh import refresh_stages
    from capas.cli.console import console
    from capas.cli.opening import open_course
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
