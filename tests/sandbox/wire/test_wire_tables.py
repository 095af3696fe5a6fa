"""Tables of pandas arrive as they left, dtypes, index and missing values and all; nothing else gets in their frame."""

import datetime
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire_data import extension, plain_data, reply_holding, travelled

from capas.sandbox import wire
from capas.sandbox.wire import TooLargeError, WireError
from capas.sandbox.wire.tables import FRAME, INDEX, MOMENT, SERIES, SPAN, pandas_loaded
from capas.sandbox.wire.values import encode_plain

pandas: Any = pytest.importorskip("pandas", reason="tables are those of pandas, which is not installed")
testing = pandas.testing

MISSING_TEXT = pandas.Series(["x", None, "z"])
TABLE = pandas.DataFrame(
    {
        "whole": [1, 2, 3],
        "real": [1.0, np.nan, 3.0],
        "small": np.array([1, 2, 3], dtype="int8"),
        "text": MISSING_TEXT,
        "category": pandas.Categorical(["u", "v", None], categories=["v", "u"], ordered=True),
        "objects": pandas.Series([1, "x", None], dtype=object),
        "texts_as_objects": MISSING_TEXT.astype(object),
        "dates": pandas.Series([datetime.date(2024, 1, 1)] * 3),
        "moment": pandas.to_datetime(["2024-01-01", None, "2024-01-03"]),
        "zoned": pandas.date_range("2024-01-01", periods=3, tz="America/Bogota"),
        "span": pandas.to_timedelta([1, 2, 3], unit="h"),
        "nullable": pandas.array([1, None, 3], dtype="Int64"),
        "nullable_real": pandas.array([1.5, None, 3], dtype="Float64"),
        "nullable_bool": pandas.array([True, None, False], dtype="boolean"),
        "string": pandas.array(["a", None, "c"], dtype="string"),
        "bool": [True, False, True],
    },
    index=pandas.Index(["r1", "r2", "r3"], name="row"),
)
FRAMES = {
    "all dtypes": TABLE,
    "transposed": TABLE[["whole", "text"]].T,
    "index of levels": TABLE.set_index(["whole", "text"]),
    "pivoted": TABLE.reset_index().pivot_table(index="whole", columns="text", values="real"),
    "columns of levels": TABLE.groupby("category", observed=True).agg({"whole": ["mean", "sum"]}),
    "no rows": TABLE.iloc[:0],
    "no columns": TABLE[[]],
    "nothing": pandas.DataFrame(),
    "a name twice": pandas.concat([TABLE[["whole"]], TABLE[["whole"]]], axis=1),
    "described": TABLE.describe(),
    "by number": pandas.DataFrame(np.ones((2, 3))),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_arrives_as_it_left(name: str) -> None:
    testing.assert_frame_equal(travelled(FRAMES[name]), FRAMES[name], check_freq=False)


@pytest.mark.parametrize("name", TABLE.columns)
def test_a_series_arrives_as_it_left(name: str) -> None:
    testing.assert_series_equal(travelled(TABLE[name]), TABLE[name])
    testing.assert_series_equal(travelled({"inside": [TABLE[name]]})["inside"][0], TABLE[name])


@pytest.mark.parametrize(
    "index",
    [
        TABLE.index,
        TABLE.columns,
        pandas.RangeIndex(2, 9, 3, name="n"),
        pandas.date_range("2024-01-01", periods=3),
        pandas.MultiIndex.from_tuples([(1, "a"), (2, "b")], names=["x", None]),
        pandas.CategoricalIndex(["a", "b"]),
    ],
    ids=lambda index: type(index).__name__,
)
def test_an_index_arrives_as_it_left(index: Any) -> None:
    testing.assert_index_equal(travelled(index), index)


@pytest.mark.parametrize("zone", [None, "UTC", "America/Bogota"])
def test_moments_and_spans_arrive_to_the_nanosecond(zone: str | None) -> None:
    for value in (pandas.Timestamp("2024-01-01 10:00:00.000000001", tz=zone), pandas.Timedelta("1h 1ns")):
        assert (type(travelled(value)), travelled(value)) == (type(value), value)
    assert travelled(pandas.NA) is pandas.NA
    assert travelled(pandas.NaT) is pandas.NaT


@pytest.mark.parametrize(
    "value",
    [
        pandas.Series(pandas.period_range("2024", periods=2)),
        pandas.interval_range(0, 2),
        pandas.Series([object()]),
        pandas.Series([len]),
        pandas.arrays.SparseArray([0, 1]),
        pandas.Period("2024"),
        pandas,
    ],
    ids=lambda value: type(value).__name__,
)
def test_other_kinds_are_refused(value: Any) -> None:
    with pytest.raises(WireError):
        travelled(value)


class Pretender(pandas.DataFrame):  # type: ignore[misc]
    @property
    def iloc(self) -> Any:
        raise SystemExit("I run in the judge")


def test_what_only_pretends_to_be_a_table_is_refused() -> None:
    with pytest.raises(WireError):
        wire.pack(Pretender({"a": [1]}))


def test_a_table_has_an_end() -> None:
    with pytest.raises(TooLargeError):
        wire.pack(pandas.DataFrame(np.zeros((1001, 1000))))
    with pytest.raises(TooLargeError):
        wire.pack(pandas.RangeIndex(10**15))


def test_the_levels_of_an_index_have_an_end_together() -> None:
    level = ["array", wire.pack(np.zeros(600_000, np.int8))]
    wire.decode_for_host(reply_holding(extension(INDEX, ["values", [None], [level]])))
    with pytest.raises(TooLargeError):
        wire.decode_for_host(reply_holding(extension(INDEX, ["levels", [None, None], [level, level]])))


@pytest.mark.parametrize("code", range(FRAME, SPAN + 1))
@given(content=st.binary(max_size=60) | plain_data.filter(lambda value: not isinstance(value, bytes)))
def test_what_is_no_table_is_refused(code: int, content: Any) -> None:
    try:
        held = content if isinstance(content, bytes) else encode_plain(wire.pack(content))
        wire.decode_for_host(reply_holding(extension(code, held)))
    except WireError:
        return


RANGE = ["range", [None], [0, 2, 1]]
TEXTS = ["object", ["a", "b"]]


@pytest.mark.parametrize(
    ("code", "content"),
    [
        (INDEX, ["range", [None], [0, 10**15, 1]]),
        (INDEX, ["range", [None], [0, 2, 0]]),
        (INDEX, ["range", [[]], [0, 2, 1]]),
        (INDEX, ["values", [None], [["object", [[1], [2]]]]]),
        (INDEX, ["levels", [None], []]),
        (SERIES, [RANGE, None, ["object", ["a"]]]),
        (SERIES, [RANGE, [], TEXTS]),
        (SERIES, [RANGE, None, ["float64", [1.0, 2.0]]]),
        (SERIES, [RANGE, None, ["Sparse[int]", [1, 2]]]),
        (SERIES, [RANGE, None, ["datetime64[ns, ../../etc/passwd]", [1, 2]]]),
        (SERIES, [RANGE, None, ["array", [1, 2]]]),
        (SERIES, [RANGE, None, ["categories", [[0, 1], TEXTS, False]]]),
        (FRAME, [RANGE, RANGE, [TEXTS]]),
        (FRAME, [RANGE, ["range", [None], [0, 1, 1]], ["ab"]]),
        (MOMENT, [1, "fortnight", ""]),
        (MOMENT, [1, "ns", "../zone"]),
        (SPAN, ["1", "ns"]),
    ],
)
def test_a_table_that_cannot_be_is_refused(code: int, content: Any) -> None:
    with pytest.raises(WireError):
        wire.decode_for_host(reply_holding(extension(code, content)))


def test_a_judge_that_works_with_no_tables_takes_none_and_loads_no_pandas() -> None:
    assert pandas_loaded() is not None
    frame = reply_holding(extension(INDEX, RANGE))
    program = f"""
import sys
from capas.sandbox import wire
try:
    wire.decode_for_host({frame!r})
except wire.WireError as error:
    print(error)
print("pandas" in sys.modules)
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.split("\n")[:2] == ["a table, where none is worked with", "False"]


@pytest.mark.parametrize("kind", ["category", "datetime64[ns, Europe/Madrid]"])
def test_no_frame_has_so_many_columns_that_they_keep_the_judge_busy(kind: str) -> None:
    series = [pandas.Series([1], dtype="int64").astype("datetime64[ns]").dt.tz_localize("UTC")] * 400
    if kind == "category":
        series = [pandas.Series(["a"], dtype="category")] * 400
    with pytest.raises(TooLargeError, match="more than 3000 columns"):
        wire.pack(series)
    few = wire.encode_reply(wire.Returned(1, wire.pack(series[:100])))
    assert len(wire.decode_for_host(few).value) == 100  # pyright: ignore[reportAttributeAccessIssue]
    packed = [one for start in range(0, 400, 100) for one in wire.pack(series[start : start + 100])]
    with pytest.raises(TooLargeError, match="more than 3000 columns"):
        wire.decode_for_host(wire.encode_reply(wire.Returned(1, packed)))
