"""What a notebook has around its code, here: magics, `display`, `grader`, modules that are only stood in for."""

import importlib
import re
import types
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import Any, Literal

import numpy as np

_WRAPPERS = ("time", "timeit", "capture", "prun")
_WRAPPED = re.compile(rf"get_ipython\(\)\.run_cell_magic\('(?:{'|'.join(_WRAPPERS)})', ")


def around(namespace: dict[str, Any], names_not_called: Mapping[str, Any]) -> dict[str, Any]:
    """Return what student code finds in its namespace without having defined it."""
    shell = Shell(namespace)
    history = {"In": [""], "Out": {}, "_": "", "__": "", "___": ""}
    does_nothing = {"display": ignore, "grader": Nothing()}
    return {"get_ipython": lambda: shell, **does_nothing, **history, **names_not_called}


def wrapped_body(source: str) -> tuple[str, str] | None:
    """Return argument and body of a cell that is one magic around Python (`%%time`, `%%capture x`), else None."""
    if not _WRAPPED.match(source):
        return None
    import ast

    try:
        (statement,) = ast.parse(source).body
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
            return None
        _name, argument, body = (ast.literal_eval(item) for item in statement.value.args)
        return str(argument), str(body)
    except (SyntaxError, ValueError, RecursionError):
        return None


def forget_error_handling() -> None:
    """Have NumPy warn again where an experiment had it raise, so that no later call fails for that.

    What is ignored stays ignored: that makes no call fail.
    """
    present = np.geterr()

    def usual(kind: str) -> Literal["ignore", "warn"]:
        return "ignore" if present[kind] == "ignore" else "warn"

    np.seterr(divide=usual("divide"), over=usual("over"), under="ignore", invalid=usual("invalid"))


def ignore(*_arguments: Any, **_keywords: Any) -> None:
    """Do nothing, whatever it is called with."""


class StandIn(types.ModuleType):
    """A module in which everything exists, can be called, and does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()


class Nothing:
    """A value that can be called, has every attribute, and does nothing."""

    def __call__(self, *_arguments: Any, **_keywords: Any) -> "Nothing":
        """Return the same again."""
        return self

    def __getattr__(self, name: str) -> "Nothing":
        if name.startswith("__"):
            raise AttributeError(name)
        return self


class Shell:
    """What ``get_ipython()`` returns.

    Magics that only wrap Python run it, `%%writefile` writes into the folder that the program is in, others do
    nothing.
    """

    def __init__(self, namespace: dict[str, Any]):
        self._namespace = namespace

    def run_cell_magic(self, name: str, line: str, body: str) -> None:
        """Do what ``%%name line`` does with the cell below it."""
        if name in _WRAPPERS:
            if name == "capture" and line.strip().isidentifier():
                self._namespace[line.strip()] = Nothing()
            exec(compile(body, f"<%%{name}>", "exec"), self._namespace)
        elif name in ("writefile", "file"):
            _write(line.split(), body)

    def run_line_magic(self, name: str, line: str, *_more: Any) -> Any:
        """Do what ``%name line`` does."""
        if name == "time" and line.strip():
            exec(compile(line, f"<%{name}>", "exec"), self._namespace)
        elif name == "run" and line.split():
            path = Path(line.split()[0]).with_suffix(".py")
            exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), self._namespace)

    def getoutput(self, _command: str) -> list[str]:
        """Return what a shell command writes: nothing, as there is no shell."""
        return []

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return ignore


def _write(arguments: list[str], body: str) -> None:
    """Do as `%%writefile [-a] FILE`, always below the folder that the program is in."""
    file = PurePath(arguments[-1])
    if file.is_absolute() or ".." in file.parts:
        file = PurePath(file.name)
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if "-a" in arguments and path.exists() else ""
    path.write_text(before + body, encoding="utf-8")
    importlib.invalidate_caches()
