"""Statements about what a function prints, and about the files that it writes.

As in ``printed(greet, "Ana").prints("Hello, Ana")`` and ``written(save, table).writes("table.csv", "1,2")``.
"""

import functools
import hashlib
import posixpath
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from capas_check.operations import Beside, through
from capas_check.printing import MAX_FILE_BYTES, MAX_FILES, MAX_NAME, MAX_PRINTED
from capas_check.show import show
from capas_check.statements import Call, CheckFailure, call

if TYPE_CHECKING:
    from typing import Self

MAX_NAMES, MAX_LINE = 5, 120
"""How many names of files a message tells; how much of a line."""

SENTENCES = {
    "printed": ("printed_too_few", "printed_too_many", "printed_other_spaces", "printed_another_line"),
    "written": ("wrote_too_few", "wrote_too_many", "wrote_other_spaces", "wrote_another_line"),
}
"""What is said of text with lines too few, lines too many, a line with other spaces, another line."""


def printed(function: Callable[..., Any] | None, *arguments: Any, **keywords: Any) -> "Printed":
    """Call ``function`` once and note what it prints; CheckFailure when there is no such function."""
    return Printed(_through(function, "printed"), arguments, keywords)


def written(function: Callable[..., Any] | None, *arguments: Any, **keywords: Any) -> "Written":
    """Call ``function`` once and note the files that it writes, and what it prints."""
    return Written(_through(function, "written"), arguments, keywords)


def _through(function: Callable[..., Any] | None, operation: str) -> Callable[..., Any]:
    if not callable(function):
        call(function)  # says what is wrong
    return through(function, operation)


class Forged(Exception):
    """What came back is nothing that an operation notes: a program can answer anything."""

    kind = "crashed"


class Printed(Call):
    """A finished call, and what it printed."""

    _output: str = ""

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any]):
        @functools.wraps(function)
        def taking_note(*arguments: Any, **keywords: Any) -> Any:
            result, noted = _parts(function(*arguments, **keywords))
            return self._take(noted, result)

        super().__init__(taking_note, arguments, keywords)

    def _take(self, noted: Sequence[Any], result: Any) -> Any:
        if len(noted) != 1 or type(noted[0]) is not str or len(noted[0]) > MAX_PRINTED + 1:
            raise Forged("it answers otherwise than it was asked")
        self._output = noted[0]
        self.noted = _digest(_forgiven(self._output))
        return result

    @property
    def output(self) -> str:
        """What it printed, to the character; CheckFailure when it raised instead, or printed without end."""
        self.value  # noqa: B018
        if len(self._output) > MAX_PRINTED:
            raise self._fails("printed", "printed_too_much", most=MAX_PRINTED)
        return self._output

    @property
    def lines(self) -> list[str]:
        """The lines that it printed, without spaces at their ends, and without empty ones after the last."""
        return _forgiven(self.output)

    def prints(self, expected: str, *, exactly: bool = False) -> "Self":
        """State what it prints. Spaces at the ends of lines and empty lines at the end count only ``exactly``."""
        if len(expected) > MAX_PRINTED:
            raise ValueError(f"prints() can compare {MAX_PRINTED} characters at most, and {len(expected)} are expected")
        if not self.output.strip() and expected.strip():
            self._refuse_silence(expected)
        self._compare(self.output, expected, exactly, "printed")
        self._valued = True
        return self

    def prints_line(self, line: str) -> "Self":
        """State that one of the lines it prints is ``line``, with or without spaces around it."""
        if line.strip() not in [one.strip() for one in self.lines]:
            if not self.output.strip():
                self._refuse_silence(line)
            raise self._fails("printed", "no_line", expected=_shown(line.strip()), printed=show(self.output.strip()))
        self._valued = True
        return self

    def returns(self, expected: Any, **tolerances: Any) -> "Self":
        """State what it returns, as of any call; who prints it instead is told so."""
        if expected is not None and self.value is None and self.output.strip():
            raise self._fails("nothing", "printed_not_returned", printed=show(self.output.strip()))
        if expected is not None:
            super().returns(expected, **tolerances)
        elif self.value is not None:
            raise self._failure("value", returned=self.value, expected=None)
        self._valued = True
        return self

    def _refuse_silence(self, expected: str) -> None:
        first = next(line.strip() for line in expected.splitlines() if line.strip())
        if isinstance(self.result, str) and _forgiven(self.result) == _forgiven(expected):
            raise self._fails("printed", "returned_not_printed")
        raise self._fails("printed", "printed_nothing", expected=_shown(first))

    def _compare(self, text: str, expected: str, exactly: bool, kind: str, **told: Any) -> None:
        if exactly:
            ours, theirs = text.splitlines(keepends=True), expected.splitlines(keepends=True)
        else:
            ours, theirs = _forgiven(text), _forgiven(expected)
        if ours == theirs:
            return
        too_few, too_many, other_spaces, other = SENTENCES[kind]
        place = next((at for at, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), None)
        if place is not None:
            line, right = ours[place], theirs[place]
            key = other_spaces if "".join(line.split()) == "".join(right.split()) else other
            raise self._fails(
                kind, key, number=place + 1, line=_shown(line, right), expected=_shown(right, line), **told
            )
        count = min(len(ours), len(theirs))
        if len(ours) > count:
            raise self._fails(kind, too_many, count=count, line=_shown(ours[count]), **told)
        raise self._fails(kind, too_few, number=count + 1, expected=_shown(theirs[count]), **told)

    def _fails(self, kind: str, key: str, **told: Any) -> CheckFailure:
        text = self.text
        return CheckFailure(kind, lambda say: say(key, call=text, **told))


class Written(Printed):
    """A finished call, what it printed, and the files that it wrote."""

    def _take(self, noted: Sequence[Any], result: Any) -> Any:
        if len(noted) != 2 or not isinstance(noted[1], (list, tuple)) or len(noted[1]) > MAX_FILES + 1:
            raise Forged("it answers otherwise than it was asked")
        self._files = dict(map(_checked_file, noted[1]))
        super()._take(noted[:1], result)
        contents = [[name, _comparable(data)] for name, data in self._files.items()]
        self.noted += _digest(contents)
        return result

    @property
    def files(self) -> dict[str, bytes | None]:
        """The files that it wrote, in the folder where it runs and below; None for contents that are too large."""
        self.value  # noqa: B018
        if len(self._files) > MAX_FILES:
            raise self._fails("written", "wrote_too_many_files", most=MAX_FILES)
        return self._files

    def data(self, name: str) -> bytes:
        """Return what it wrote in a file; CheckFailure where it wrote no such file, or far too much."""
        name = posixpath.normpath(name)
        files = self.files
        if name not in files:
            key = "wrote_others" if files else "wrote_nothing"
            others = ", ".join(list(files)[:MAX_NAMES]) + ("…" if len(files) > MAX_NAMES else "")
            raise self._fails("written", key, file=name, **({"others": others} if files else {}))
        data = files[name]
        if data is None:
            raise self._fails("written", "wrote_too_much", file=name, most=MAX_FILE_BYTES // 2**20)
        return data

    def file(self, name: str) -> str:
        """Return the text that it wrote in a file, with one sign at ends of lines; CheckFailure where it is no text."""
        try:
            return "\n".join(self.data(name).decode("utf-8-sig").split("\r\n"))
        except UnicodeDecodeError:
            raise self._fails("written", "wrote_no_text", file=name) from None

    def writes(self, name: str, expected: str | bytes, *, exactly: bool = False) -> "Self":
        """State what it writes in a file: bytes to the last one, text as in `prints`."""
        if len(expected) > MAX_FILE_BYTES:
            raise ValueError(f"writes() can compare {MAX_FILE_BYTES} bytes at most, and {len(expected)} are expected")
        if isinstance(expected, bytes):
            if self.data(name) != expected:
                raise self._fails("written", "wrote_other_bytes", file=name)
        else:
            text = self.data(name).decode(errors="replace") if exactly else self.file(name)
            self._compare(text, expected, exactly, "written", file=name)
        self._valued = True
        return self


def _parts(answer: Any) -> tuple[Any, Sequence[Any]]:
    """Return the result and what was noted: a sandbox sends both as a pair."""
    if isinstance(answer, Beside):
        return answer.result, answer.noted
    if isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[1], list):
        return answer[0], answer[1]
    raise Forged("it answers otherwise than it was asked")


def _checked_file(noted: Any) -> tuple[str, bytes | None]:
    if isinstance(noted, (list, tuple)) and len(noted) == 2:
        name, data = noted
        plain = type(name) is str and 0 < len(name) <= MAX_NAME and posixpath.normpath(name) == name
        if plain and name[0] not in "./" and (data is None or (type(data) is bytes and len(data) <= MAX_FILE_BYTES)):
            return name, data
    raise Forged("it answers otherwise than it was asked")


def _forgiven(text: str) -> list[str]:
    """Return the lines of a text without what nobody sees: spaces at their ends, and empty lines after the last."""
    return [line.rstrip() for line in text.rstrip().splitlines()]


def _comparable(data: bytes | None) -> Any:
    return data and _forgiven(data.decode("latin-1"))


def _digest(value: Any) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "replace")).hexdigest()[:16]


def _shown(line: str, other: str = "") -> str:
    """Return a line as Python writes it, of a long one the part where it begins to differ from the ``other``."""
    same = next((at for at, pair in enumerate(zip(line, other, strict=False)) if pair[0] != pair[1]), 0)
    begin = max(0, same - MAX_LINE // 2) if len(line) > MAX_LINE else 0
    part = line[begin : begin + MAX_LINE]
    return ("…" if begin else "") + repr(part) + ("…" if begin + MAX_LINE < len(line) else "")
