"""Code that was pasted with what its student does not see is read as it was seen; Python is never changed."""

import ast
from typing import Any

import pytest
from handed_in_samples import code, notebook
from hypothesis import given
from hypothesis import strategies as st

from capas.submission.answer import read_answer
from capas.submission.readable import readable

CODE = "def f(a):\n    b = a + 1\n\n    return b\n"


def parses(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def numbered(form: str, first: int = 1) -> str:
    return "".join(form.format(number, line) + "\n" for number, line in enumerate(CODE.splitlines(), first))


@pytest.mark.parametrize(
    "source",
    [
        CODE.replace(" ", "\u00a0"),
        CODE.replace("    ", "\u00a0 \u2003\u3000"),
        CODE.replace("return", "\u200breturn"),
        "\ufeff" + CODE,
        numbered("{} {}"),
        numbered("{:>4} {}"),
        numbered("{}. {}", first=8),
        numbered("{}: {}"),
        numbered("{:02}| {}"),
        numbered("{}\t{}"),
        numbered("{}  {}"),
        numbered("{} {}").replace(" ", "\u00a0"),
    ],
)
def test_it_is_read_as_it_was_seen(source: str) -> None:
    assert ast.dump(ast.parse(readable(source))) == ast.dump(ast.parse(CODE))
    assert readable(source).count("\n") == source.count("\n")
    assert read_answer("a.ipynb", notebook(code(source))).code.cells == [readable(source)]
    assert read_answer("a.py", source.encode()).code.cells == [readable(source)]


def test_in_a_script_only_the_pasted_lines_change() -> None:
    table = 'TABLE = """\n1 2\n2 3\n"""\n'
    assert readable(table + numbered("{} {}") + table) == table + CODE + table


@pytest.mark.parametrize(
    "source", ["x = 'a\u00a0b'\n", '"""\n1 def f():\n2     pass\n"""\n', "1 2\n2 3\n", "x = “a”\n", CODE]
)
def test_what_is_python_or_is_not_of_these_kinds_stays(source: str) -> None:
    assert readable(source) == source


lines = st.text(st.sampled_from("12 :.|\tdefclass ()\u00a0\u200b\ufeffa=\n\"'"), max_size=80) | st.text(max_size=40)


@given(lines)
def test_any_text_keeps_its_lines_and_python_stays(source: Any) -> None:
    assert readable(source).count("\n") == source.count("\n")
    assert not parses(source) or readable(source) == source
