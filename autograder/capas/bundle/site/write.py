"""Make the whole site: every page in every language, and what pages load, as files by their paths."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from capas.bundle.problems.problem import raise_problems
from capas.bundle.refresh import refresh_stages
from capas.bundle.site.formulas import Formulas
from capas.bundle.site.handed_out import HandedOut, read_handed_out
from capas.bundle.site.handout import HandoutReader, pictures_of
from capas.bundle.site.pages import STATIC, Link, facts_of, in_others, page
from capas.bundle.site.prose import Prose
from capas.bundle.site.pyodide import pyodide_place, service_worker
from capas.bundle.site.stage_pages import StagePage, stage_pages
from capas.bundle.site.svg import SvgFigure, svg_figures
from capas.course.libraries import project_name
from capas.course.model import Course, Stage
from capas.files import UserError, write_atomically
from capas.texts import program_texts

MARK = ".capas-site"
"""A file in each site, by which a folder is known to be one and may be made anew: it lists the others."""

Figures = Mapping[tuple[str, str], SvgFigure]
"""The pictures of a stage by name and language."""

POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'"


def make_site(course: Course, languages: Sequence[str], dist: Path, pyodide: str | None = None) -> dict[str, bytes]:
    """Return the files of the site by their paths in it.

    Args:
        course: the course.
        languages: in which of its languages.
        dist: where the bundles are; those that are stale are built first, as `capas build` does.
        pyodide: where Python for the browser is, an address or a folder; by default its public distribution.

    Raises:
        UserError: for what is wrong in the course's files.
    """
    place = pyodide_place(pyodide, (name for stage in course.stages for name in map(project_name, stage.libraries)))
    for _ in refresh_stages(course, course.stages, languages, dist):
        pass
    figures = {stage.id: svg_figures(stage, dist / ".built") for stage in course.stages}
    handed_out = {
        (language, stage.id): read_handed_out(dist / language / stage.id / "student.zip", stage)
        for language in languages
        for stage in course.stages
    }
    formulas = Formulas()
    prose = Prose(formulas)
    pages: list[tuple[str, str]] = []
    for language in languages:
        pages += _course_pages(course, language, languages)
        stages = [Link(stage.title[language], stage.id) for stage in course.stages]
        for number, stage in enumerate(course.stages):
            reader = HandoutReader(prose, stage, language, functools.partial(_address_of_picture, stage))
            given = handed_out[language, stage.id], figures[stage.id]
            made = StagePage(course, stage, language, languages, POLICY, *given, place)
            pages += stage_pages(made, reader, stages, number)
    raise_problems(prose.problems)
    formulas.convert()
    files = {path: formulas.filled(html).encode() for path, html in pages}
    for stage in course.stages:
        received = {language: handed_out[language, stage.id] for language in languages}
        files |= _stage_files(stage, received, figures[stage.id])
    files |= {f"assets/{path.name}": path.read_bytes() for path in sorted(STATIC.iterdir()) if path.is_file()}
    return files | place.files | {"service_worker.js": service_worker(place), **_beside()}


def _beside() -> dict[str, bytes]:
    """Return what tells how to publish a site, and GitHub to take its files as they are."""
    return {"README.md": Path(__file__).with_name("README.md").read_bytes(), ".nojekyll": b""}


def _address_of_picture(stage: Stage, path: str) -> str:
    """Return where a page of a stage finds a picture that a person made, by its path in the stage."""
    return f"../../pictures/{stage.id}/{quote(path)}"


def _course_pages(course: Course, language: str, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the list of stages: in the folder of its language, and that of the first at the top, too."""
    tops = [("", f"{language}/"), (f"{language}/", "")] if language == languages[0] else [(f"{language}/", "")]
    say = program_texts(language)
    for folder, inner in tops:
        base = "../" if folder else ""
        yield (
            f"{folder}index.html",
            page(
                "course.html",
                language,
                base=base,
                home="index.html",
                course_title=course.title[language],
                page_title=course.title[language],
                description=say("site_lead"),
                policy=POLICY,
                others=in_others(language, languages, lambda other, base=base: f"{base}{other}/index.html"),
                stages=[
                    {
                        "id": stage.id,
                        "title": stage.title[language],
                        "facts": facts_of(stage, language),
                        "address": f"{inner}{stage.id}/index.html",
                        "questions": [question.name for question in stage.questions],
                    }
                    for stage in course.stages
                ],
            ),
        )


def _stage_files(stage: Stage, received: Mapping[str, HandedOut], figures: Figures) -> dict[str, bytes]:
    """Return what the pages of a stage load: pictures, and what students receive."""
    files = dict[str, bytes]()
    for language, handed_out in received.items():
        folder = f"{language}/{stage.id}/files"
        files[f"{folder}/{stage.slug}.ipynb"] = handed_out.notebook
        files[f"{folder}/checks.txt"] = handed_out.data.encode()
        files[f"{folder}/{stage.slug}.py"] = handed_out.script.encode()
        files |= {f"{folder}/{name}": data for name, data in handed_out.files.items()}
        pictures = pictures_of(stage, language)
        files |= {f"pictures/{stage.id}/{name}": path.read_bytes() for name, path in pictures.items()}
    for path in sorted((stage.assignment / "explorables").glob("*.js")):
        files[f"explorables/{stage.id}/{path.name}"] = path.read_bytes()
    for (name, language), figure in figures.items():
        if language in received:
            files[f"figures/{stage.id}/{name}.{language}.svg"] = figure.svg
    return files


def write_site(files: Mapping[str, bytes], out: Path) -> int:
    """Write the files of a site to the folder ``out``, remove what an earlier one had, and return how many changed.

    What a person put there, such as the `CNAME` of GitHub Pages, stays.

    Raises:
        UserError: when the folder has files and is no site.
    """
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise UserError(f"{out}: has files and is no site of capas; name a new folder, or empty this one")
    if out.exists() and not out.is_dir():
        raise UserError(f"{out}: is a file; name a folder")
    all_files = {**files, MARK: "\n".join(["made by capas site", *sorted(files), ""]).encode()}
    before = (_contents(out / MARK) or b"").decode(errors="replace").splitlines()[1:]
    changed = [name for name, data in all_files.items() if _contents(out / name) != data]
    for name in changed:
        write_atomically(out / name, all_files[name])
    for name in before:
        # Nobody's list leads out of the folder.
        if name not in all_files and ".." not in Path(name).parts and not Path(name).is_absolute():
            (out / name).unlink(missing_ok=True)
    return len(changed)


def _contents(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
