"""What passes as equal to a table, a column or an index, and what is told otherwise."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_calls import failure_of, giving, sentence_of, spoiling

from capas_check.fingerprint import fingerprint

FALL = pd.DataFrame({"t": [0, 1, 2], "y": [1.0, 2.5, np.nan], "who": ["a", "b", None]})
DAYS = pd.to_datetime(["2024-01-01", "2024-01-02"])


def change(function: Callable[[pd.DataFrame], Any]) -> Any:
    return function(FALL.copy())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (FALL.copy(), FALL),
        (FALL.astype({"t": float, "y": "Float64", "who": object}), FALL),
        (FALL.astype({"who": "category"}), FALL),
        (change(lambda fall: fall.assign(y=fall["y"] + 1e-12)), FALL),
        (FALL.set_index(pd.Index([0, 1, 2])), FALL),
        (FALL["y"].rename(None), FALL["y"].rename(None)),
        (FALL["y"], FALL["y"].rename(None)),
        (FALL.groupby("who")["t"].sum(), pd.Series([0, 1], index=["a", "b"])),
        (pd.Series([True, None]), pd.Series([True, None], dtype="boolean")),
        (pd.Series([np.inf]), pd.Series([np.inf])),
        (pd.Series([1, 2], dtype="Int64"), pd.Series([1.0, 2.0])),
        (pd.Series([1e9], dtype="float32"), pd.Series([1e9 + 10])),
        (pd.Series(DAYS), pd.Series(DAYS.as_unit("ns"))),
        (pd.Series(DAYS - DAYS[0]), pd.Series(DAYS - DAYS[0])),
        (pd.Series([], dtype=float), pd.Series([], dtype=object)),
        (pd.Series([None, None], dtype=object), pd.Series([np.nan, np.nan])),
        (pd.RangeIndex(3), pd.Index([0, 1, 2])),
        (pd.Index([0.1 + 0.2]), pd.Index([0.3])),
        (pd.MultiIndex.from_tuples([("a", 1)]), pd.MultiIndex.from_tuples([("a", 1)], names=["x", "y"])),
        (pd.DataFrame(), pd.DataFrame()),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), pd.DataFrame([[1, 2]], columns=["a", "a"])),
        ({"table": FALL}, {"table": FALL.copy()}),
        ([("a", FALL["t"])], [("a", FALL["t"].copy())]),
    ],
)
def test_equal_tables_pass_however_they_are_kept(value: Any, expected: Any) -> None:
    assert giving(value).returns(expected)


@pytest.mark.parametrize(
    ("value", "expected", "kind"),
    [
        (FALL["y"], FALL, "type"),
        (FALL[["y"]], FALL["y"], "type"),
        (FALL["t"].tolist(), FALL["t"], "type"),
        (FALL["t"], pd.Index([0, 1, 2]), "type"),
        (None, FALL, "nothing"),
        (FALL.iloc[::-1], FALL, "parts"),
        (FALL.rename(columns={"y": "x"})["x"], FALL["y"], "parts"),
        (pd.Series([1, 0]), pd.Series([True, False]), "type"),
        (pd.Series(["1"]), pd.Series([1]), "type"),
        (pd.Series(DAYS.astype(str)), pd.Series(DAYS), "type"),
        (pd.Series(DAYS.tz_localize("UTC")), pd.Series(DAYS), "type"),
        (pd.Series(DAYS[::-1]), pd.Series(DAYS), "differs"),
        (pd.Series([np.inf]), pd.Series([-np.inf]), "differs"),
        (pd.Series([1.0]), pd.Series([np.inf]), "differs"),
        (pd.Series([{"a": 1}]), pd.Series([{"a": 2}]), "differs"),
        (pd.MultiIndex.from_tuples([("a", 1)]), pd.MultiIndex.from_tuples([("a", 2)]), "parts"),
        (pd.MultiIndex.from_tuples([("a", 1)]), pd.Index(["a"]), "parts"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), pd.DataFrame([[1]], columns=["a"]), "parts"),
    ],
)
def test_what_never_passes(value: Any, expected: Any, kind: str) -> None:
    assert failure_of(lambda: giving(value).returns(expected)).kind == kind


SHOWN = "DataFrame({'t': [0, 1, 2], 'y': [1, 2.5, nan], 'who': ['a', 'b', nan]})"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (FALL[["t", "y"]], "DataFrame({'t': [0, 1, 2], 'y': [1, 2.5, nan]}); faltan las columnas ['who']."),
        (FALL.assign(z=1)[["z", *FALL]], "sobran las columnas ['z']."),
        (FALL.rename(columns={"y": "z"}), "faltan las columnas ['y'] y sobran ['z']."),
        (
            FALL[["y", "t", "who"]],
            "f() tiene las columnas en el orden ['y', 't', 'who']; se esperaba ['t', 'y', 'who'].",
        ),
        (FALL[:2], "f() tiene 2 filas; se esperaban 3. Es DataFrame({'t': [0, 1]"),
        (FALL.set_index(pd.Index([0, 1, 3])), "f() tiene un índice con 3 en la posición 2; se esperaba 2."),
        (
            FALL.assign(y=["1", "2.5", "3"]),
            "el elemento ['y'] de f() tiene el dtype str; se esperaba el dtype float64.",
        ),
        (
            FALL.assign(y=[1.0, 2.6, 3.0]),
            "En el elemento ['y'] de f(), filas que no son como se esperaba: 2 de 3; "
            "la primera es la fila 1, con 2.6 en lugar de 2.5.",
        ),
        (FALL.assign(who=["a", "b", "c"]), "la primera es la fila 2, con 'c' en lugar de nan."),
    ],
)
def test_what_is_told_shows_which_column_and_rows(value: Any, told: str) -> None:
    assert told in sentence_of(lambda: giving(value).returns(FALL))


def test_rows_are_told_by_their_labels() -> None:
    heights = pd.Series([1.6, 1.7], index=["Ana", "Leo"])
    told = sentence_of(lambda: giving(heights * 2).returns(heights))
    assert (
        told
        == "En f(), filas que no son como se esperaba: 2 de 2; la primera es la fila 'Ana', con 3.2 en lugar de 1.6."
    )


columns = st.lists(
    st.sampled_from(["numbers", "floats", "texts", "truths", "days"]), min_size=1, max_size=4, unique=True
)
MAKE: dict[str, Callable[[int], list[Any]]] = {
    "numbers": lambda rows: list(range(rows)),
    "floats": lambda rows: [None if row % 3 == 1 else row / 7 for row in range(rows)],
    "texts": lambda rows: [f"text {row}" for row in range(rows)],
    "truths": lambda rows: [row % 2 == 0 for row in range(rows)],
    "days": lambda rows: list(pd.date_range("2024-01-01", periods=rows)),
}
OTHER = {"numbers": 99, "floats": 99.0, "texts": "another", "days": pd.Timestamp("2000-01-01")}


@given(columns, st.integers(1, 6), st.data())
def test_one_cell_that_is_another_is_named(names: list[str], rows: int, data: st.DataObject) -> None:
    labels = [f"row {row}" for row in range(rows)]
    table = pd.DataFrame({name: MAKE[name](rows) for name in names}, index=labels)
    giving(table.copy()).returns(table)
    column, row = data.draw(st.sampled_from(names)), data.draw(st.integers(0, rows - 1))
    values = table[column].tolist()
    values[row] = OTHER.get(column, not values[row])
    spoiled = table.copy()
    spoiled[column] = values
    told = sentence_of(lambda: giving(spoiled).returns(table))
    assert f"En el elemento ['{column}'] de f(), filas que no son como se esperaba: 1 de {rows};" in told
    assert f"la primera es la fila 'row {row}', con " in told
    one, other = (fingerprint("differs", [giving(value)]) for value in (spoiled, table))
    assert one != other
    assert fingerprint("differs", [giving(table.copy())]) == other


@pytest.mark.parametrize(
    ("table", "spoil"),
    [
        (FALL, lambda table: table.__setitem__("z", 1)),
        (FALL, lambda table: table.drop(columns="t", inplace=True)),
        (FALL, lambda table: table.loc.__setitem__((1, "y"), 3.0)),
        (FALL, lambda table: table.sort_values("t", ascending=False, inplace=True)),
        (FALL["who"], lambda column: column.__setitem__(0, "z")),
        (FALL["y"], lambda column: column.fillna(0.0, inplace=True)),
        ({"table": FALL}, lambda tables: tables["table"].__setitem__("z", 1)),
    ],
)
def test_a_table_that_was_changed_is_told(table: Any, spoil: Callable[[Any], object]) -> None:
    done = spoiling(spoil, table)
    assert failure_of(done.leaves_arguments).kind == "changed_arguments"
    assert spoiling(lambda _table: None, table).leaves_arguments()


def test_a_table_that_was_changed_is_shown_before_and_after() -> None:
    told = sentence_of(spoiling(lambda column: column.__setitem__(0, 9), pd.Series([1, 2])).leaves_arguments)
    assert told.endswith("cambió el argumento que recibió: valía Series([1, 2]) y quedó en Series([9, 2]).")


def test_a_large_table_of_other_texts_takes_no_longer_than_looking_at_it() -> None:
    table = pd.DataFrame({"text": ["right"] * 200_000})
    told = sentence_of(lambda: giving(table.assign(text="wrong")).returns(table))
    assert "filas que no son como se esperaba: 200000 de 200000;" in told
    told = sentence_of(lambda: giving(table.assign(text=1)).returns(table))
    assert "se esperaba el dtype str" in told
