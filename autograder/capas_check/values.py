"""Compares results that are not of numbers only: text, truth values, dates, lists, sets, dicts, one inside the other.

What a right answer may differ in:

- Lists, tuples and arrays of the same items are alike; so are sets and frozen sets, and NumPy's texts, truth values
  and dates and those of Python. The order of a set or a dict does not count.
- Numbers differ by the tolerances of `returns` at most, wherever they stand, in sets too; whole ones or not. Keys of
  dicts are the same.
- A truth value is no number, a text is no bytes, a date is none with a time, a table is neither a list nor a dict.
- A text is the same letter by letter.
"""

import datetime
import sys
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import Any

import numpy as np

from capas_check.show import PLAIN, as_array, package, show, tables_for, type_name
from capas_check.statements import UNFINISHED, Call, CheckFailure, is_numeric

Place = tuple[Any, ...]

ATOMS = (bool, str, bytes, datetime.datetime, datetime.date, datetime.time, datetime.timedelta)
"""Kinds of which one is never like another. A date with a time is a date to Python, so it comes first."""
BUILTINS = (type(None), bool, int, float, complex, str, bytes, bytearray, range)
MAX_DEPTH = 24
"""What of Python's own can be sent to a judge, and how deep it may be nested: here nothing else passes either."""
SHOWN, MAX_TRIED = 15, 1000


def compare(call: Call, expected: Any, rtol: float, atol: float) -> None:
    """State that the result of ``call`` equals ``expected``, see above; CheckFailure tells the first difference."""
    if (kind := type_name(expected)) in UNFINISHED:
        raise TypeError(f"returns() got a {kind}, which nothing equals; write list(…) around it")
    value = call.value
    if told := _unsendable(value, 0):
        raise call._failure("type", "unsendable", error=told)
    try:
        Comparison(call, rtol, atol).compare(value, expected, ())
    except CheckFailure:
        raise
    except Exception:  # numbers or dates too large to be compared: they are not those of a case
        raise call._failure("differs", "value", returned=value, expected=expected) from None


class Comparison:
    """Compares what is in the result of a ``call`` with what it should be; its failures are those of the call."""

    def __init__(self, call: Call, rtol: float, atol: float):
        self.call, self.rtol, self.atol = call, rtol, atol

    def compare(self, value: Any, expected: Any, place: Place) -> None:
        """State that ``value``, which is at a ``place`` in the result, equals ``expected``."""
        value, expected = _plain(value), _plain(expected)
        if value is None and expected is not None:
            raise self.call._failure("nothing", "", place, expected=expected)
        if tables_for(expected):
            self.call.load("tables").compare(self, value, expected, place)
        elif is_numeric(expected):
            self.call.compare_numbers(value, expected, place, self.rtol, self.atol)
        elif isinstance(expected, (list, tuple, np.ndarray)):
            self._compare_lists(value, expected, place)
        elif isinstance(expected, (set, frozenset)):
            self._compare_sets(value, expected, place)
        elif isinstance(expected, dict):
            self._compare_dicts(value, expected, place)
        else:
            self._compare_atoms(value, expected, place)

    def another_type(self, value: Any, expected: Any, place: Place) -> CheckFailure:
        """Return the failure of a value that is of another type than the expected one."""
        types = {"type": _type_name(value), "expected_type": _type_name(expected)}
        return self.call._failure("type", "another_type", place, returned=value, expected=expected, **types)

    def _compare_lists(self, value: Any, expected: Any, place: Place) -> None:
        if tables_for(value) and value.ndim == 1:
            value = value.tolist()
        if not isinstance(value, (list, tuple, np.ndarray)):
            raise self.another_type(value, expected, place)
        if len(value) != len(expected):
            lengths = {"length": len(value), "expected_length": len(expected)}
            raise self.call._failure("parts", "another_length", place, returned=value, expected=expected, **lengths)
        for index in _unlike(value, expected):
            self.compare(value[index], expected[index], (*place, index))

    def _compare_sets(self, value: Any, expected: Any, place: Place) -> None:
        if not isinstance(value, (set, frozenset)):
            raise self.another_type(value, expected, place)
        missing, extra = _without(expected, value), _without(value, expected)
        if len(extra) <= MAX_TRIED:  # numbers that only rounding keeps from being there
            for one in filter(_is_number, list(missing)):
                near = (other for other in extra if _is_number(other) and self._is_near(other, one))
                if (found := next(near, None)) is not None:
                    missing.remove(one)
                    extra.remove(found)
        self._require_same(missing, extra, ("missing_items", "extra_items", "other_items"), value, place)

    def _is_near(self, value: Any, expected: Any) -> bool:
        return bool(abs(value - expected) <= self.atol + self.rtol * abs(expected))

    def _compare_dicts(self, value: Any, expected: Any, place: Place) -> None:
        if not isinstance(value, dict):
            raise self.another_type(value, expected, place)
        self.compare_labels(value, expected, ("missing_keys", "extra_keys", "other_keys"), value, place)
        for key, item in expected.items():
            self.compare(value[key], item, (*place, _plain(key)))

    def compare_labels(
        self, found: Collection[Any], wanted: Collection[Any], keys: Sequence[str], returned: Any, place: Place
    ) -> None:
        """State that no labels are missing or too many; ``keys`` are those of what is told then, and of both."""
        self._require_same(_without(wanted, found), _without(found, wanted), keys, returned, place)

    def _require_same(
        self, missing: list[Any], extra: list[Any], keys: Sequence[str], returned: Any, place: Place
    ) -> None:
        if missing or extra:
            key = keys[0] if not extra else keys[1] if not missing else keys[2]
            told = {name: items for name, items in {"missing": missing, "extra": extra}.items() if items}
            raise self.call._failure("parts", key, place, returned=returned, **told)

    def _compare_atoms(self, value: Any, expected: Any, place: Place) -> None:
        if isinstance(expected, complex) and isinstance(value, (int, float, complex, np.number)):
            same = self._is_near(value, expected)
        else:
            kind = next((kind for kind in ATOMS if isinstance(expected, kind)), None)
            if kind is not next((kind for kind in ATOMS if isinstance(value, kind)), None):
                raise self.another_type(value, expected, place)
            # Of other objects nothing is asked; those of a judge have nothing of the student's.
            ours = kind is not None or package(value) == "capas"
            same = value is expected or (ours and value == expected)
        if not same and isinstance(expected, (str, bytes)):
            raise self._other_text(value, expected, place)
        if not same:
            raise self.call._failure("differs", "value", place, returned=value, expected=expected)

    def _other_text(self, value: Any, expected: Any, place: Place) -> CheckFailure:
        one, other = (text.decode("latin-1") if isinstance(text, bytes) else text for text in (value, expected))
        differing = (place for place, (here, there) in enumerate(zip(one, other, strict=False)) if here != there)
        start = next(differing, min(len(one), len(other)))
        key, where = "another_text", {"character": start + 1}
        if "\n" in other.strip():
            key, before = "another_line", other[:start]
            where = {"line": before.count("\n") + 1, "character": start - before.rfind("\n")}
        elif one.split() == other.split():
            key = "other_spaces"
        elif one.lower() == other.lower():
            key = "other_capitals"
        parts = {"here": value[start : start + SHOWN], "there": expected[start : start + SHOWN]}
        told = {name: show(part) for name, part in parts.items()}
        return self.call._failure("differs", key, place, returned=value, expected=expected, **told, **where)


def _type_name(value: Any) -> str:
    """Return the name of the plain type that a value is of, also of one derived from it."""
    kinds = (*BUILTINS[1:-1], list, tuple, dict, set, frozenset)
    return next((kind.__name__ for kind in kinds if isinstance(value, kind)), type_name(value))


def _plain(value: Any) -> Any:
    """Return what is as good as a value, of Python's own kinds where it is one of NumPy's."""
    if isinstance(value, np.ndarray) and not value.ndim:
        value = value[()]
    if isinstance(value, (np.datetime64, np.timedelta64)):
        day = np.datetime_data(value.dtype)[0] in ("Y", "M", "W", "D")
        return value.astype(f"{value.dtype.kind}8[{'D' if day else 'us'}]").item()
    if isinstance(value, (np.bool_, np.str_, np.bytes_)):
        return value.item()
    return bytes(value) if isinstance(value, bytearray) else list(value) if isinstance(value, range) else value


def _unlike(value: Any, expected: Any) -> Iterable[int]:
    """Return the places of items that are to be compared: in arrays of one kind those that are not the same."""
    arrays = isinstance(value, np.ndarray) and isinstance(expected, np.ndarray) and value.shape == expected.shape
    if not arrays or value.dtype.kind != expected.dtype.kind or value.dtype.kind not in "bUS":
        return range(len(expected))
    return np.flatnonzero(np.any((value != expected).reshape(len(expected), -1), axis=1)).tolist()


def _without(some: Collection[Any], others: Collection[Any]) -> list[Any]:
    """Return the items of ``some`` that are not among ``others``, in order; a truth value is no number."""
    known = set(map(_key, others))
    return sorted((_plain(one) for one in some if _key(one) not in known), key=show)


def _key(item: Any) -> Hashable:
    if isinstance(item, tuple):
        return tuple(map(_key, item))
    return isinstance(item, (bool, np.bool_)), item


def _is_number(item: Any) -> bool:
    return isinstance(item, (int, float, np.number)) and not isinstance(item, bool)


def _unsendable(value: Any, depth: int) -> str:
    """Return what of a value could not be sent to a judge, in the words of the sandbox; "" where all can."""
    if isinstance(value, (list, tuple, dict, set, frozenset)):
        if depth >= MAX_DEPTH:
            return f"nested deeper than {MAX_DEPTH} levels"
        items = [item for pair in value.items() for item in pair] if isinstance(value, dict) else value
        return next(filter(None, (_unsendable(item, depth + 1) for item in items)), "")
    module = package(value)
    if module in PLAIN:
        sendable = module != "builtins" or isinstance(value, BUILTINS)
    else:
        file = str(getattr(sys.modules.get(module), "__file__", ""))
        sendable = isinstance(value, BUILTINS) or not (module in sys.stdlib_module_names or "-packages" in file)
    return "" if sendable or as_array(value).dtype != object else f"a value of type {type(value).__name__}"
