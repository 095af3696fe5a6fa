"""Which of several files that one student handed in is the answer, by their contents."""

from capas.submission.answer import read_answer
from capas.submission.definitions import definitions
from capas.submission.model import Unreadable
from capas.submission.sought import Sought


def answering(name: str, data: bytes, sought: Sought) -> tuple[int, int]:
    """Return what sorts a student's files: the more it answers the more, and nothing where it cannot be read.

    Where nothing is sought, as no stage is named, a file of stubs only is less than any other.
    """
    try:
        found = definitions(read_answer(name, data, sought).code.cells)
    except Unreadable:
        return 0, 0
    untouched = bool(found.stubs) and not found.answered
    return 1 + len(sought.answered(found)), int(not untouched)
