"""`requests.csv`, as any spreadsheet saves it; a row that is wrong is told with its number, and then none counts."""

import stat
from pathlib import Path

import pytest

from capas.files import UserError, UserErrors
from capas.grading.request_codes import Target
from capas.grading.result import CaseResult, Isolation, QuestionResult, Result
from capas.run.requests import KEY_FILE, REQUESTS, Request, read_requests, request_codes
from capas.submission.manifest import Entry, Manifest, write_manifest


def result(submission: str) -> Result:
    cases = [CaseResult("f(1) == 2", False, 1.0, False), CaseResult("f(3) == 4", True, 1.0, False)]
    question = QuestionResult("f", 0.0, 2.0, False, None, cases)
    return Result(submission, "x.py", "", "03_softmax", "graded", 0.0, 2.0, [question], Isolation(0, []), "0")


RESULTS = [result("x_7_1"), result("y_8_2"), result("=1+1")]


HIDDEN = Target("f", "f(3) == 4")


def code(folder: Path, who: int, target: Target = HIDDEN) -> str:
    return request_codes(folder).code(RESULTS[who], target)


def read(folder: Path, text: str, encoding: str = "utf-8") -> list[Request]:
    entries = [Entry("a", "collected", "x_7_1", user="7", name="díazana", full_name="Díaz, Ana")]
    write_manifest(folder, Manifest("canvas", "x.zip", entries))
    (folder / REQUESTS).write_bytes(text.encode(encoding))
    return read_requests(folder, lambda: RESULTS)


def refused(folder: Path, *rows: str) -> list[str]:
    with pytest.raises(UserErrors) as caught:
        read(folder, "\n".join(["code,reason,student", *rows]))
    assert all("\n" not in line for line in caught.value.lines)
    return [line.partition(f"{REQUESTS}, ")[2] for line in caught.value.lines]


def test_no_file_and_an_empty_one_ask_for_nothing(tmp_path: Path) -> None:
    assert read_requests(tmp_path, lambda: RESULTS) == []
    assert read(tmp_path, "") == read(tmp_path, "code;reason\n;\n") == []
    assert not (tmp_path / KEY_FILE).exists()


def test_the_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    assert request_codes(tmp_path) == request_codes(tmp_path)
    assert request_codes(tmp_path) != request_codes(tmp_path.parent)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("spoiled", ["", "\n", "00", "no key", "ñ" * 32])
def test_a_key_that_is_spoiled_is_told_and_neither_used_nor_replaced(tmp_path: Path, spoiled: str) -> None:
    (tmp_path / KEY_FILE).write_text(spoiled, encoding="utf-8")
    with pytest.raises(UserError, match=rf"{KEY_FILE} is spoiled; put back a copy"):
        request_codes(tmp_path)
    assert (tmp_path / KEY_FILE).read_text(encoding="utf-8") == spoiled


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_what_excel_saves_is_read(tmp_path: Path, encoding: str) -> None:
    typed = code(tmp_path, 0).lower().replace("-", " ")
    text = f'sep=;\r\nReason;Code;Notes\r\n"la señal; «así», está bien";{typed};x\r\n;;\r\n'
    (request,) = read(tmp_path, text, encoding)
    reason = "la señal; «así», está bien"
    assert request == Request(2, code(tmp_path, 0), reason, "x_7_1", HIDDEN, 1)


def test_what_is_asked_is_found_whatever_it_is(tmp_path: Path) -> None:
    targets = [(Target(), -1), (Target("f"), -1), (Target("f", "f(1) == 2"), 0), (HIDDEN, 1)]
    rows = "\n".join(f"{code(tmp_path, 2, target)},'=1+1 reason {place}" for target, place in targets)
    found = read(tmp_path, f"code,reason\n{rows}")
    assert [(one.row, one.submission, one.target, one.place, one.reason) for one in found] == [
        (number, "=1+1", target, place, f"=1+1 reason {place}") for number, (target, place) in enumerate(targets, 2)
    ]


def test_every_row_that_is_wrong_is_told_with_its_number(tmp_path: Path) -> None:
    mine, other = code(tmp_path, 0), code(tmp_path, 1)
    told = refused(
        tmp_path,
        f"{mine},right,Ana Díaz",
        "AAAAA-BBBBB,guessed,",
        ",no code,",
        f"{mine.lower()},again,",
        "",
        f"{other},not mine,ana diaz",
        f"{other},nobody,nobody",
        "\x1b[31m\u202e=1+1,<b>,",
    )
    replacement = "\N{REPLACEMENT CHARACTER}"
    assert [line.partition(";")[0] for line in told] == [
        "row 3: AAAAA-BBBBB is no code of these results",
        "row 4: no code",
        "row 5: row 2 asks about the same case",
        f"row 7: {other} is of another student than ana diaz",
        f"row 8: {other} is of another student than nobody",
        f"row 9: {replacement}[31m{replacement}=1+1 is no code of these results",
    ]


def test_a_reason_that_a_comma_cut_is_told(tmp_path: Path) -> None:
    assert "a comma seems to have cut a cell in two" in refused(tmp_path, f"{code(tmp_path, 0)},yes, but, then, no")[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("reason\nx\n", "row 1: no column is named code"),
        ("code,code\nx,y\n", "row 1: two columns are named code"),
        ('code,reason\n"x,1\n', "a quote in it is opened and not closed"),
    ],
)
def test_what_is_no_such_table_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read(tmp_path, text)
