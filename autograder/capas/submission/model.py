"""What a submission is: what is known of it before it is read, what is read, and why it cannot be."""

import hashlib
from typing import Protocol

import msgspec

GRADABLE = (".ipynb", ".py")
MAX_BYTES = 20 * 2**20
"""The most bytes of a submission that are read."""


class Unreadable(Exception):
    """A submission that cannot be read; ``problem`` is a key of `PROBLEMS`."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


class Note(msgspec.Struct, frozen=True):
    """What was noticed while reading, to be told: a key of the program's texts, and the values to be put in."""

    key: str
    values: dict[str, str] = {}


class Code(msgspec.Struct, frozen=True):
    """The Python of a submission, ready to be run.

    ``cells`` are the pieces to run, one after the other: the code cells of a notebook, or one, the script. With
    ``is_script`` it is imported as a module, else it is `__main__`. ``modules`` are the student's own modules and
    small data files, contents by relative path. Of an archive, ``chosen`` is the path inside it of the file that is
    graded, and ``others`` are those of other answers that are not. ``notes`` say what reading noticed.
    """

    cells: list[str]
    is_script: bool = False
    modules: dict[str, bytes] = {}
    chosen: str = ""
    others: list[str] = []
    notes: list[Note] = []


NO_CODE = Code([])


class Submission(msgspec.Struct, frozen=True):
    """What one student handed in, after it was read.

    ``data`` are its bytes, of which ``sha256`` is the hash, and ``code`` is what is to be run. Where it could not be
    read there is none and ``problem`` names why, as one of the keys of `PROBLEMS`.
    """

    id: str
    file: str
    sha256: str
    code: Code
    problem: str = ""
    data: bytes = b""

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


PROBLEMS: dict[str, dict[str, str]] = {
    "too_large": {
        "es": f"El archivo pesa más de {MAX_BYTES // 2**20} MB; entrega solo tu cuaderno o tu .py.",
        "en": f"The file is larger than {MAX_BYTES // 2**20} MB; hand in only your notebook or your .py.",
    },
    "empty": {
        "es": "El archivo está vacío; guarda tu trabajo y vuelve a entregarlo.",
        "en": "The file is empty; save your work and hand it in again.",
    },
    "not_a_notebook": {
        "es": "El archivo termina en .ipynb, pero no es un cuaderno; descárgalo de nuevo y entrégalo.",
        "en": "The file ends in .ipynb but is not a notebook; download it again and hand it in.",
    },
    "no_code": {
        "es": "El cuaderno no tiene ninguna celda de código; ¿entregaste otro archivo?",
        "en": "The notebook has no code cell; did you hand in another file?",
    },
    "not_text": {
        "es": "El archivo .py no es texto de Python; guárdalo como texto UTF-8.",
        "en": "The .py file is not Python text; save it as UTF-8 text.",
    },
    "not_a_zip": {
        "es": "El archivo termina en .zip, pero no se puede abrir como zip.",
        "en": "The file ends in .zip but cannot be opened as a zip.",
    },
    "zip_without_work": {
        "es": "El zip no contiene ningún cuaderno ni archivo .py.",
        "en": "The zip holds no notebook and no .py file.",
    },
    "zip_with_several": {
        "es": "El zip contiene varios cuadernos o archivos .py; entrega uno solo.",
        "en": "The zip holds several notebooks or .py files; hand in just one.",
    },
    "damaged": {
        "es": "El archivo está dañado y no se puede leer; vuelve a entregarlo.",
        "en": "The file is damaged and cannot be read; hand it in again.",
    },
    "wrong_type": {
        "es": "Se esperaba un archivo .ipynb, .py o .zip.",
        "en": "An .ipynb, .py or .zip file was expected.",
    },
    "link": {
        "es": "Se entregó un enlace a otro archivo, y los enlaces no se siguen; entrega el archivo mismo.",
        "en": "A link to another file was handed in, and links are not followed; hand in the file itself.",
    },
    "not_a_file": {
        "es": "Lo entregado no es un archivo que se pueda leer; entrega tu cuaderno o tu .py.",
        "en": "What was handed in is not a file that can be read; hand in your notebook or your .py.",
    },
}
