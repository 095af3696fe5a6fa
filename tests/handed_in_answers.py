"""Right answers to a stage as students hand them in: as a script, or in the notebook that was handed out."""

import ast
import copy
import io
import json
import re
import tarfile
import zipfile
from typing import Any

from capas.course.model import Course, Stage


class Answers:
    """Right answers of a stage, and what students got in one language, for files to be made of.

    What students got is what is committed, which a test of its own builds anew.

    Args:
        course: the course.
        stage: one of its stages.
        language: in which it was handed out.
    """

    def __init__(self, course: Course, stage: Stage, language: str):
        self.stage, self.language = stage, language
        source = (stage.solutions / "reference.py").read_text(encoding="utf-8")
        nodes = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
        questions = [question.name for question in stage.questions]
        for node in nodes:
            del node.body[0]  # docstrings have signs that an old code page lacks
            node.returns = None  # students' stubs have no annotations, nor what those import
            for argument in node.args.args:
                argument.annotation = None
        self.slug = stage.slug
        self.functions = {node.name: ast.unparse(node) + "\n" for node in nodes if node.name in questions}
        # What the course gives is in the notebook, and in a script as it was handed out.
        self.given = "".join(ast.unparse(node) + "\n\n" for node in nodes if node.name not in questions)
        self.handed_out = _files_of(stage, language)
        self.other_stage = course.stages[course.stages.index(stage) - 1]
        self.other = _files_of(self.other_stage, language)[f"{self.other_stage.slug}.ipynb"]
        self.first = questions[0]
        self.spoiled = next(name for name in reversed(questions) if not self._is_used(name))
        """A question that no other one needs, which is spoiled where one is."""

    def _is_used(self, name: str) -> bool:
        return any(re.search(rf"\b{name}\b", text) for other, text in self.functions.items() if other != name)

    @property
    def parameters(self) -> str:
        """Those of the spoiled function, as its definition has them."""
        return self.functions[self.spoiled].partition("(")[2].partition("):")[0]

    def script(self, before: str = "", after: str = "", **changed: str) -> str:
        """Return a `.py` with all functions, some ``changed``."""
        functions = (self.functions | changed).values()
        return "\n\n".join(["import numpy as np\n" + before, self.given, *functions, after])

    def spoiled_script(self, body: str) -> str:
        """Return a `.py` in which one function is ``body``."""
        return self.script(**{self.spoiled: body})

    def notebook(self, **changed: str) -> dict[str, Any]:
        """Return the notebook with each function in the cell of its stub."""
        notebook = json.loads(self.handed_out[f"{self.slug}.ipynb"])
        for cell in notebook["cells"]:
            own = cell["metadata"].get("capas", {})
            if own.get("role") == "stub":
                cell["source"] = (self.functions | changed)[own["name"]]
        return notebook

    def spoiled_notebook(self, body: str) -> bytes:
        """Return the notebook in which one function is ``body``."""
        return as_bytes(self.notebook(**{self.spoiled: body}))

    def around_first(self, before: str = "", after: str = "") -> bytes:
        """Return the notebook with lines of the student's own around the first function, in its cell."""
        return as_bytes(self.notebook(**{self.first: before + self.functions[self.first] + after}))

    def first_as(self, pattern: str, replacement: str) -> bytes:
        """Return the notebook with the first function's text changed."""
        return as_bytes(self.notebook(**{self.first: re.sub(pattern, replacement, self.functions[self.first])}))

    def needing(self, module: str) -> bytes:
        """Return the notebook with a first function that needs what ``module`` of the student's defines."""
        return self.first_as(r"\A(.*):\n", rf"from {module} import one\n\1:\n    assert one == 1\n")

    def with_cell(self, *sources: str) -> dict[str, Any]:
        """Return the notebook with cells of the student's own after the first function."""
        notebook = self.notebook()
        start = f"def {self.first}("
        at = next(at for at, cell in enumerate(notebook["cells"]) if str(cell["source"]).startswith(start))
        notebook["cells"][at + 1 : at + 1] = [code(source) for source in sources]
        return notebook

    def without(self, role: str) -> dict[str, Any]:
        """Return the notebook without the kit's own cells of a ``role``."""
        notebook = self.notebook()
        notebook["cells"] = [
            cell for cell in notebook["cells"] if cell["metadata"].get("capas", {}).get("role") != role
        ]
        return notebook

    def with_check(self) -> dict[str, Any]:
        """Return the notebook with the check of the first function in the cell of that function."""
        notebook = self.notebook()
        cell = next(cell for cell in notebook["cells"] if str(cell["source"]).startswith(f"def {self.first}("))
        cell["source"] += f'\ngrader.check("{self.first}")\n'
        return notebook

    def in_one_cell(self) -> dict[str, Any]:
        """Return the notebook with one cell, which has everything."""
        return self.notebook() | {"cells": [code(self.script())]}

    def exported(self, begin: str, mark: str, magics_run: bool = True) -> bytes:
        """Return the notebook as its exporters write it: code one after the other, text as comments."""
        pieces = []
        for cell in self.notebook()["cells"]:
            source = str("".join(cell["source"]))
            if cell["cell_type"] != "code":
                source = "# " + source.replace("\n", "\n# ")
            pieces.append((mark if cell["cell_type"] == "code" else "") + source)
        if magics_run:
            pieces.insert(1, "get_ipython().run_line_magic('matplotlib', 'inline')")
        return (begin + "\n\n\n".join(pieces) + "\n").encode()

    def files(self, **more: bytes) -> dict[str, bytes]:
        """Return all that was handed out, in a folder, with some of it changed."""
        return {f"work/{name}": data for name, data in (self.handed_out | more).items()}


def _files_of(stage: Stage, language: str) -> dict[str, bytes]:
    folder = stage.root / "student_template" / language / stage.id
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def code(source: str) -> dict[str, Any]:
    """Return a cell of code."""
    return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 7, "source": source}


def as_bytes(notebook: dict[str, Any]) -> bytes:
    """Return a notebook's file; where cells were made by hand, of the format that wants no ids of them."""
    notebook = copy.deepcopy(notebook) | {"nbformat_minor": 4}
    for cell in notebook["cells"]:
        cell.pop("id", None)
    return json.dumps(notebook, ensure_ascii=False).encode()


def printed(notebook: dict[str, Any]) -> bytes:
    """Return the notebook with 5 MB of outputs."""
    output = {"output_type": "stream", "name": "stdout", "text": "y" * 5_000_000}
    return as_bytes(notebook | {"cells": [*notebook["cells"], code("print('y' * 5_000_000)") | {"outputs": [output]}]})


def untagged(notebook: dict[str, Any]) -> bytes:
    """Return the notebook as an editor writes it that knows nothing of cells' metadata."""
    return as_bytes(notebook | {"cells": [cell | {"metadata": {"id": "x"}} for cell in notebook["cells"]]})


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    """Return a `.tar.gz`."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return data.getvalue()
