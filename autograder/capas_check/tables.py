"""Compares tables of pandas with what a case expects: DataFrame, Series and Index; and tells what is in one.

What a right answer may differ in:

- Numbers differ by the tolerances of `returns` at most, whole or not, in an index too; infinite ones are the same.
- Texts are the same text by text, in categories or not; dates are, in any unit.
- What is missing is missing, be it NaN, None, NaT or NA.
- The name of a Series counts where the expected one has a name; those of an index do not.

Columns and rows are the same ones in the same order.
"""

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from capas_check.show import show
from capas_check.statements import FLOAT32_TOLERANCE, CheckFailure

if TYPE_CHECKING:
    from capas_check.values import Comparison, Place

KINDS = (pd.DataFrame, pd.Series, pd.Index)
LABELS = ("missing_columns", "extra_columns", "other_columns")
MAX_ROWS, MAX_COLUMNS = 5, 8
"""How many are shown of a table."""


def compare(comparison: "Comparison", value: Any, expected: Any, place: "Place") -> None:
    """State that the ``value`` at a ``place`` in a result is the ``expected`` table, see above."""
    fail = comparison.call._failure
    kind = _kind(expected)
    if not isinstance(value, kind):
        raise comparison.another_type(value, expected, place)
    if _are_equal(value, expected):
        return
    if kind is pd.DataFrame:
        found, wanted = value.columns.tolist(), expected.columns.tolist()
        comparison.compare_labels(found, wanted, LABELS, value, place)
        if found != wanted:
            raise fail("parts", "columns_order", place, returned=found, expected=wanted)
    if kind is pd.Series and expected.name is not None and value.name != expected.name:
        raise fail("parts", "series_name", place, returned=value.name, expected=expected.name)
    if len(value) != len(expected):
        raise fail("parts", "rows", place, length=len(value), expected_length=len(expected), returned=value)
    if kind is not pd.Index:
        _compare_index(comparison, value.index, expected.index, place)
    if kind is pd.DataFrame:
        for number, label in enumerate(wanted):
            columns = value.iloc[:, number], expected.iloc[:, number]
            _compare_column(comparison, *columns, expected.index, (*place, label))
    elif kind is pd.Series:
        _compare_column(comparison, value, expected, expected.index, place)
    else:
        _compare_index(comparison, value, expected, place)


def _are_equal(value: Any, expected: Any) -> bool:
    """Tell, in a hundredth of the time of looking closer, that two tables are the same to the last bit, as most are."""
    named = isinstance(expected, pd.Series) and expected.name is not None and value.name != expected.name
    return type(value) is type(expected) and not named and bool(value.equals(expected))


def _kind(table: Any) -> Any:
    return next(kind for kind in KINDS if isinstance(table, kind))


def _compare_index(comparison: "Comparison", value: Any, expected: Any, place: "Place") -> None:
    wrong = np.full(len(expected), value.nlevels != expected.nlevels)
    for one, other in zip(_columns(value), _columns(expected), strict=False):
        here, there = _present(one), _present(other)
        wrong |= _family(here) != _family(there) or _unlike(comparison, one, other)
    if wrong.any():
        first = int(np.argmax(wrong))
        labels = {"returned": value[first], "expected": expected[first]}
        raise comparison.call._failure("parts", "other_index", place, number=first, **labels)


def _compare_column(
    comparison: "Comparison", value: Any, expected: Any, rows: Sequence[Hashable], place: "Place"
) -> None:
    (one,), (other,) = _columns(value), _columns(expected)
    here, there = _present(one), _present(other)
    if len(here) and len(there) and _family(here) != _family(there):
        dtypes = {"dtype": str(value.dtype), "expected_dtype": str(expected.dtype)}
        raise comparison.call._failure("type", "column_type", place, returned=value, expected=expected, **dtypes)
    wrong = _unlike(comparison, one, other)
    if wrong.any():
        first = int(np.argmax(wrong))
        counts = {"wrong": str(wrong.sum()), "length": len(wrong), "row": show(rows[first])}
        both = {"returned": one.iloc[first], "expected": other.iloc[first]}
        raise comparison.call._failure("differs", "other_cells", place, **both, **counts)


def _columns(table: Any) -> list[Any]:
    """Return an index or a column as columns without labels, of an index one for each of its levels."""
    levels = (
        [table.get_level_values(level) for level in range(table.nlevels)] if isinstance(table, pd.Index) else [table]
    )
    return [_plain_column(pd.Series(level).reset_index(drop=True)) for level in levels]


def _plain_column(column: Any) -> Any:
    """Return a column without categories, and of the dtype that its values have."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.dtype.categories.dtype)
    return column.infer_objects()


def _present(column: Any) -> Any:
    return column[column.notna()].infer_objects()


def _family(column: Any) -> str:
    """Return what kind of values a column has: of two kinds none are the same."""
    types = pd.api.types
    if not len(column):
        return ""
    if types.is_bool_dtype(column.dtype):
        return "truth"
    if types.is_numeric_dtype(column.dtype):
        return "numbers"
    if types.is_timedelta64_dtype(column.dtype):
        return "spans"
    if types.is_datetime64_any_dtype(column.dtype):
        return "dates" if column.dt.tz is None else "dates of a zone"
    return "items"


def _unlike(comparison: "Comparison", value: Any, expected: Any) -> np.ndarray:
    """Return where two columns of one family and length differ."""
    there = (value.notna() & expected.notna()).to_numpy(bool)
    wrong = value.notna().to_numpy(bool) != expected.notna().to_numpy(bool)
    one, other = (column[there].infer_objects() for column in (value, expected))
    if _family(other) == "numbers" and not pd.api.types.is_complex_dtype(other.dtype):
        wrong[there] = ~_close(comparison, one, other)
    elif _family(other) == "items":
        wrong[there] = [_is_unlike(comparison, *pair) for pair in zip(one, other, strict=True)]
    else:
        wrong[there] = (one.to_numpy() != other.to_numpy()).astype(bool)
    return wrong


def _close(comparison: "Comparison", value: Any, expected: Any) -> np.ndarray:
    is_coarse = str(value.dtype).lower() == "float32"
    one, other = value.to_numpy(float), expected.to_numpy(float)
    with np.errstate(all="ignore"):
        size = np.abs(other)
        coarse = FLOAT32_TOLERANCE * np.max(size, initial=0, where=np.isfinite(size)) if is_coarse else 0
        near = np.abs(one - other) <= np.maximum(comparison.atol + comparison.rtol * size, coarse)
    return (one == other) | (near & np.isfinite(other))


def _is_unlike(comparison: "Comparison", value: Any, expected: Any) -> bool:
    if isinstance(expected, str):  # most are, and a failure is much work
        return not isinstance(value, str) or value != expected
    try:
        comparison.compare(value, expected, ())
    except CheckFailure:
        return True
    return False


def contents(table: Any) -> list[Any]:
    """Return what is in a table as lists and arrays: two of them are the same where these are."""
    if isinstance(table, pd.DataFrame):
        columns = [contents(table.iloc[:, number]) for number in range(table.shape[1])]
        return [contents(table.columns), contents(table.index), [column[-1] for column in columns]]
    if isinstance(table, pd.Series):
        return [table.name, contents(table.index), *_contents_of_columns(table)]
    return [[*table.names], *_contents_of_columns(table)]


def _contents_of_columns(table: Any) -> Iterator[Any]:
    for column in _columns(table):
        if column.dtype.kind in "mM":
            yield [column.dtype.kind, column.dt.as_unit("us").astype("int64").to_numpy()]
        elif column.dtype.kind in "biufc" and not column.isna().any():
            yield column.to_numpy(column.dtype.kind if column.dtype.kind in "bc" else float)
        elif column.dtype.kind in "iuf":
            yield column.to_numpy(float, na_value=np.nan)
        else:
            yield [None if missing else item for item, missing in zip(column, column.isna(), strict=True)]


def pieces(table: Any, digits: int) -> Iterator[str]:
    """Yield the text of a table, as one would write it, without most of its rows."""
    kind = _kind(table)
    yield f"{kind.__name__}("
    if kind is pd.DataFrame:
        shown = [
            f"{show(label)}: {_rows(table.iloc[:, number], digits)}"
            for number, label in enumerate(table.columns[:MAX_COLUMNS])
        ]
        more = ", …" if len(table.columns) > MAX_COLUMNS else ""
        yield f"{{{', '.join(shown)}{more}}}"
    else:
        yield _rows(table, digits)
    if kind is not pd.Index and not (
        isinstance(table.index, pd.RangeIndex) and table.index.equals(pd.RangeIndex(len(table)))
    ):
        yield f", index={_rows(table.index, digits)}"
    if kind is pd.Series and table.name is not None:
        yield f", name={show(table.name)}"
    yield ")"


def _rows(column: Any, digits: int) -> str:
    shown = [show(item, digits) for item in column[:MAX_ROWS].tolist()]
    return f"[{', '.join([*shown, *(['…'] if len(column) > MAX_ROWS else [])])}]"
