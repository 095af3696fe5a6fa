"""What students check their work with: the package `capas_check` beside their files, and a notebook's first cell.

Students may open the notebook alone, under any name, in Jupyter, VS Code, Colab or JupyterLite. So one line of the
first cell holds the public cases and hints, compressed, and a copy of the package for a notebook that travels alone.
"""

import ast
import base64
import functools
import hashlib
import json
import re
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from zopfli import zlib as zopfli

from capas.bundle.check_modules import PACKAGE, module_sources
from capas.texts import program_texts
from capas_check.texts import load_texts

VERSION_FILE = "version.txt"

_START = """\
def start_checks(data):
    import base64, json, pathlib, sys, tempfile, zlib
    stage = json.loads(zlib.decompress(base64.b85decode(data)))
    folder = pathlib.Path().resolve()
    if not (version := folder / "capas_check/version.txt").is_file() or version.read_text() != stage["version"]:
        folder = pathlib.Path(tempfile.mkdtemp())
        (folder / "capas_check" / "texts").mkdir(parents=True)
        for name, text in stage["package"].items():
            (folder / "capas_check" / name).write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    import capas_check
    capas_check.start(stage, globals())
"""


_BEGIN_DATA = "    import capas_check.data; capas_check.data.begin(stage)\n"
_BRING_DATA = "import capas_check.data\ncapas_check.data.bring({names!r})\ndel capas_check"

DRAWN = frozenset(("curve", "line", "bars"))
"""Kinds of drawings, which have sentences of their own."""
MUCH_BYTES = 20_000
"""A first cell of more than 30,000 bytes, a quarter more than its compressed data, is too large for a phone."""

ONLY_SCRIPT = "script.py"
"""What only `check.py` uses: a notebook that travels alone has no copy of it."""


def package_files(language: str, modules: Iterable[str]) -> dict[str, str]:
    """Return the files of the package as students get it: some ``modules``, and what these say in one language."""
    files = {f"{module}.py": module_sources()[module] for module in sorted(modules)}
    # One language only, and nothing to fall back to.
    sentences = {key: sentence for key, sentence in load_texts(language).items() if key != "language"}
    said = _said_by(sentences, files)
    files[f"texts/{language}.json"] = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    return files | {VERSION_FILE: _version(files)}


def _said_by(sentences: Mapping[str, str], files: Mapping[str, str]) -> dict[str, str]:
    """Return ``sentences`` without those that only modules say that are not among ``files``."""
    here = _words(text for name, text in files.items() if name.endswith(".py"))
    elsewhere = _words(text for name, text in module_sources().items() if f"{name}.py" not in files) - here
    return {key: sentence for key, sentence in sentences.items() if key not in elsewhere}


def _words(sources: Iterable[str]) -> set[str]:
    return {word for source in sources for word in re.findall(r"\w+", source)}


def _version(files: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:12]


def start_cell(stage: Mapping[str, Any], language: str, modules: frozenset[str]) -> str:
    """Return the source of the notebook's first cell.

    Args:
        stage: what the checks know of the stage, as `capas_check.grader.Grader` takes it.
        language: of comments and messages.
        modules: those of the package that the checks need.
    """
    copy = _package_of_notebooks(language, modules, frozenset(one["kind"] for one in stage["drawings"].values()))
    tests = {name: _shortened_cases(text) for name, text in stage["tests"].items()}
    data = json.dumps(
        {**stage, "tests": tests, "version": copy[VERSION_FILE], "package": copy},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    packed = base64.b85encode(_compressed(data.encode())).decode()
    # Colab shows a folded cell by this title; other notebooks show the line itself.
    say = program_texts(language)
    title = f"#@title {say('start_cell_title')}\n"
    start = _START + (_BEGIN_DATA if "data" in stage else "")
    return f'{title}{say("start_cell_comments")}{start}\nDATA = "{packed}"\nstart_checks(DATA)\n'


@functools.lru_cache(maxsize=16)  # what is built again has mostly changed elsewhere
def _compressed(data: bytes) -> bytes:
    """Return data as zlib compresses it; where that is much, with more care, which takes a second and 5 % off."""
    packed = zlib.compress(data, 9)
    return packed if len(packed) < MUCH_BYTES else zopfli.compress(data)


@functools.cache  # the same for most stages
def _package_of_notebooks(language: str, modules: frozenset[str], drawn: frozenset[str]) -> dict[str, str]:
    """Return the files of the package as a notebook carries them, with the sentences of kinds of drawings it has.

    Those that are alike follow each other: compressed, they are shorter in this order than in any other tried.
    """
    package = package_files(language, modules)
    alike = sorted(sorted(package, reverse=True), key=lambda name: not name.endswith(".json"))
    files = {name: package[name] for name in alike}
    del files[ONLY_SCRIPT]
    undrawn = re.compile("|".join(rf"draw_(shape_)?{kind}" for kind in DRAWN - drawn) or "$")
    return {name: _shortened(name, text, files, undrawn) for name, text in files.items()}


def _shortened_cases(tests: str) -> str:
    """Return a public test file without what only Otter looks at."""
    cases = re.sub(r"^(OK_FORMAT|name|points) = .*\n", "", tests, flags=re.MULTILINE)
    return re.sub(r"\n{2,}", "\n", cases.replace(", hidden=False)\n", ")\n"))


class _Shortener(ast.NodeTransformer):
    """Takes away what only readers need: docstrings and types; comments are gone already."""

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        if isinstance(node, ast.ClassDef):  # a dataclass has its fields by their types, be they what they may
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    self.visit(inner)
                elif isinstance(inner, ast.AnnAssign):
                    inner.annotation = ast.Constant(0)
            return node
        if isinstance(node, ast.arg):
            node.annotation = None
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        self.generic_visit(node)
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            return ast.copy_location(ast.Assign([node.target], node.value), node)
        return node


def _imports_only_types(node: ast.stmt, used: Collection[str]) -> bool:
    """Take from an import what only types needed, which are gone; tell whether that was all."""
    if not isinstance(node, ast.ImportFrom) or node.module not in ("typing", "collections.abc"):
        return False
    node.names = [alias for alias in node.names if alias.name in used]
    return not node.names


def _shortened(name: str, text: str, files: Mapping[str, str], unsaid: re.Pattern[str]) -> str:
    """Return one of the ``files`` that a notebook carries: what is Python without what only readers need."""
    if name.endswith(".json"):
        said = _said_by(json.loads(text), files)
        kept = {key: sentence for key, sentence in said.items() if not unsaid.match(key)}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    if not name.endswith(".py"):
        return text
    tree: Any = _Shortener().visit(ast.parse(text))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    tree.body = [node for node in tree.body if not _imports_only_types(node, used)]
    short = re.sub(r"\n{2,}", "\n", ast.unparse(ast.fix_missing_locations(tree)))
    return re.sub(r"^( {4})+", lambda spaces: " " * (len(spaces[0]) // 4), short, flags=re.MULTILINE) + "\n"


def data_checks(given: Sequence[str], names: Sequence[str]) -> dict[str, list[str]]:
    """Return what the checks know of a stage with data files ``names``, besides: an answer run from zero gets them."""
    return {"data": [*names], "given": [_BRING_DATA.format(names=[*names]), *given]}


def check_files(stage: Mapping[str, Any], language: str, modules: frozenset[str]) -> dict[str, bytes]:
    """Return the files beside a `.py`: `check.py`, and the package's ``modules`` with what it knows of the stage."""
    files = {f"{PACKAGE}/{name}": text for name, text in package_files(language, modules).items()}
    files[f"{PACKAGE}/stage.json"] = json.dumps(stage, ensure_ascii=False, indent=1) + "\n"
    head = program_texts(language)("check_script_head", file=stage["file"])
    files["check.py"] = f"{head}from capas_check.script import main\n\nmain()\n"
    return {name: text.encode() for name, text in files.items()}
