"""What is wrong with a TOML file of the course, for people: the question by its name, the key, the keys that exist."""

import difflib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
from msgspec.structs import fields

_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`")
_MISSING = re.compile(r"Object missing required field `(.*)`")
_CHOICE = re.compile(r"Invalid enum value '(.*)'")
_TYPES = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
_WORDS = {
    "str": "a text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}


_GOT = {"float": "one with decimals"}
"""What is said of a value where a whole number was expected: with ``expected a whole number, got``."""


def say_toml_error(path: Path, source: str, message: str, kinds: dict[str, type[msgspec.Struct]]) -> str:
    """Return msgspec's ``message`` about ``source`` as one line with file, line, place and what is expected.

    Args:
        path: the file.
        source: its text.
        message: such as ``Expected `float`, got `str` - at `$.questions[0].points` ``.
        kinds: the type of the file's own keys under "", and of the tables in it by their name.
    """
    text, _, place = message.partition(" - at `$")
    steps = [step for step in re.split(r"[.\[\]`]+", place) if step not in ("", "...")]
    table = steps[0] if steps and (len(steps) > 1 or steps[0] in kinds) else ""
    number = int(steps[1]) if len(steps) > 1 and steps[1].isdigit() else None
    where, key = _name(source, table, number), ""
    if unknown := _UNKNOWN.fullmatch(text):
        kind, key = kinds.get(table), unknown[1]
        told = f"no such key in {where}{_keys(key, kind.__struct_fields__) if kind else ''}"
    elif missing := _MISSING.fullmatch(text):
        told, place = f"is missing in {where}; every one needs it", ""
        return f"{path}{_line(source, table, number, '')}: `{missing[1]}` {told}"
    else:
        key = steps[-1] if steps else ""
        found = _TYPES.fullmatch(text)
        told = text
        if found:
            wanted = _texts_such_as(key) if _is_of_texts(kinds.get(table), key) else _word(found[1])
            told = f"expected {wanted}, got {_GOT.get(found[2]) or _word(found[2])}"
        if (chosen := _CHOICE.fullmatch(text)) and (kind := kinds.get(table)):
            told = f"expected one of {', '.join(get_args(get_type_hints(kind)[key]))}, got {chosen[1]}"
        told += f", in {where}" if table else ""
    shown = f"`{key}`: " if key else ""
    return f"{path}{_line(source, table, number, key)}: {shown}{told}"


def line_of(source: str, table: str, number: int | None, key: str) -> int | None:
    """Return the line of ``key`` in a table, given by its name and, where there are several, its number from 0."""
    lines, inside, header = source.split("\n"), table == "", None
    for index, line in enumerate(lines, 1):
        found = re.match(r"\s*\[\[?\s*([\w.\"' -]+?)\s*\]", line)
        if found:
            inside = False
            if table and found[1].partition(".")[0] == table:
                number = None if number is None else number - 1
                inside = number is None or number == -1
                header = header or (index if inside else None)
        elif inside and key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]", line):
            return index
    return header


def _line(source: str, table: str, number: int | None, key: str) -> str:
    line = line_of(source, table, number, key)
    return f", line {line}" if line else ""


def _keys(key: str, names: Sequence[str]) -> str:
    """Return the keys that may stand there, with the one that ``key`` was probably meant to be first."""
    meant = difflib.get_close_matches(key, names, 1)
    return (f"; did you mean `{meant[0]}`?" if meant else ";") + f" keys are {', '.join(f'`{name}`' for name in names)}"


def _is_of_texts(kind: type[msgspec.Struct] | None, key: str) -> bool:
    """Tell whether a text in each language stands under ``key``."""
    return kind is not None and any(one.type == dict[str, str] for one in fields(kind) if one.name == key)


def _texts_such_as(key: str) -> str:
    return f'a text in each language, as in {key}.en = "…"'


def _word(kinds: str) -> str:
    names = [kind.strip() for kind in kinds.split("|")]
    return " or ".join(_WORDS.get(name, f"`{name}`") for name in names if name != "null")  # TOML has none


def _name(source: str, table: str, number: int | None) -> str:
    """Return how a table is called: a question by its name, where it has one."""
    if not table:
        return "the file"
    if number is None:
        return f"`{table}`"
    entries: Any = msgspec.toml.decode(source).get(table)
    name = entries[number].get("name") if isinstance(entries[number], dict) else None
    return f"{table.removesuffix('s')} `{name}`" if isinstance(name, str) else f"number {number + 1} of `{table}`"
