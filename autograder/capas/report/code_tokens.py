"""A student's code as tokens in which names, constants, comments and layout tell nothing. Nothing is run or parsed.

Code that is no Python any more has tokens all the same, the same in every version of Python, in time that grows with
its length alone: therefore no tokenizer of a library, which stop at a mistake, cut f-strings as their version does, or
take many times as long.
"""

import builtins
import functools
import keyword
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

MAX_CHARACTERS = 200_000
"""Of all cells that are looked at; a cell that would be too much is passed over, for nobody wrote it by hand."""
MAX_TOKENS = 20_000
"""Of a definition, which is cut there."""

_TOKEN = re.compile(
    r'''
    (?P<space> [ \t\f\r]+ | \\\n | \#[^\n]* )
  | (?P<newline> \n )
  | (?P<string> (?i:[rbuft]{0,2}) (?:
        """ (?: [^\\"] | \\.? | "(?!"") )* (?: """ | \Z )
      | \'\'\' (?: [^\\'] | \\.? | '(?!'') )* (?: \'\'\' | \Z )
      | " (?: [^\\"\n] | \\.? )* "?
      | ' (?: [^\\'\n] | \\.? )* '? ) )
  | (?P<name> [^\W\d]\w* )
  | (?P<number> 0[xobXOB]\w+ | (?: \d[\d_]*\.?[\d_]* | \.\d[\d_]* ) (?: [eE][+-]?\d+ )? [jJ]? )
  | (?P<operator> \*\*= | //= | >>= | <<= | \.\.\. | [-+*/%&|^@:=<>!]= | -> | \*\* | // | << | >> | . )
    ''',
    re.VERBOSE | re.DOTALL,
)
_METHOD = re.compile(r"^[ \t]+def[ \t]+(\w+)", re.MULTILINE)
_TARGETS = re.compile(r"^([\w.,* \t\[\]]+)[-+*/@|&]?=(?!=)", re.MULTILINE)
_IMPORTED = re.compile(r"^[ \t]*(?:import|from)[ \t]([\w., \t]+)", re.MULTILINE)
_WORD = re.compile(r"\w+")
_ATTRIBUTE = re.compile(r"\.(\w+)")
_BUILTINS = frozenset(dir(builtins))
_BEGINS = frozenset({"def", "class", "async", "@"})
_CONSTANTS = frozenset({"True", "False", "None"})
_NAME, _CONSTANT, _STRING = "n", "0", "s"


class Token(NamedTuple):
    """One token: its kind, what stands there, and where that begins."""

    kind: str
    text: str
    place: int


class Names(NamedTuple):
    """What the code itself gives a name: methods and attributes of its objects; and what it imports."""

    attributes: frozenset[str]
    imported: frozenset[str]


NO_NAMES = Names(frozenset(), frozenset())


class Definition(NamedTuple):
    """What gives a name something at the top of a cell: its text, its tokens, and the names in it.

    ``codes`` are the tokens as numbers, ``spans`` where each begins and ends in the text.
    """

    name: str
    text: str
    codes: list[int]
    spans: list[tuple[int, int]]
    uses: frozenset[str]


def definitions_in(cells: Sequence[str]) -> dict[str, Definition]:
    """Return what ``cells`` define, by name; of several definitions the longest, so that a stub below hides nothing."""
    cells = _short_enough(cells)
    own = own_names(cells)
    found: dict[str, Definition] = {}
    for cell in cells:
        for statement in _statements(cell):
            one = _definition(cell, statement, own)
            if one and (one.name not in found or len(one.codes) > len(found[one.name].codes)):
                found[one.name] = one
    return found


def _short_enough(cells: Sequence[str]) -> list[str]:
    kept, left = [], MAX_CHARACTERS
    for cell in cells:
        if len(cell) <= left:
            kept.append(cell)
            left -= len(cell)
    return kept


def own_names(cells: Iterable[str]) -> Names:
    """Return the names of methods and attributes that the code itself gives, and of what it imports."""
    attributes: set[str] = set()
    imported: set[str] = set()
    for cell in cells:
        attributes.update(_METHOD.findall(cell))
        for targets in _TARGETS.findall(cell):
            attributes.update(_ATTRIBUTE.findall(targets))
        for names in _IMPORTED.findall(cell):
            imported.update(_WORD.findall(names))
    return Names(frozenset(attributes), frozenset(imported))


def codes_of(source: str, own: Names = NO_NAMES) -> list[int]:
    """Return the tokens of a whole source as numbers, alike where only names, constants or layout differ.

    Names of Python's own functions stay what they are, and so do names behind a dot but for those in ``own``: nobody
    who changes names can change those of a library, and most of what sets two short solutions apart is in them. Behind
    what is imported all stay: `np.tanh` is NumPy's though an object has a method of that name. Of a value nobody knows
    whose it is: where code has a method `sum` of its own, `x.sum()` counts as that.
    """
    tokens = list(_tokens(source))
    return [code for _, code in _coded(tokens, own)]


def _definition(cell: str, statement: list[Token], own: Names) -> Definition | None:
    words = [token.text for token in statement[:3]]
    if words[0] == "async":
        words = words[1:]
    if words[0] in ("def", "class") and len(words) > 1:
        name, body = words[1], _body(statement)
    elif statement[0].kind == "name" and len(words) > 1 and words[1] in ("=", ":"):
        name, body = words[0], statement[1:]
    else:
        return None
    end = statement[-1].place + len(statement[-1].text)
    used = pairwise(statement[len(statement) - len(body) - 1 :])
    uses = frozenset(token.text for before, token in used if _is_used(token, before))
    begin = statement[0].place
    coded = _coded(body, own)
    spans = [(token.place - begin, token.place - begin + len(token.text)) for token, _ in coded]
    return Definition(name, cell[begin:end].rstrip("\n"), [code for _, code in coded], spans, uses)


def _is_used(token: Token, before: Token) -> bool:
    """Tell whether a name may be one from the top: none behind a dot, nor that of a function defined right there."""
    return token.kind == "name" and before.text not in (".", "def", "class")


def _body(statement: list[Token]) -> list[Token]:
    """Return what stands below the first line of a function or a class, which was handed out."""
    depth = 0
    for index, token in enumerate(statement):
        depth += _deeper(token)
        if token.text == ":" and depth <= 0:
            return statement[index + 1 :]
    return []


def _statements(cell: str) -> Iterator[list[Token]]:
    """Yield the tokens of each statement at the left margin; a bracket that stays open ends at the next definition."""
    statement: list[Token] = []
    for token in _tokens(cell):
        at_margin = token.place == 0 or cell[token.place - 1] == "\n"
        is_first = not statement or statement[-1].kind == "newline"
        if at_margin and token.kind != "newline" and (is_first or token.text in _BEGINS) and statement:
            yield statement
            statement = []
        if statement or token.kind != "newline":
            statement.append(token)
    if statement:
        yield statement


def _tokens(source: str) -> Iterator[Token]:
    """Yield what is no layout, and the ends of lines that are not inside of brackets."""
    depth = 0
    for match in _TOKEN.finditer(source):
        token = Token(match.lastgroup or "", match[0], match.start())
        if token.kind == "space":
            continue
        if token.text in _BEGINS and (token.place == 0 or source[token.place - 1] == "\n"):
            depth = 0
        depth = max(0, depth + _deeper(token))
        if token.kind != "newline" or depth == 0:
            yield token


def _deeper(token: Token) -> int:
    if token.kind != "operator":
        return 0
    return (token.text in "([{") - (token.text in ")]}")


def _coded(tokens: list[Token], own: Names) -> list[tuple[Token, int]]:
    """Return the tokens that are no layout, with their numbers."""
    coded: list[tuple[Token, int]] = []
    for index, token in enumerate(tokens):
        if token.kind == "newline" or token.text == ";" or _is_alone(tokens, index):
            continue
        owner = tokens[index - 2].text if index > 0 and tokens[index - 1].text == "." else None
        coded.append((token, _number(_alike(token, owner, own))))
        if len(coded) == MAX_TOKENS:
            break
    return coded


def _is_alone(tokens: list[Token], index: int) -> bool:
    """Tell whether a text is all of its line, as a docstring is."""
    if tokens[index].kind != "string":
        return False
    before = tokens[index - 1].kind if index else "newline"
    after = tokens[index + 1].kind if index + 1 < len(tokens) else "newline"
    return before == after == "newline"


def _alike(token: Token, owner: str | None, own: Names) -> str:
    if token.kind == "string":
        return _STRING
    if token.kind == "number" or token.text in _CONSTANTS:
        return _CONSTANT
    if token.kind != "name" or keyword.iskeyword(token.text):
        return token.text
    if owner is None:
        return token.text if token.text in _BUILTINS else _NAME
    is_known = owner in own.imported or token.text not in own.attributes
    return token.text if is_known else _NAME


@functools.lru_cache(maxsize=10_000)
def _number(text: str) -> int:
    return zlib.crc32(text.encode(errors="surrogatepass"))
