"""What an assignment's page in Canvas shows: the handout's opening with its figures, and the files to work with."""

import functools
import hashlib
import html
import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from capas.bundle.build import Bundle
from capas.bundle.general_facts import handout_pieces
from capas.bundle.pdf import handout_pdf
from capas.bundle.zip import make_zip
from capas.course.figures import figure_file, figures_of
from capas.course.model import Course, Stage
from capas.course.pictures import shown_file, with_pictures
from capas.course.site_address import page_address
from capas.texts import program_texts

_FORMULA = re.compile(r"\$\$(?P<block>.+?)\$\$|\$(?P<inline>[^$]+?)\$", re.DOTALL)


class Page(msgspec.Struct, frozen=True):
    """An assignment's page: a function that writes it, given where each file is, and the files by name."""

    stage: str
    language: str
    text: str
    files: dict[str, bytes]

    def mark(self) -> str:
        """Return the class by which a page in Canvas is known again, whatever its title."""
        return f"capas-{self.stage}-{self.language}"

    def version(self) -> str:
        """Return a class that changes with the contents, so that what is up to date is left alone."""
        digest = hashlib.sha256(self.text.encode())
        for name in sorted(self.files):
            digest.update(name.encode() + b"\0" + hashlib.sha256(self.files[name]).digest())
        return f"capas-v{digest.hexdigest()[:16]}"

    def html(self, address: Callable[[str], str]) -> str:
        """Return the page, with ``address`` of each file."""
        body = re.sub(r"\{file:([^}]+)\}", lambda found: html.escape(address(found[1]), quote=True), self.text)
        return f'<div class="{self.mark()} {self.version()}">\n{body}</div>\n'


def make_page(course: Course, stage: Stage, built: Bundle, pdf: bool, site: str = "") -> Page:
    """Return the page of a stage in the bundle's language, with the handout as PDF if ``pdf``.

    Where the address of the course's web ``site`` is given, it links to the stage's page there.

    Raises:
        UserError: when the handout, a figure or a tool for PDFs is missing.
    """
    language, say = built.language, program_texts(built.language)
    files = {f"{stage.slug}.zip": make_zip(built.student_files)}
    files[f"{stage.slug}.ipynb"] = built.student_files[f"{stage.slug}.ipynb"]
    if pdf:
        script = built.student_files[f"{stage.slug}.py"].decode()
        files[f"{stage.slug}.pdf"] = handout_pdf(course, stage, language, script)
    parts = []
    alt = figures_of(stage).alt
    for piece in handout_pieces(stage, language):
        if piece.kind == "text" and not piece.value.startswith("## "):
            text = with_pictures(stage, re.sub(r"\A# .*\n", "", piece.value), functools.partial(_beside, files))
            parts.append(_to_html(text))
        elif piece.kind == "figure" and piece.value in alt:
            name = figure_file(stage, piece.value, language).name
            files[name] = figure_file(stage, piece.value, language).read_bytes()
            parts.append(f"<p>{_image(name, alt[piece.value][language])}</p>\n")
        elif piece.kind != "figure":
            break
    links = [
        f'<li><a href="{{file:{name}}}">{say(f"page_{kind}")}: {name}</a></li>\n'
        for kind in ("zip", "ipynb", "pdf")
        if (name := f"{stage.slug}.{kind}") in files
    ]
    # The handout's opening has the course's own.
    if site and site != stage.site:
        address = html.escape(page_address(site, stage.id, language), quote=True)
        parts.append(f'<p><a href="{address}">{say("page_site")}</a></p>\n')
    parts += [f"<h3>{say('page_files')}</h3>\n<ul>\n{''.join(links)}</ul>\n"]
    parts.append(f"<p>{say('page_hand_in')}</p>\n")
    return Page(stage.id, language, "".join(parts), files)


def _beside(files: dict[str, bytes], path: Path, alt: str) -> str:
    """Put a picture among the files of a page, and return what shows it there."""
    kind, data = shown_file(path)
    stem = re.sub(r"[^\w-]+", "_", f"{path.parent.name}_{path.stem}")
    # Two of one name, in folders of one name, are told apart by what they show.
    name = f"{stem}_{hashlib.sha256(data).hexdigest()[:8]}.{kind.rpartition('/')[2]}"
    files[name] = data
    return f"<p>{_image(name, alt)}</p>"


def _image(name: str, alt: str) -> str:
    return f'<img src="{{file:{name}}}" alt="{html.escape(alt)}">'


def _to_html(text: str) -> str:
    r"""Turn Markdown into HTML; formulas become what Canvas's pages set: `\(…\)` and `$$…$$`."""
    from markdown_it import MarkdownIt

    formulas: list[str] = []

    def keep(found: re.Match[str]) -> str:
        formulas.append(f"$${found['block']}$$" if found["block"] else rf"\({found['inline']}\)")
        return f"capasformula{len(formulas) - 1}x"

    made = MarkdownIt("commonmark").enable("table").render(_FORMULA.sub(keep, text))
    return re.sub(r"capasformula(\d+)x", lambda found: html.escape(formulas[int(found[1])], quote=False), made)
