"""Handouts and derivations as PDF: pandoc turns the Markdown into Typst's language, Typst sets the pages.

Both come from PyPI as they are, without LaTeX or a browser. The fonts travel inside Typst and nothing is dated,
so the same input gives the same bytes.
"""

import ast
import json
import re
import subprocess
from pathlib import Path

from capas.bundle.build import Bundle
from capas.bundle.general_facts import handout_pieces
from capas.bundle.pandoc import pandoc_path
from capas.course.figures import figure_file, figures_of
from capas.course.handout import cut
from capas.course.model import Course, Stage
from capas.course.pictures import with_pictures
from capas.course.question_kinds import variable_name
from capas.course.text_files import read_course_text, source_lines
from capas.files import UserError, write_atomically
from capas.texts import program_texts

LAYOUT = Path(__file__).with_name("layout.typ")

# Markdown as notebooks show it, with Typst's own language let through.
_MARKDOWN = "commonmark+pipe_tables+tex_math_dollars+smart+raw_attribute"
_FORMULA = re.compile(r"\$\$.*?\$\$", re.DOTALL)
_COSTS = re.compile(r"^(## .*\n\n)\*([^*\n]+)\*$", re.MULTILINE)
_HINT = re.compile(r"^<details><summary>(.*?)</summary>$\n(.*?)^</details>$", re.MULTILINE | re.DOTALL)
_NO_TOOLS = "PDFs need pandoc and Typst, which are not installed"

# Where pandoc's formulas differ from what LaTeX shows: `\;` comes out as no space at all, the arrow of
# `\xrightarrow` as short as without a text, `\big(` as a sign among others, and `\text` with a space around it.
_MENDED = [
    (re.compile(r"#h\(0em\)"), "thick"),
    (re.compile(r"arrow\.r\^\("), "stretch(arrow.r)^("),
    (re.compile(r"#scale\(x: (\d+%), y: \1\)\[(\\[(\[])\]"), r'class("opening", stretch(\2, size: #\1))'),
    (re.compile(r"#scale\(x: (\d+%), y: \1\)\[(\\[)\]])\]"), r'class("closing", stretch(\2, size: #\1))'),
    # Blanks at the ends of a formula stay: they are what makes it a displayed one.
    (re.compile(r'((?:\$ )?) *\bupright\(("[^"]*")\)((?: \$)?) *'), r"\1#upright-text(\2);\3"),
    (re.compile(r"\\\| ([^|$\n]+?) \\\|"), r"abs(\1)"),
    (re.compile(r"^(    align: )(\([^)]*\)),$", re.MULTILINE), r"\1in-the-middle(\2),"),
]

# What stays on the page of what comes after it, each on one line as pandoc writes it: a paragraph with a formula,
# a table or a picture; a formula with another one or a table.
_LEADING = [
    re.compile(r"^((?:[\w¿¡«\"(\\]|#strong\[|#emph\[|\$\S|`[^`]).*)\n(?=\n(?:\$ |#figure\(|#picture\())", re.MULTILINE),
    re.compile(r"^(\$ .* \$)\n(?=\n(?:\$ |#figure\())", re.MULTILINE),
]


def require_pdf_tools() -> None:
    """Make sure that PDFs can be made here.

    Raises:
        UserError: when pandoc or Typst is not installed.
    """
    pandoc_path(_NO_TOOLS)
    try:
        import typst  # noqa: F401
    except ImportError:
        raise UserError(f"{_NO_TOOLS}; run: pip install 'capas[publish]'") from None


def write_pdfs(course: Course, stage: Stage, built: Bundle, out: Path) -> list[Path]:
    """Write the stage's PDFs in the bundle's language to ``out``; return the files that changed.

    Raises:
        UserError: as `handout_pdf`.
    """
    folder = out / built.language / stage.id
    script = built.student_files[f"{stage.slug}.py"].decode()
    wanted = {folder / "handout.pdf": handout_pdf(course, stage, built.language, script)}
    if stage.derivation(built.language).is_file():
        wanted[folder / "derivation.pdf"] = derivation_pdf(course, stage, built.language)
    changed = [path for path, data in wanted.items() if not path.is_file() or path.read_bytes() != data]
    for path in changed:
        write_atomically(path, wanted[path])
    return changed


def handout_pdf(course: Course, stage: Stage, language: str, script: str) -> bytes:
    """Return the stage's handout.

    Args:
        course: whose title stands on every page.
        stage: the stage.
        language: one of its languages.
        script: the `.py` that students get, with the stubs and what is given.

    Raises:
        UserError: when pandoc or Typst is missing or refuses the text, or a picture is missing.
    """
    answers = _answers(script)
    parts = []
    for piece in handout_pieces(stage, language):
        if piece.kind == "text":
            parts.append(_with_pictures(stage, piece.value))
        elif piece.kind in ("question", "given"):
            kind = "stub" if piece.kind == "question" else "given"
            parts += [_code(kind, answers[name], language) for name in piece.value.split()]
        elif piece.kind == "figure":
            parts += _picture(stage, stage.handout(language), piece.value, language)
    return _set(course, stage, language, stage.handout(language), parts)


def derivation_pdf(course: Course, stage: Stage, language: str) -> bytes:
    """Return the stage's derivation, which is text and pictures.

    Raises:
        UserError: as `handout_pdf`.
    """
    path = stage.derivation(language)
    parts = []
    for piece in cut(path, read_course_text(path)):
        if piece.kind == "text":
            parts.append(_with_pictures(stage, piece.value))
        elif piece.kind == "figure":
            parts += _picture(stage, path, piece.value, language)
        else:
            raise UserError(f"{path}: a place for `{piece.value}`; a derivation has places for figures only")
    return _set(course, stage, language, path, parts)


def _answers(script: str) -> dict[str, str]:
    """Return the source of each function, class and variable of the students' `.py`, by name, with comments above."""
    lines, answers = source_lines(script), dict[str, str]()
    for node in ast.parse(script).body:
        name = variable_name(node) if isinstance(node, ast.Assign | ast.AnnAssign) else getattr(node, "name", "")
        decorators = getattr(node, "decorator_list", [])
        begin = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        while begin > 1 and lines[begin - 2].startswith("#"):
            begin -= 1
        answers[name] = "\n".join(lines[begin - 1 : node.end_lineno])
    return answers


def _code(kind: str, source: str, language: str) -> str:
    title = program_texts(language)(f"pdf_{kind}")
    return f"{_raw(f'#code-box({_string(title)})[')}\n\n```python\n{source}\n```\n\n{_raw(']')}"


def _picture(stage: Stage, path: Path, name: str, language: str) -> list[str]:
    if not (stage.assignment / "figures.py").is_file():
        return []
    alt = figures_of(stage).alt.get(name)
    if alt is None:
        raise UserError(f"{path}: a place for the figure `{name}`, which {stage.assignment / 'figures.py'} lacks")
    return [_set_picture(stage, figure_file(stage, name, language), alt[language])]


def _with_pictures(stage: Stage, text: str) -> str:
    return with_pictures(stage, text, lambda path, alt: _set_picture(stage, path, alt))


def _set_picture(stage: Stage, path: Path, alt: str) -> str:
    file = path.relative_to(stage.assignment).as_posix()
    # A drawing without dots has a size of its own.
    scale = ", scale: 1" if path.suffix.lower() == ".svg" else ""
    return _raw(f"#picture({_string('/' + file)}, {_string(alt)}{scale})")


def _raw(typst: str) -> str:
    # The empty line keeps what follows a whole piece from running on in the same paragraph.
    end = "" if typst.endswith("[") else "\n"
    return f"```{{=typst}}\n{typst}\n{end}```"


def _string(text: str) -> str:
    # Typst's strings are written as those of JSON are.
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _set(course: Course, stage: Stage, language: str, path: Path, parts: list[str]) -> bytes:
    """Return the PDF of a text in pieces of Markdown."""
    require_pdf_tools()
    import typst

    text = "\n\n".join(parts) + "\n"
    # A formula's line that begins with a minus sign would be an item of a list.
    text = _FORMULA.sub(lambda found: " ".join(found[0].split()), text)
    title = text.partition("\n")[0].removeprefix("# ")
    text = _COSTS.sub(lambda found: f"{found[1]}{_raw('#costs[')}\n\n{found[2]}\n\n{_raw(']')}", text)
    text = _HINT.sub(lambda found: f"{_raw(f'#hint({_string(found[1])})[')}\n{found[2]}\n{_raw(']')}", text)
    done = subprocess.run(
        [pandoc_path(_NO_TOOLS), "--from", _MARKDOWN, "--to", "typst", "--wrap", "none"],
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode != 0 or done.stderr:
        raise UserError(f"{path}: pandoc says: {_one_line(done.stderr.decode(errors='replace'))}")
    body = done.stdout.decode()
    for made, meant in _MENDED:
        body = made.sub(meant, body)
    for leading in _LEADING:
        body = leading.sub(r"#leading[\1]\n", body)
    compiler = typst.Compiler(
        root=stage.assignment,
        ignore_system_fonts=True,
        sys_inputs={
            "course": course.title[language],
            "stage": stage.title[language],
            "title": title,
            "language": language,
        },
    )
    try:
        pdf = compiler.compile((LAYOUT.read_text(encoding="utf-8") + "\n" + body).encode(), format="pdf")
    except typst.TypstError as error:
        raise UserError(f"{path}: Typst says: {_one_line(str(error))}") from None
    assert isinstance(pdf, bytes)
    return pdf


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
