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
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import capas_check
from capas.texts import program_texts
from capas_check.texts import load_texts

PACKAGE = "capas_check"
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


ONLY_SCRIPT = "script.py"
"""What only `check.py` uses: a notebook that travels alone has no copy of it."""


def package_files(language: str) -> dict[str, str]:
    """Return the files of the package as students get it: its program, and the sentences of one language."""
    package = Path(capas_check.__file__).parent
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(package.glob("*.py"))}
    files[f"texts/{language}.json"] = _sentences_file(package / "texts" / f"{language}.json", language)
    return files | {VERSION_FILE: _version(files)}


def _sentences_file(path: Path, language: str) -> str:
    """Return the text of a file of all sentences: students have one language only, and nothing to fall back to."""
    text = path.read_text(encoding="utf-8") if path.is_file() else "{}"
    sentences = dict(load_texts(language))
    del sentences["language"]
    whole = sentences.keys() <= json.loads(text).keys()
    return text if whole else json.dumps(sentences, ensure_ascii=False, indent=1) + "\n"


def _version(files: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:12]


def start_cell(stage: Mapping[str, Any], language: str) -> str:
    """Return the source of the notebook's first cell.

    Args:
        stage: what the checks know of the stage, as `capas_check.grader.Grader` takes it.
        language: of comments and messages.
    """
    copy = _package_of_notebooks(language)
    data = json.dumps(
        {**stage, "version": copy[VERSION_FILE], "package": copy}, ensure_ascii=False, separators=(",", ":")
    )
    packed = base64.b85encode(zlib.compress(data.encode(), 9)).decode()
    # Colab shows a folded cell by this title; other notebooks show the line itself.
    say = program_texts(language)
    title = f"#@title {say('start_cell_title')}\n"
    return f'{title}{say("start_cell_comments")}{_START}\nDATA = "{packed}"\nstart_checks(DATA)\n'


@functools.cache  # the same for all stages
def _package_of_notebooks(language: str) -> dict[str, str]:
    package = package_files(language)
    return {name: _shortened(name, text, package) for name, text in package.items() if name != ONLY_SCRIPT}


class _Shortener(ast.NodeTransformer):
    """Takes away what only readers need: docstrings and types; comments are gone already."""

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        if isinstance(node, ast.ClassDef):  # a dataclass has its fields by their types
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    self.visit(inner)
            return node
        if isinstance(node, ast.arg):
            node.annotation = None
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        self.generic_visit(node)
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            return ast.copy_location(ast.Assign([node.target], node.value), node)
        return node


def _shortened(name: str, text: str, package: Mapping[str, str]) -> str:
    """Return a file of the package as a notebook carries it: what is Python without what only readers need."""
    if name.endswith(".json"):
        return _sentences_of_notebooks(text, package)
    if not name.endswith(".py"):
        return text
    short = ast.unparse(ast.fix_missing_locations(_Shortener().visit(ast.parse(text))))
    return re.sub(r"^( {4})+", lambda spaces: " " * (len(spaces[0]) // 4), short, flags=re.MULTILINE) + "\n"


def _sentences_of_notebooks(text: str, package: Mapping[str, str]) -> str:
    """Return the sentences of one language without those that `check.py` alone says."""
    words = {name: set(re.findall(r"\w+", source)) for name, source in package.items() if name.endswith(".py")}
    only_script = words.pop(ONLY_SCRIPT).difference(*words.values())
    kept = {key: sentence for key, sentence in json.loads(text).items() if key not in only_script}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def check_files(stage: Mapping[str, Any], language: str) -> dict[str, bytes]:
    """Return the files beside a `.py`: `check.py`, and the package with what it knows of the stage."""
    files = {f"{PACKAGE}/{name}": text for name, text in package_files(language).items()}
    files[f"{PACKAGE}/stage.json"] = json.dumps(stage, ensure_ascii=False, indent=1) + "\n"
    head = program_texts(language)("check_script_head", file=stage["file"])
    files["check.py"] = f"{head}from capas_check.script import main\n\nmain()\n"
    return {name: text.encode() for name, text in files.items()}
