"""What went wrong when the code of a submission was run, as sentences for its student."""

import ast
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from capas.course.question_kinds import Kind as QuestionKind
from capas.grading.misread_names import globals_read, lookalike, lost_values
from capas.grading.result import CaseResult, QuestionResult
from capas.sandbox import CellError, Limits, Loaded
from capas.sandbox.statements import names_bound, statements_of
from capas.submission import Code
from capas.texts import program_texts

MAX_TOLD = 5
"""How many errors the message of a submission names."""
MAX_LINE, MAX_TEXT, MAX_NAMES = 60, 200, 500

_ASKED = "EOFError: EOF when reading a line"
_CURLY = re.compile("invalid character '[‘’“”„]'")
_UNDEFINED = re.compile(r"NameError: name '(\w+)' is not defined")
_BINDS = re.compile(r"^(?:async +)?(def|class) +(\w+)|^(\w+) *=(?!=)", re.MULTILINE)
_CELL_MAGIC = re.compile(r"get_ipython\(\)\.run_cell_magic\('(\w+)', '([^'\\]*)'")


Kind = Literal["definition", "import", "value"]


class Binding(NamedTuple):
    """A place where a name gets a value, as a definition of a function or class, by an import, or otherwise."""

    cell: int
    line: int
    kind: Kind


class LoadingErrors:
    """The errors of one submission's cells, told in one language.

    Args:
        code: the submission's.
        loaded: what came of running it.
        limits: under which it was run.
        language: of the sentences.
        kinds: of the questions, by name; by default each is a function.
    """

    def __init__(
        self, code: Code, loaded: Loaded, limits: Limits, language: str, kinds: Mapping[str, QuestionKind] | None = None
    ):
        self._kinds = kinds or {}
        self._code = code
        self._loaded = loaded
        self._limits = limits
        self._texts = program_texts(language)
        self._errors = [(report.cell, error) for report in loaded.reports for error in report.errors]

    def message(self) -> str:
        """Return what is told of the whole submission: the first errors, "" where there are none."""
        # An import of many names fails for each of them with the same words.
        told = list(dict.fromkeys(self._error(cell, error) for cell, error in self._errors))
        if len(told) > MAX_TOLD:
            told[MAX_TOLD:] = [self._texts("loading_more", count=len(told) - MAX_TOLD)]
        return " ".join(told)

    def explain(self, result: QuestionResult) -> None:
        """Put into the messages of a question's failing cases what loading has to do with it."""
        failing = [case for case in result.cases if not case.passed]
        for case in failing:
            case.message = case.message.replace(_ASKED, self._texts("loading_asks"))
        if result.name not in (self._loaded.values if self._is_variable(result.name) else self._loaded.functions):
            self._explain_missing(result.name, failing)
            return
        said = self._beside(result.name, failing)
        if failing and said:
            first = failing[0].message
            first += "." if first and first[-1] not in ".?!" else ""
            failing[0].message = f"{first} {' '.join(said)}".strip()

    def _explain_missing(self, name: str, failing: Sequence[CaseResult]) -> None:
        is_something_else = name in (self._loaded.functions if self._is_variable(name) else self._loaded.values)
        sentence = self._became(name) if is_something_else else self._missing(name)
        for case in failing:
            if case.kind == "missing":
                case.message = sentence
            elif case.kind in ("not_a_function", "not_a_value"):
                case.message = f"{case.message} {sentence}"

    def _is_variable(self, name: str) -> bool:
        return self._kinds.get(name) == "variable"

    def _kind(self, name: str) -> str:
        """Return what a question asks for, as a word of the language."""
        return self._texts(f"loading_kind_{self._kinds.get(name, 'function')}")

    def _missing(self, name: str) -> str:
        errors = [one for one in self._errors if name in one[1].names] or self._around_definitions(name)
        if errors:
            return self._texts("loading_not_defined", name=name, error=self._error(*errors[-1]))
        inside = self._inside(name)
        if inside:
            return inside
        alike = lookalike(name, [*self._loaded.functions, *self._bindings][:MAX_NAMES])
        if alike:
            near, letter = alike
            code = f"U+{ord(letter):04X}"
            return self._texts(
                "loading_lookalike", name=name, kind=self._kind(name), near=near, letter=letter, code=code
            )
        near = self._near(name)
        if near:
            return self._texts("loading_near", name=name, kind=self._kind(name), near=near)
        key = "loading_missing_in_script" if self._code.is_script else "loading_missing"
        return self._texts(key, name=name, kind=self._kind(name))

    def _around_definitions(self, name: str) -> list[tuple[int, CellError]]:
        """Return the errors of cells in which ``name`` is defined, though not by what failed."""
        cells = {binding.cell for binding in self._bindings.get(name, ())}
        return [(cell, error) for cell, error in self._errors if cell in cells]

    def _inside(self, name: str) -> str:
        """Say in which class, function or block ``name`` is defined, "" where it is in none."""
        for cell, source in enumerate(self._code.cells):
            for outer, line in _around_definition(name, source):
                place = self._place(cell, line)
                return self._texts("loading_inside", name=name, kind=self._kind(name), outer=outer, place=place)
        return ""

    def _became(self, name: str) -> str:
        wanted = "value" if self._is_variable(name) else "definition"
        others = [binding for binding in self._bindings.get(name, ()) if binding.kind != wanted]
        if not others:
            return self._texts("loading_not_a_function", name=name, kind=self._kind(name))
        place = self._place(others[-1].cell, others[-1].line)
        return self._texts("loading_became", name=name, kind=self._kind(name), place=place)

    def _beside(self, name: str, failing: Sequence[CaseResult]) -> list[str]:
        """Return what else is to be said where what is asked for exists and its question fails."""
        wanted = "value" if self._is_variable(name) else "definition"
        definitions = [binding for binding in self._bindings.get(name, ()) if binding.kind == wanted]
        own_cell = definitions[-1].cell if definitions and not self._code.is_script else None
        undefined = {found for case in failing for found in _UNDEFINED.findall(case.message)}
        said = [
            self._error(cell, error)
            for cell, error in self._errors
            if undefined.intersection(error.names) or name in error.names or cell == own_cell
        ]
        if len(definitions) > 1 and wanted == "definition":  # a value may be made in steps
            place = self._place(definitions[-1].cell, definitions[-1].line)
            said.append(self._texts("loading_defined_again", name=name, count=len(definitions), place=place))
        said += self._rebound(failing)
        return said[:MAX_TOLD]

    def _rebound(self, failing: Sequence[CaseResult]) -> list[str]:
        """Return what is to be said of names that functions use, such as `np`, and that were given another value."""
        said: list[str] = []
        for type_name, use in (lost for case in failing for lost in lost_values(case.message)):
            used = {name for source in self._code.cells for name in use.findall(source)}
            for name in sorted(used & self._globals_read & self._bindings.keys()):
                last = self._bindings[name][-1]
                if last.kind == "value":
                    place = self._place(last.cell, last.line)
                    said.append(self._texts("loading_rebound", name=name, type=type_name, place=place))
        return list(dict.fromkeys(said))

    def _near(self, name: str) -> str:
        """Return a name of the student's that was probably meant to be ``name``, "" where there is none."""
        names = [other for other in [*self._loaded.functions, *self._bindings][:MAX_NAMES] if len(other) < MAX_LINE]
        plain = {other.casefold().replace("_", ""): other for other in names if other != name}
        wanted = name.casefold().replace("_", "")
        return next((plain[other] for other in difflib.get_close_matches(wanted, plain, 1, 0.85)), "")

    @cached_property
    def _globals_read(self) -> set[str]:
        return {name for source in self._code.cells for name in globals_read(source)}

    @cached_property
    def _bindings(self) -> dict[str, list[Binding]]:
        """Where each name gets its values, from the first cell to the last."""
        bindings: dict[str, list[Binding]] = {}
        for cell, source in enumerate(self._code.cells):
            for name, line, kind in _bindings_of(source):
                bindings.setdefault(name, []).append(Binding(cell, line, kind))
        return bindings

    def _error(self, cell: int, error: CellError) -> str:
        if error.kind in ("syntax", "raised"):
            what = " ".join(f"{error.exception}: {error.text}".rstrip(": ").split())[:MAX_TEXT]
            what = what.replace(_ASKED, self._texts("loading_asks"))
            what += f"; {self._texts('loading_curly')}" if _CURLY.search(what) else ""
        else:
            seconds = self._limits.load_seconds if error.kind == "late" else self._limits.cell_seconds
            what = self._texts(f"loading_{error.kind}", seconds=f"{seconds:g}")
        return self._texts("loading_error", place=_capital(self._place(cell, error.line)), what=what)

    def _place(self, cell: int, line: int) -> str:
        if self._code.is_script:
            return self._texts("loading_line", line=line) if line else self._texts("loading_script")
        first = first_line(self._code.cells[cell])
        return self._texts("loading_cell_line" if line else "loading_cell", first=first, line=line)


def first_line(cell: str) -> str:
    """Return the first line of a cell as its student sees it, shortened."""
    magic = _CELL_MAGIC.match(cell)
    if magic:
        return f"%%{magic[1]} {magic[2]}".strip()[:MAX_LINE]
    line = next((line.strip() for line in cell.splitlines() if line.strip()), "")
    return line if len(line) <= MAX_LINE else line[: MAX_LINE - 1] + "…"


def _bindings_of(source: str) -> Iterator[tuple[str, int, Kind]]:
    """Yield each name that gets a value, the line, and by what kind of statement."""
    try:
        for statement in ast.parse(source).body:
            for name in names_bound(statement):
                yield name, statement.lineno, _kind_of(statement)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # its lines say enough
        for found in _BINDS.finditer(source):
            line = source.count("\n", 0, found.start()) + 1
            yield found[2] or found[3], line, "definition" if found[1] else "value"


def _kind_of(statement: ast.stmt) -> Kind:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return "definition"
    return "import" if isinstance(statement, ast.Import | ast.ImportFrom) else "value"


def _around_definition(name: str, source: str) -> Iterator[tuple[str, int]]:
    """Yield the first line, and its number, of each statement inside which a function or class is defined."""
    if f"def {name}" not in source and f"class {name}" not in source:
        return
    for statement in statements_of(source):
        inside = ast.walk(statement.node) if statement.node is not None else ()
        if any(isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name for node in inside):
            yield source.split("\n")[statement.line - 1].strip()[:MAX_LINE], statement.line


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
