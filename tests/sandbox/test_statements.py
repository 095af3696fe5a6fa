"""Cutting a cell into statements: never an error, nothing lost of what is sound, one statement for what is not."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capas.sandbox.statements import Statement, is_constant_or_definition, is_definition, names_bound, statements_of

SOUND = [
    "import math",
    "x = 3",
    "def f(a):\n    '''Text at\nthe margin.'''\n    return a + 1",
    "@staticmethod\ndef g(a):\n    return a",
    "class A:\n    def m(self):\n        return {\n            'k': 1,\n        }",
    "for i in range(3):\n    y = i\nelse:\n    z = 1",
    "# only a comment",
    "s = '''one\ntwo'''",
    "async def h():\n    await k",
    "if x:\n    pass\nelif y:\n    pass",
]
BROKEN = [
    "def softmax(a)\n    return a",
    "for i in range(3)\n    print(i)",
    'print "done"',
    "<<<<<<< HEAD",
    "def t(a):\n    a = a * 1.0\n\treturn a",
    "y = a − 1",
    "x = (1,\n     2",
    "x = [1, 2}",
    "else:\n    pass",
    "s = 'not closed",
    "!pip install rich",
    "def",
    "x = = 2",
    "print(1))",
]


def defined(statements: list[Statement]) -> set[str]:
    return {name for one in statements if one.node is not None for name in one.names}


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_is_broken_costs_itself(broken: str, place: int) -> None:
    others = ["def before(a):\n    return [a,\n            1]", "import math as after"]
    source = "\n\n".join([*others[:place], broken, *others[place:]]) + "\n"
    statements = statements_of(source)
    assert {"before", "after"} <= defined(statements)
    assert [one.error is not None for one in statements].count(True) == 1


def test_a_broken_statement_is_known_by_its_names_line_and_error() -> None:
    (_, broken, _) = statements_of("x = 1\n\ndef softmax(a)\n    return a\n\ndef g(a):\n    return a\n")
    assert (broken.line, broken.names, getattr(broken.error, "msg", "")) == (3, ["softmax"], "expected ':'")


def test_a_text_that_is_not_closed_ends_at_the_next_definition() -> None:
    source = 'def f(a):\n    """Text.\n    return a\n\nimport math\n\n\ndef g(a):\n    """Text."""\n    return a\n'
    assert defined(statements_of(source)) == {"math", "g"}


def test_lines_are_those_of_the_cell() -> None:
    statements = statements_of("def f(a)\n  return a\n\n\n@d\ndef g(a):\n    return a\n")
    assert [(one.line, one.end) for one in statements if one.node is not None] == [(5, 7)]
    assert statements[-1].node is not None
    assert statements[-1].node.lineno == 6


@given(st.lists(st.sampled_from(SOUND), max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_sound_cell_cut_and_put_together_is_the_same_program(pieces: list[str]) -> None:
    source = "\n\n".join(pieces)
    nodes = [one.node for one in statements_of(source) if one.node is not None]
    assert ast.dump(ast.Module(nodes, [])) == ast.dump(ast.parse(source))


@given(st.lists(st.sampled_from(SOUND) | st.sampled_from(BROKEN), max_size=6))
@settings(max_examples=100, deadline=None)
def test_what_is_taken_for_sound_parses_and_lies_inside(pieces: list[str]) -> None:
    source = "\n".join(pieces)
    statements = statements_of(source)
    lines = source.count("\n") + 1
    for one in statements:
        assert (one.node is None) is (one.error is not None)
        assert one.line >= 1
        if one.node is not None:
            assert one.line <= one.end <= lines
            compile(ast.Module([one.node], []), "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


@given(st.text(alphabet="def f(x):\n\t '\"#[]{}@=+−\\\0é%!;return", max_size=80) | st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_cut(source: str) -> None:
    statements_of(source)


def test_a_source_that_no_parser_takes_is_one_broken_statement() -> None:
    statements = statements_of("(" * 20_000 + "\n\ndef f():\n    return 1\n")
    assert any(one.error is not None for one in statements)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a, (b, *c) = d", ["a", "b", "c"]),
        ("import x.y, z as w", ["x", "w"]),
        ("for i in j:\n    with k as l: m = 1", ["i", "l", "m"]),
        ("def f(a):\n    b = 1", ["f"]),
        ("class A:\n    b = 1", ["A"]),
        ("x = [y for y in z]", ["x"]),
        ("if (n := 3): pass", ["n"]),
    ],
)
def test_names_bound(source: str, names: list[str]) -> None:
    assert sorted(names_bound(ast.parse(source).body[0])) == sorted(names)


@pytest.mark.parametrize(
    ("source", "definition", "constant"),
    [
        ("def f(): pass", True, True),
        ("import a", True, True),
        ("x = [1, -2.5, {'k': y.z}]", True, True),
        ("x = lambda a: a", True, True),
        ("x = f(1)", True, False),
        ("x = 10**10**8", True, False),
        ("x = 1 / 255 + 2", True, True),
        ("x = 'a' * 3", True, False),
        ("x = lambda a: f(a)", True, True),
        ("x += 1", False, False),
        ("print(1)", False, False),
        ("try:\n    import a\nexcept ImportError:\n    a = None", True, False),
        ("if x:\n    print(1)", False, False),
        ("while True: pass", False, False),
    ],
)
def test_what_counts_after_a_failure(source: str, definition: bool, constant: bool) -> None:
    (node,) = ast.parse(source).body
    assert (is_definition(node), is_constant_or_definition(node)) == (definition, constant)
