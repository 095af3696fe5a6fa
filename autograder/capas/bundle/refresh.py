"""Build those bundles of stages whose sources changed, or whose files did, since they were built."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from capas.bundle.stamp import is_built, pdf_sources_of, sources_of, write_stamp
from capas.course.model import Course, Stage

if TYPE_CHECKING:
    from capas.bundle.build import Bundle

PdfWriter = Callable[[Course, Stage, "Bundle", Path], list[Path]]
"""Writes the PDFs of a bundle to a folder and returns the files that changed."""


def refresh_stages(
    course: Course,
    stages: Sequence[Stage],
    languages: Sequence[str],
    out: Path,
    write_pdfs: PdfWriter | None = None,
    fresh: bool = False,
) -> Iterator[tuple[Stage, str, list[Path] | None]]:
    """Build what is to be built of ``stages``; yield each stage and language with the files that changed.

    Instead of those there is None for a language in which nothing was to be built. The files of all stages are
    looked at before anything is written.

    Args:
        course: the course.
        stages: stages of it.
        languages: in which languages.
        out: where the zips go.
        write_pdfs: makes PDFs, too, where they are wanted.
        fresh: whether to build what is built already.

    Raises:
        UserError: as `capas.bundle.build_stage`.
    """
    pdf_sources = pdf_sources_of(course) if write_pdfs else ""
    stale = [
        [
            language
            for language in languages
            if fresh or not is_built(stage, language, out, sources_of(stage, language), pdf_sources)
        ]
        for stage in stages
    ]
    if any(stale):
        from capas.bundle.problems import require_no_problems

        require_no_problems(zip(stages, stale, strict=True))
    for stage, stale_languages in zip(stages, stale, strict=True):
        building = _build(course, stage, stale_languages, out, write_pdfs, pdf_sources)
        for language in languages:
            yield stage, language, next(building) if language in stale_languages else None


def _build(
    course: Course, stage: Stage, languages: Sequence[str], out: Path, write_pdfs: PdfWriter | None, pdf_sources: str
) -> Iterator[list[Path]]:
    from capas.bundle.build import build_languages, write_bundle
    from capas.course.figures import figures_of

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
