"""Cutting one case out of its test file, with all that it uses.

Otter Assign takes one function a case and nothing beside it, so the imports, constants and helpers that a case
needs move into its body, in their order. There they are local names. A case whose meaning this would change is
refused; nothing is ever left out or changed silently.
"""

import ast
import builtins
import copy
import functools
from pathlib import Path

from capas.bundle.scopes import Statement, data_names, local_names, reached, scan, statements_of
from capas.course.text_files import parse_source
from capas.files import UserError

# They look at the module or the frame that they stand in, which is another one after the move.
_LOOKS_AROUND = {"globals", "locals", "eval", "exec", "__name__", "__file__", "__doc__", "__spec__", "__package__"}
_LOOKS_AROUND_WITHOUT_ARGUMENT = {"vars", "dir"}


@functools.lru_cache(maxsize=1_000)
def case_source(test_source: str, name: str, path: Path = Path("test file")) -> str:
    """Return the function of one case as it can stand alone: what it uses of its module moves inside.

    What only hidden cases use goes into hidden cases only.

    Args:
        test_source: the test file's text.
        name: of the case's function.
        path: the test file, for errors.

    Raises:
        UserError: when the case would do something else there, with the line that is the reason.
    """
    module, statements = _module(test_source, path)
    found = [node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == name]
    if len(found) != 1:
        many = f"{len(found)} cases have this name; rename all but one" if found else "it must be a plain function"
        raise UserError(f"{path}: case `{name}`: {many}, not indented, once in its file")
    case = _Case(path, found[0], [one for one in statements if one.node is not found[0]])
    return case.alone()


@functools.lru_cache(maxsize=16)
def _module(source: str, path: Path) -> tuple[ast.Module, list[Statement]]:
    module = parse_source(path, source)
    return module, statements_of(module)


class _Case:
    def __init__(self, path: Path, node: ast.FunctionDef, others: list[Statement]):
        self.path, self.node, self.others = path, node, others
        self.stripped = self._stripped()
        self.statement = scan(self.stripped)
        self.locals = local_names(self.stripped)

    def alone(self) -> str:
        """Return the case's source with what it needs."""
        self._refuse_imports_of_everything()
        moved = self._moved()
        self._check(moved)
        function = self.stripped
        own = function.body[1:] if ast.get_docstring(function) else function.body
        function.body = [*(one.node for one in moved), *own] or [ast.Pass()]
        return ast.unparse(function)

    def _stripped(self) -> ast.FunctionDef:
        """Return the function without decorators and annotations, which stand outside of it."""
        alone = copy.copy(self.node)
        alone.decorator_list, alone.returns = [], None
        alone.args = copy.deepcopy(self.node.args)
        arguments = alone.args
        for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
            if one is not None:
                one.annotation = None
        for default in [*arguments.defaults, *filter(None, arguments.kw_defaults)]:
            if not isinstance(default, ast.Constant):
                self._refuse(default, "a default value of a case must be a plain constant")
        for decorator in self.node.decorator_list[1:]:
            self._refuse(decorator, "a case has one decorator, @test_case(…)")
        return alone

    def _moved(self) -> list[Statement]:
        """Return the statements that the case uses, directly or through others, in order."""
        needed, moved = set(self.statement.reads), set[int]()
        data, size = data_names(self.others), -1
        touched = [reached(one, self.others) & data if one.kind == "effect" else None for one in self.others]
        while len(moved) != size:
            size = len(moved)
            packages = {name for index in moved for name in _packages(self.others[index].node)}
            for index, (one, values) in enumerate(zip(self.others, touched, strict=True)):
                used = bool(one.binds & needed) or not packages.isdisjoint(_submodules(one.node))
                if values is not None:
                    # What changes no value of this file, such as `np.seterr(…)`, is for all cases.
                    used = used or not values or bool(values & needed)
                if used:
                    moved.add(index)
                    needed |= one.reads | one.binds
        self._refuse_what_is_shared(needed, [one for i, one in enumerate(self.others) if i not in moved])
        return [self.others[index] for index in sorted(moved)]

    def _refuse_what_is_shared(self, needed: set[str], left: list[Statement]) -> None:
        for one in left:
            shared = sorted(one.reads & needed)
            if one.kind == "effect" and shared:
                self._refuse(one.node, f"this statement may change `{shared[0]}`; move it into the cases that need it")

    def _refuse_imports_of_everything(self) -> None:
        for one in self.others:
            for inner in ast.walk(one.node):
                if isinstance(inner, ast.ImportFrom) and inner.names[0].name == "*":
                    self._refuse(inner, "`import *` does not say what it brings; import by name")
                if isinstance(inner, ast.ImportFrom) and inner.module == "__future__":
                    self._refuse(inner, "`from __future__` holds for a whole file; leave it out")

    def _check(self, moved: list[Statement]) -> None:
        bound = frozenset[str]().union(*(one.binds for one in moved))
        for one in [*moved, self.statement]:
            self._check_words(one)
            for name in sorted(one.shadowed_in_class & bound):
                self._refuse(one.node, f"a class uses `{name}` and binds it; give its own another name")
        for one in moved:
            for name in sorted((one.reads | one.binds) & self.locals):
                self._refuse(one.node, f"`{name}` is also a name of the case's own; rename one of them")
        uses = self.statement.reads.union(*(one.reads | one.binds for one in moved))
        if self.node.name in uses:
            self._refuse(self.node, "it is used as a helper, too; make that a function of its own")
        self._check_builtins(moved, bound)

    def _check_builtins(self, moved: list[Statement], bound: frozenset[str]) -> None:
        """Refuse names that are Python's own before, or unless, the file binds them."""
        for name in sorted(bound & set(dir(builtins))):
            first = next(index for index, one in enumerate(moved) if name in one.binds)
            early = any(name in one.reads for one in moved[: first + 1])
            if early or any(name in one.binds and one.kind == "effect" for one in moved):
                self._refuse(moved[first].node, f"`{name}` is Python's own name; give this another one")

    def _check_words(self, one: Statement) -> None:
        for inner in ast.walk(one.node):
            if isinstance(inner, ast.Global):
                self._refuse(inner, "`global`: a case has no module around it; pass the value on instead")
            if isinstance(inner, ast.Name) and inner.id in one.reads & _LOOKS_AROUND:
                self._refuse(inner, f"`{inner.id}` means another place there; leave it out")
            if (
                isinstance(inner, ast.Call)
                and isinstance(inner.func, ast.Name)
                and inner.func.id in _LOOKS_AROUND_WITHOUT_ARGUMENT
                and not (inner.args or inner.keywords)
            ):
                self._refuse(inner, f"`{inner.func.id}()` means another place there; leave it out")

    def _refuse(self, node: ast.AST, reason: str) -> None:
        line = getattr(node, "lineno", self.node.lineno)
        raise UserError(f"{self.path}, line {line}: case `{self.node.name}` cannot be cut out of its file: {reason}")


def _packages(node: ast.stmt) -> set[str]:
    """Return the packages that an import loads, by their first names."""
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    return {(node.module or "").partition(".")[0]} if isinstance(node, ast.ImportFrom) else set()


def _submodules(node: ast.stmt) -> set[str]:
    """Return the packages into which an import puts a module: `import scipy.special` changes what `scipy` has."""
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names if "." in alias.name}
    return set()
