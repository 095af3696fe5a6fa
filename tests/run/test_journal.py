"""A line of the journal is believed only when it is whole."""

from hypothesis import given
from hypothesis import strategies as st

from capas.grading.result import Isolation, Result
from capas.run.journal import JournalLine, decode_line, encode_line

KEY = "key"


def result(name: str, score: float = 1.0) -> Result:
    return Result(name, f"{name}.py", "00", "03_softmax", "graded", score, 20.0, [], Isolation(0, ["process"]), "0.1.0")


@given(st.data())
def test_no_changed_byte_is_believed(data: st.DataObject) -> None:
    line = encode_line(JournalLine(KEY, result("ana", 17.25)))
    place = data.draw(st.integers(0, len(line) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != line[place]))
    assert decode_line(line) == JournalLine(KEY, result("ana", 17.25))
    assert decode_line(line[:place] + bytes([byte]) + line[place + 1 :]) is None
    assert decode_line(line[:place]) is None


@given(st.binary())
def test_any_bytes_are_no_line_and_no_error(data: bytes) -> None:
    assert decode_line(data) is None
