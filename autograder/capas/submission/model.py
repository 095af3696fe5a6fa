"""What a submission is: what is known of it before it is read, what is read, and why it cannot be."""

import hashlib
from typing import Literal, Protocol, get_args

import msgspec

from capas.submission import bounded
from capas.texts import program_texts

GRADABLE = (".ipynb", ".py")
MAX_BYTES = 100 * 2**20
"""The most bytes of a submission that are read; nearly all of a large notebook are outputs, which are not kept."""
MAX_SOURCE_BYTES = 4 * 2**20
"""The most bytes of its Python."""

Problem = Literal[
    "too_large",
    "too_much_code",
    "empty",
    "damaged",
    "link",
    "not_a_file",
    "wrong_type",
    "not_text",
    "not_a_notebook",
    "cut_off",
    "conflict",
    "no_code",
    "not_a_zip",
    "locked_zip",
    "zip_without_work",
    "zip_of_too_many",
    "other_archive",
    "web_page",
    "exported_page",
    "shortcut",
    "pdf",
    "word_file",
    "image",
    "other_stage",
    "handed_out",
    "too_much_to_read",
]
PROBLEMS: frozenset[str] = frozenset(get_args(Problem))
"""Why a submission cannot be read. The program's texts have a sentence for each, as ``unreadable_…``."""


class Unreadable(Exception):
    """A submission that cannot be read; ``values`` are put into the sentence of the problem."""

    def __init__(self, problem: Problem, **values: str):
        super().__init__(problem)
        self.problem: Problem = problem
        self.values = values


def problem_text(language: str, problem: str, values: dict[str, str]) -> str:
    """Return the sentence of one of `PROBLEMS`: what the file is, and what to do."""
    sizes = {"most": MAX_BYTES // 2**20, "most_code": MAX_SOURCE_BYTES // 2**20}
    sizes |= {"seconds": f"{bounded.BOUNDS.seconds:g}", "memory": bounded.BOUNDS.memory_mb}
    return program_texts(language)(f"unreadable_{problem}", **sizes, **values)


class Note(msgspec.Struct, frozen=True):
    """What was noticed while reading, to be told: a key of the program's texts, and the values to be put in."""

    key: str
    values: dict[str, str] = {}


class Code(msgspec.Struct, frozen=True):
    """The Python of a submission, ready to be run.

    ``cells`` are the pieces to run, one after the other: the code cells of a notebook, or one, the script. With
    ``is_script`` it is imported as a module, else it is `__main__`. ``modules`` are the student's own modules and
    small data files, contents by relative path. Of an archive, ``chosen`` is the path inside it of the file that is
    graded, and ``others`` are those of other answers that are not. ``notes`` say what reading noticed. ``receipt`` is
    what the student's own check showed of the same code. ``assignment`` is the assignment that a notebook of Otter
    says it is of, looked for where its cells are wanted as Otter runs them.
    """

    cells: list[str]
    is_script: bool = False
    modules: dict[str, bytes] = {}
    chosen: str = ""
    others: list[str] = []
    notes: list[Note] = []
    receipt: str = ""
    assignment: str = ""
    written: dict[str, str] = {}
    """Answers in words by question, "" where nothing was written at the place for one."""


NO_CODE = Code([])


class Submission(msgspec.Struct, frozen=True):
    """What one student handed in, after it was read.

    ``sha256`` is the hash of its bytes, and ``code`` is what is to be run. Where it could not be read there is none
    and ``problem`` names why, as one of `PROBLEMS`, with the values for its sentence. ``answer`` are the bytes of the
    one file that is graded, where they were asked for: those handed in, or what was found in an archive.
    """

    id: str
    file: str
    sha256: str
    code: Code
    problem: str = ""
    problem_values: dict[str, str] = {}
    answer: bytes = b""

    @property
    def cells(self) -> list[str]:
        """The pieces of Python to be run, one after the other."""
        return self.code.cells


class Source(Protocol):
    """Where the bytes of a submission are."""

    def read(self) -> bytes:
        """Return them. Raises `Unreadable`, saying why they cannot be had."""
        ...


class Contents(msgspec.Struct, frozen=True, tag=True):
    """The bytes themselves."""

    data: bytes

    def read(self) -> bytes:
        """Return the bytes.

        Raises:
            Unreadable: when they are too many.
        """
        if len(self.data) > MAX_BYTES:
            raise Unreadable("too_large")
        return self.data


class SubmissionFile(msgspec.Struct, frozen=True):
    """A submission that is there to be read: its id, the name of its file, and where its bytes are.

    ``folder`` are the last folders it lies in, with ``/`` between them; "" where names of folders mean nothing.
    """

    id: str
    file: str
    source: Source
    folder: str = ""

    def read(self) -> bytes:
        """Return what was handed in, byte for byte. Nothing else in the program reads it.

        Raises:
            Unreadable: saying why it cannot be had.
        """
        return self.source.read()


def hash_of(data: bytes) -> str:
    """Return the hash that tells whether two submissions are the same bytes."""
    return hashlib.sha256(data).hexdigest()
