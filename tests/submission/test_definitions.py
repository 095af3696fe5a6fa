"""Which statements are looked at closely does not change what is found in them."""

import ast

from hypothesis import given
from hypothesis import strategies as st

from capas.submission.definitions import _is_stub, _says_nothing, definitions

BEGINNINGS = [
    "x",
    "x, y",
    "x: int",
    "def f():",
    "async def f(a):",
    "class A:",
    "@d",
    "from a import b",
    "if x:",
    "x: y",
]
PIECES = [
    " = ",
    "...",
    "pass",
    "return",
    "\n    ",
    "\n",
    "1",
    "x",
    ";",
    "(",
    ")",
    "raise NotImplementedError",
    "# ...",
    "'s'",
]
sources = st.tuples(st.sampled_from(BEGINNINGS), st.lists(st.sampled_from(PIECES), max_size=6)).map(
    lambda parts: parts[0] + "".join(parts[1])
)


@given(sources)
def test_a_statement_is_a_stub_where_its_tree_says_nothing(source: str) -> None:
    try:
        (node, *_) = ast.parse(source).body
    except SyntaxError:
        assert not _is_stub(source)
    else:
        is_definition = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        # A decorator stands alone: what it decorates is looked at from its own first line.
        if not (is_definition and source.startswith("@")) and not isinstance(node, ast.AnnAssign):
            assert _is_stub(source) == _says_nothing(node)


def test_what_gives_no_value_is_no_answer() -> None:
    found = definitions(["x = ...\ny: int = ...\nz = 1\ndef f():\n    ...\n", "def g():\n    return 1\n"])
    assert (found.stubs, found.answered) == ({"x", "y", "f"}, {"z", "g"})
