"""The names in a zip of "Download Submissions", and what "Upload Submissions" makes of names.

Canvas writes ``{name}[_LATE]_{user}_{attachment}_{file}``, and reads back the first two parts that are all digits.
Students are told apart by these numbers, never by their names.
"""

import re
from collections.abc import Container, Iterable

import msgspec


class Name(msgspec.Struct, frozen=True):
    """A name in the zip, taken apart. ``kind`` is file, text or link; ``user`` is empty when anonymous."""

    name: str
    late: bool
    user: str
    anonymous: str
    attachment: str
    file: str
    kind: str = "file"


def readings(text: str) -> list[Name]:
    """Return every way to read ``text``, the one that Canvas's own rule prefers first.

    There is more than one where the student's name or the group's has digits of its own.
    """
    parts = text.split("_")
    found = []
    for index, part in enumerate(parts[:-1]):
        before, rest = parts[:index], parts[index + 1 :]
        if part == "anon" and re.fullmatch(r"[A-Za-z0-9]+", rest[0]):
            user, anonymous, rest = "", rest[0], rest[1:]
        elif _is_number(part):
            user, anonymous = part, ""
        else:
            continue
        late = bool(before) and before[-1] == "LATE"
        name = "_".join(before[:-1] if late else before)
        if len(rest) == 1 and rest[0] in ("text.html", "link.html"):
            found.append(Name(name, late, user, anonymous, "", rest[0], rest[0].partition(".")[0]))
        elif len(rest) > 1 and _is_number(rest[0]) and "_".join(rest[1:]):
            found.append(Name(name, late, user, anonymous, rest[0], "_".join(rest[1:])))
    return found


def shapes_of(names: Iterable[str]) -> set[tuple[int, int]]:
    """Return how many digits user and attachment have in the names that can be read in one way only."""
    return {(len(read[0].user), len(read[0].attachment)) for name in names if len(read := readings(name)) == 1}


def sure_reading(text: str, shapes: Container[tuple[int, int]]) -> Name | None:
    """Return the one way to read ``text``; of several the one whose numbers have one of ``shapes``; else None."""
    found = readings(text)
    if len(found) > 1:
        found = [one for one in found if (len(one.user), len(one.attachment)) in shapes]
    return found[0] if len(found) == 1 else None


def read_name(text: str, known: Container[str] = ()) -> Name | None:
    """Return ``text`` taken apart, or None when it is no name of Canvas's.

    Where it can be read in several ways, one with a user in ``known`` goes first.
    """
    found = readings(text)
    for reading in found:
        if reading.user in known:
            return reading
    return found[0] if found else None


def read_by_canvas(text: str) -> tuple[str, str] | None:
    """Return the user and attachment to which "Upload Submissions" gives a file of this name; None when it ignores it.

    A leading group's name, which Canvas knows and we do not, is not cut off here.
    """
    parts = text.split("_")
    numbers = [part for part in parts if _is_number(part)]
    if len(numbers) < 2 or parts[-1].startswith("link") or text.startswith("._"):
        return None
    return numbers[0], numbers[1]


def returning_name(text: str, user: str, attachment: str) -> str:
    """Return a name that Canvas gives back to this user and attachment: ``text`` itself wherever that does.

    Nobody sees it: Canvas shows the file under the name of the student's own.
    """
    if read_by_canvas(text) == (user, attachment):
        return text
    suffix = re.search(r"\.[A-Za-z0-9]{1,10}$", text)
    return f"{user}_{attachment}_feedback{suffix[0] if suffix else ''}"


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit()
