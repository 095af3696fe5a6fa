"""Values of known classes on their way between judge and program: each is told by what it is made of.

What travels as it is, is in `wire/values.py`. Here are the classes of Python and of common libraries that look like
plain data to whoever writes a test, but are not: ``np.str_``, ``Counter``, a `datascience` table, a function of NumPy.
Both sides use this module; on the judge's, what is rebuilt comes from libraries of its own and never from the program.
"""

import contextlib
import importlib
import math
import re
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from capas.sandbox.wire import Composed, WireError

_PLAIN: frozenset[Any] = frozenset({type(None), bool, int, float, complex, str, bytes})
SAFE_MODULES = frozenset(
    {
        *("math", "cmath", "statistics", "random", "string", "re", "itertools", "functools", "operator", "collections"),
        *("datetime", "fractions", "decimal", "numbers", "numpy", "pandas", "scipy", "datascience", "babypandas"),
    }
)
"""Top-level modules whose functions the judge may call with what a test gives them, whatever name they go by."""
UNSAFE_MODULES = (
    *("numpy.f2py", "numpy.testing", "numpy.distutils", "numpy.ctypeslib"),
    *("pandas.io", "pandas.core.computation", "scipy.io", "scipy.datasets"),
)
UNSAFE_NAMES = re.compile(
    r"read_.*|load.*|save.*|to_pickle|.*memmap|from(file|regex)|genfromtxt|DataSource|Excel.*|HDFStore|open.*|eval"
)
"""Functions in them that read or write files, or run code in a text: they say that they are from the top."""
MAX_ITEMS, MAX_DIGITS = 1_000_000, 5_000
"""How many items a range or an array of objects may have on the judge's side, how many digits a decimal number."""


def described(value: Any, other: Callable[[Any], Any] = lambda value: value) -> Any:
    """Return ``value`` as what may travel, with `Composed` for values of known classes, and ``other`` for the rest."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind is list or kind is tuple or kind is set or kind is frozenset:
        return kind(described(item, other) for item in value)
    if kind is dict:
        return {described(key, other): described(item, other) for key, item in value.items()}
    if kind is np.ndarray and value.dtype == object:
        return Composed(
            "object_array", [list(value.shape), [described(item, other) for item in value.ravel().tolist()]]
        )
    if kind is np.ndarray or (isinstance(value, np.generic) and value.dtype.kind in "biufcmM"):
        return value
    if kind is types.ModuleType:
        return _described_module(value, other)
    compose = _COMPOSE.get(f"{str(kind.__module__).partition('.')[0]}.{kind.__qualname__}")
    if compose is not None:
        name, parts = compose(value)
        return Composed(name, described(parts, other))
    if callable(value) and (place := _place_of(value)) is not None:
        return Composed("import", list(place))
    return other(value)


def _described_module(module: Any, other: Callable[[Any], Any]) -> Any:
    return Composed("module", module.__name__) if _is_safe(module.__name__) else other(module)


def rebuilt(composed: Composed) -> Any:
    """Return the value that was told as ``composed``, whose parts are rebuilt already.

    Raises:
        WireError: when there is no such value, as whoever told it may have made it up.
    """
    try:
        return _REBUILD[composed.kind](composed.parts)
    except Exception as error:
        raise WireError(f"no {composed.kind}: {type(error).__name__}") from None


def _is_safe(module: str) -> bool:
    return module.partition(".")[0] in SAFE_MODULES and not module.startswith(UNSAFE_MODULES)


def _place_of(value: Any) -> tuple[str, str] | None:
    """Return module and name by which a function or class of a library is found, None for all others."""
    if isinstance(value, types.BuiltinMethodType) and isinstance(value.__self__, (np.random.RandomState,)):
        return None  # its state is the program's
    name = getattr(value, "__name__", None)
    module = getattr(value, "__module__", None) or ("numpy" if isinstance(value, np.ufunc) else None)
    if not (isinstance(name, str) and isinstance(module, str)):
        return None
    if module != "builtins" and (not _is_safe(module) or UNSAFE_NAMES.fullmatch(name)):
        return None
    found = vars(sys.modules.get(module, types.ModuleType(""))).get(name)
    return (module, name) if found is value else None


def _imported(parts: Any) -> Any:
    module, name = parts
    if module == "builtins" and name in _BUILTINS:
        return _BUILTINS[name]
    if not _is_safe(module) or "." in name:
        raise ValueError(module)
    found = getattr(importlib.import_module(module), name)
    home = getattr(found, "__module__", None) or module
    names = name, str(getattr(found, "__name__", ""))
    if not callable(found) or not _is_safe(home) or any(map(UNSAFE_NAMES.fullmatch, names)):
        raise ValueError(name)
    return found


def _module(name: Any) -> types.ModuleType:
    if not _is_safe(name):
        raise ValueError(name)
    return importlib.import_module(name)


_PRINT_OPTIONS = ("precision", "threshold", "edgeitems", "linewidth", "suppress", "sign", "floatmode", "legacy")


def print_options() -> dict[str, Any]:
    """Return how NumPy shows numbers now."""
    return {name: value for name, value in np.get_printoptions().items() if name in _PRINT_OPTIONS}


_TABLE_OPTIONS = [
    f"display.{name}"
    for name in ("max_rows", "min_rows", "max_columns", "width", "max_colwidth", "precision", "show_dimensions")
]


def table_options() -> dict[str, Any]:
    """Return how pandas shows tables now, nothing where it is not loaded."""
    pandas: Any = sys.modules.get("pandas")
    return {name: pandas.get_option(name) for name in _TABLE_OPTIONS} if pandas is not None else {}


@contextlib.contextmanager
def printing_with(options: Any) -> Iterator[None]:
    """Have NumPy and pandas show what they do as in a notebook; what are no such options change nothing."""
    before, tables_before = print_options(), table_options()
    with contextlib.suppress(Exception):
        np.set_printoptions(**{name: options[name] for name in _PRINT_OPTIONS if name in options})
        _set_table_options({name: options[name] for name in tables_before if name in options})
    try:
        yield
    finally:
        np.set_printoptions(**before)
        _set_table_options(tables_before)


def _set_table_options(options: dict[str, Any]) -> None:
    pandas: Any = sys.modules.get("pandas")
    for name, value in options.items():
        pandas.set_option(name, value)


_BUILTINS: dict[str, Any] = {
    str(getattr(kind, "__name__", "")): kind
    for kind in (
        *(bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, range, type, object),
        *(abs, all, any, divmod, len, max, min, pow, round, sorted, sum, repr, zip, map, filter, enumerate, reversed),
    )
}


def _object_array(parts: Any) -> np.ndarray:
    shape, items = parts
    if math.prod(max(length, 1) for length in shape) > MAX_ITEMS:
        raise ValueError(shape)  # one axis may be long where another is empty
    array = np.empty(len(items), dtype=object)
    for place, item in enumerate(items):
        array[place] = item
    return array.reshape(shape)


def _range(parts: Any) -> range:
    made = range(*map(int, parts))
    if made[MAX_ITEMS:]:
        raise WireError("a range of too many numbers")
    return made


def _decimal(text: Any) -> Any:
    number = importlib.import_module("decimal").Decimal(text)
    if len(text) > MAX_DIGITS or (number and number.is_finite() and abs(number.adjusted()) > MAX_DIGITS):
        raise WireError("a decimal number of too many digits")  # before its point, or after it
    return number


def _kept(rebuild: Callable[[Any], Any], parts: Any) -> Any:
    rebuild(parts)  # what would be refused there is not sent
    return parts


def _columns(table: Any) -> Iterator[Any]:
    for label in table.labels:
        yield [label, table.column(label)]


def _table(parts: Any) -> Any:
    from datascience import Table  # type: ignore[import-not-found]

    table = Table()
    for label, column in parts:
        table[label] = column
    return table


def _baby(name: str) -> Callable[[Any], Any]:
    def make(parts: Any) -> Any:
        module = importlib.import_module("babypandas")
        kind = getattr(module, name, None) or getattr(importlib.import_module("babypandas.bpd"), name)
        return kind(data=parts)

    return make


def _counted(name: str) -> Callable[[Any], tuple[str, Any]]:
    return lambda value: (name, dict(value))


_COMPOSE: dict[str, Callable[[Any], tuple[str, Any]]] = {
    "numpy.str_": lambda value: ("str_", str(value)),
    "builtins.range": lambda value: ("range", _kept(_range, [value.start, value.stop, value.step])),
    "builtins.ellipsis": lambda value: ("ellipsis", None),
    "builtins.slice": lambda value: ("slice", [value.start, value.stop, value.step]),
    "collections.Counter": _counted("Counter"),
    "collections.OrderedDict": _counted("OrderedDict"),
    "fractions.Fraction": lambda value: ("Fraction", [value.numerator, value.denominator]),
    "decimal.Decimal": lambda value: ("Decimal", _kept(_decimal, str(value))),
    "pandas.Timestamp": lambda value: ("Timestamp", value.isoformat()),
    "datascience.Table": lambda value: ("Table", list(_columns(value))),
    "babypandas.DataFrame": lambda value: ("BabyFrame", value._pd),
    "babypandas.Series": lambda value: ("BabySeries", value._pd),
}
_REBUILD: dict[str, Callable[[Any], Any]] = {
    "str_": lambda parts: np.str_(parts),
    "range": _range,
    "ellipsis": lambda parts: ...,
    "slice": lambda parts: slice(*parts),
    "Counter": lambda parts: importlib.import_module("collections").Counter(parts),
    "OrderedDict": lambda parts: importlib.import_module("collections").OrderedDict(parts),
    "Fraction": lambda parts: importlib.import_module("fractions").Fraction(*parts),
    "Decimal": _decimal,
    "Timestamp": lambda parts: importlib.import_module("pandas").Timestamp(parts),
    "Table": _table,
    "BabyFrame": _baby("DataFrame"),
    "BabySeries": _baby("Series"),
    "object_array": _object_array,
    "module": _module,
    "import": _imported,
}
