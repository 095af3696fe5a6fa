"""Series, Index and DataFrame of pandas on the pipe: a frame of our own, column by column. Nothing is pickled.

Nothing here loads pandas: a process that has not loaded it for a course that uses it refuses tables. A column is a list
``[dtype, values]``. Numbers and dates of NumPy travel as one array, categories as a column of their own and places in
it, all else item by item.
"""

import re
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from capas.sandbox.wire.containers import refuse_equal_hashes
from capas.sandbox.wire.errors import TooLargeError, WireError

FRAME, SERIES, INDEX, MISSING, MOMENT, SPAN = 30, 31, 32, 33, 34, 35
"""MessagePack extension codes."""
MAX_NUMBERS = 1_000_000
"""How many a table may hold."""
MAX_COLUMNS = 3_000
"""How many columns a frame's tables, Series and indices may have together: each takes pandas a while to make."""
_SLOW = 10
"""A column of categories, or of times in a zone, takes as long as so many of numbers."""
_UNITS = ("s", "ms", "us", "ns")
_PLAIN_KINDS = "biufcmM"
_ITEMWISE = re.compile(r"U?Int(8|16|32|64)|Float(32|64)|boolean|str|string|object")
_ZONED = re.compile(r"datetime64\[(s|ms|us|ns), ([A-Za-z_]+(?:/[A-Za-z_]+){0,2}|UTC[+-]\d\d:\d\d)\]")

Pack = Callable[[Any], Any]


class _Made(threading.local):
    columns = 0


_made = _Made()


def begin_frame() -> None:
    """Count columns anew: what comes now is another frame."""
    _made.columns = 0


def pandas_loaded() -> Any:
    """Return the module pandas where something has loaded it, else None."""
    return sys.modules.get("pandas")


def is_tabular(value: Any) -> bool:
    """Tell whether a value is of a kind of pandas that travels; subclasses are not."""
    pandas = pandas_loaded()
    return pandas is not None and (
        type(value) in (pandas.DataFrame, pandas.Series, pandas.Timestamp, pandas.Timedelta)
        or value is pandas.NA
        or value is pandas.NaT
        or (isinstance(value, pandas.Index) and type(value).__module__.partition(".")[0] == "pandas")
    )


def pack_tabular(value: Any, pack: Pack) -> tuple[int, Any]:
    """Return the extension of a value for which `is_tabular` holds, and what it holds, packed.

    Raises:
        WireError: when it has a dtype that may not travel, or is too large.
    """
    pandas = pandas_loaded()
    if value is pandas.NA or value is pandas.NaT:
        return MISSING, value is pandas.NaT
    if isinstance(value, pandas.Timestamp):
        zone = str(value.tz) if value.tz is not None else ""
        if zone and not _ZONED.fullmatch(f"datetime64[ns, {zone}]"):
            raise WireError(f"a Timestamp in the time zone {zone}")
        return MOMENT, [_count(value), value.unit, zone]
    if isinstance(value, pandas.Timedelta):
        return SPAN, [_count(value), value.unit]
    if isinstance(value, pandas.Index):
        return INDEX, _pack_index(value, pack)
    if isinstance(value, pandas.Series):
        _refuse_large(len(value))
        return SERIES, [_pack_index(value.index, pack), pack(value.name), _pack_column(value, pack)]
    _refuse_large(max(len(value), 1) * max(len(value.columns), 1))
    columns = [_pack_column(value.iloc[:, place], pack) for place in range(len(value.columns))]
    return FRAME, [_pack_index(value.index, pack), _pack_index(value.columns, pack), columns]


def _refuse_large(cells: int) -> None:
    if cells > MAX_NUMBERS:
        raise TooLargeError(f"a table of {cells} cells")


def _count(value: Any) -> int:
    return int(value.asm8.astype("i8"))


def _pack_index(index: Any, pack: Pack) -> list[Any]:
    pandas = pandas_loaded()
    _refuse_large(len(index) * index.nlevels)
    names = [pack(name) for name in index.names]
    if type(index) is pandas.RangeIndex:
        return ["range", names, [index.start, index.stop, index.step]]
    levels = [_pack_column(index.get_level_values(level), pack) for level in range(index.nlevels)]
    return ["levels" if index.nlevels > 1 else "values", names, levels]


def _count_column(kind: str) -> None:
    _made.columns += _SLOW if kind == "categories" or _ZONED.fullmatch(kind) else 1
    if _made.columns > MAX_COLUMNS:
        raise TooLargeError(f"tables of more than {MAX_COLUMNS} columns")


def _pack_column(column: Any, pack: Pack) -> list[Any]:
    pandas = pandas_loaded()
    dtype: Any = column.dtype
    _count_column("categories" if isinstance(dtype, pandas.CategoricalDtype) else str(dtype))
    if getattr(dtype, "kind", "") in _PLAIN_KINDS and type(dtype).__module__.startswith("numpy"):
        return ["array", pack(np.asarray(column.to_numpy()))]
    if isinstance(dtype, pandas.CategoricalDtype):
        if isinstance(column, pandas.Series):
            column = column.array
        return ["categories", [pack(np.asarray(column.codes)), _pack_column(dtype.categories, pack), dtype.ordered]]
    name = str(dtype)
    if _ZONED.fullmatch(name):
        utc = column.dt.tz_convert("UTC") if isinstance(column, pandas.Series) else column.tz_convert("UTC")
        return [name, pack(utc.to_numpy(dtype=f"M8[{dtype.unit}]"))]
    if _ITEMWISE.fullmatch(name):
        return [name, [pack(item) for item in column.tolist()]]
    raise WireError(f"a table with a column of dtype {name}")


def unpack_tabular(code: int, items: Any) -> Any:
    """Return the value of pandas in an extension's items, which may be anything.

    Raises:
        WireError: when they are not those of one, or this process works with no tables.
    """
    if pandas_loaded() is None:
        raise WireError("a table, where none is worked with")
    try:
        return _UNPACKERS[code](items)
    except WireError:
        raise
    except Exception as error:  # whatever pandas says of what no honest program sends
        raise WireError(f"a table that is none ({type(error).__name__})") from None


def _unpack_missing(is_time: Any) -> Any:
    return pandas_loaded().NaT if is_time is True else pandas_loaded().NA


def _unpack_series(items: Sequence[Any]) -> Any:
    index, name, column = items
    hash(name)
    return pandas_loaded().Series(_unpack_column(column), index=_unpack_index(index), name=name)


def _unpack_frame(items: Sequence[Any]) -> Any:
    index, names, columns = _unpack_index(items[0]), _unpack_index(items[1]), items[2]
    if len(names) != len(columns):
        raise WireError("a table of other columns than it names")
    _refuse_large(max(len(index), 1) * max(len(names), 1))
    frame = pandas_loaded().DataFrame(dict(enumerate(map(_unpack_column, columns))), index=index)
    frame.columns = names
    return frame


def _unpack_span(items: Sequence[Any]) -> Any:
    count, unit = items
    if type(count) is not int or unit not in _UNITS:
        raise WireError("a span in another unit")
    return pandas_loaded().Timedelta(np.timedelta64(count, unit))


def _unpack_moment(items: Sequence[Any]) -> Any:
    count, unit, zone = items
    if type(count) is not int or unit not in _UNITS or (zone and not _ZONED.fullmatch(f"datetime64[{unit}, {zone}]")):
        raise WireError("a time in another unit or zone")
    moment = pandas_loaded().Timestamp(np.datetime64(count, unit))
    return moment.tz_localize("UTC").tz_convert(zone) if zone else moment


def _unpack_index(items: Sequence[Any]) -> Any:
    pandas, (kind, names, content) = pandas_loaded(), items
    if kind == "range":
        index = pandas.RangeIndex(*content)
        _refuse_large(len(index))
    elif kind == "values":
        (column,) = content
        index = _index_of(_unpack_column(column))
    elif kind == "levels":
        columns = [_unpack_column(column) for column in content]
        _refuse_large(sum(map(len, columns)))
        index = pandas.MultiIndex.from_arrays([_index_of(column) for column in columns])
    else:
        raise WireError("an index of another kind")
    index.names = names
    return index


def _unpack_column(items: Sequence[Any]) -> Any:
    """Return a column's values, as long as they are: never one value for all rows."""
    pandas, (name, content) = pandas_loaded(), items
    _count_column(name)
    if name == "array":
        return _flat(content, _PLAIN_KINDS)
    if name == "categories":
        codes, categories, ordered = content
        dtype = pandas.CategoricalDtype(_index_of(_unpack_column(categories)), ordered is True)
        return pandas.Categorical.from_codes(_flat(codes, "i"), dtype=dtype)
    zoned = _ZONED.fullmatch(name)
    if zoned:
        utc = pandas.DatetimeIndex(_flat(content, "M")).tz_localize("UTC")
        return pandas.array(utc.tz_convert(zoned[2]))
    if type(content) is not list or not _ITEMWISE.fullmatch(name):
        raise WireError("a column of another kind")
    if name != "object":
        return pandas.array(content, dtype=name)
    column = np.empty(len(content), dtype=object)
    for place, item in enumerate(content):
        column[place] = item
    return pandas.Series(column, dtype=object).array


def _index_of(column: Any) -> Any:
    pandas = pandas_loaded()
    if str(column.dtype) == "object":
        refuse_equal_hashes(list(column))
        return pandas.Index(column, dtype=object)
    return pandas.Index(column)


def _flat(array: Any, kinds: str) -> np.ndarray:
    if not isinstance(array, np.ndarray) or array.ndim != 1 or array.dtype.kind not in kinds:
        raise WireError("a column that is not one array")
    return array


_UNPACKERS: dict[int, Callable[[Any], Any]] = {
    FRAME: _unpack_frame,
    SERIES: _unpack_series,
    INDEX: _unpack_index,
    MISSING: _unpack_missing,
    MOMENT: _unpack_moment,
    SPAN: _unpack_span,
}
