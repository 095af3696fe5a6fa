"""Build those bundles of a stage whose sources changed, or whose files did, since they were built."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from capas.bundle.stamp import is_built, pdf_sources_of, sources_of, write_stamp
from capas.course import Course, Stage

if TYPE_CHECKING:
    from capas.bundle.build import Built

PdfWriter = Callable[[Course, Stage, "Built", Path], list[Path]]
"""Writes the PDFs of a bundle to a folder and returns the files that changed."""


def refresh(
    course: Course,
    stage: Stage,
    languages: Sequence[str],
    out: Path,
    write_pdfs: PdfWriter | None = None,
    fresh: bool = False,
) -> Iterator[tuple[str, list[Path] | None]]:
    """Build what is to be built of ``stage``; yield each language with the files that changed.

    Instead of those there is None for a language in which nothing was to be built.

    Args:
        course: the course.
        stage: one of its stages.
        languages: in which languages.
        out: where the zips go.
        write_pdfs: makes PDFs, too, where they are wanted.
        fresh: whether to build what is built already.

    Raises:
        UserError: as `capas.bundle.build_stage`.
    """
    pdf_sources = pdf_sources_of(course) if write_pdfs else ""
    stale = [
        language
        for language in languages
        if fresh or not is_built(stage, language, out, sources_of(stage, language), pdf_sources)
    ]
    building = _build(course, stage, stale, out, write_pdfs, pdf_sources)
    for language in languages:
        yield language, next(building) if language in stale else None


def _build(
    course: Course, stage: Stage, languages: Sequence[str], out: Path, write_pdfs: PdfWriter | None, pdf_sources: str
) -> Iterator[list[Path]]:
    from capas.bundle.build import build_languages, write_bundle
    from capas.bundle.problems import require_no_problems
    from capas.figures import figures_of

    if languages:
        require_no_problems(stage, languages)
    # Draws stale pictures. They are sources, too, and those are hashed before they are used: what changes
    # meanwhile is built the next time.
    figures_of(stage)
    sources = [sources_of(stage, language) for language in languages]
    for built, source in zip(build_languages(stage, languages), sources, strict=True):
        changed = write_bundle(built, stage, out)
        if write_pdfs:
            changed += write_pdfs(course, stage, built, out)
        write_stamp(stage, built.language, out, source, pdf_sources)
        yield changed
