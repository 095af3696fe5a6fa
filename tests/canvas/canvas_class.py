"""A class as Canvas has it: names as people have them, the zip it makes of submissions, the gradebook it exports.

The rules are those of Canvas's `content_zipper.rb` and `gradebook_exporter.rb`, written anew.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from typing import Any

import msgspec

AWKWARD = [
    "García López, María José",
    "Ñúñez, Íñigo",
    "O'Connor-Smith, Seán",
    "D’Àngelo, Niccolò",
    "Müller, Jürgen 2",
    "Li, 李",
    "Иванов, Иван",
    "Peña_Ruiz, Ana_7",
    "LATE, Pérez",
    "Late_Anon, User",
    "de la Cruz y Sánchez, José Ángel del Niño",
    "X",
    "Xol, R. (oyente)",
    "=cmd, Fórmula",
    'Coma, «Ana», "la Pepa"',
    "Semi;Colon, Eva",
    "link, Zelda",
    "Ruiz, Anton_file",
    "Emoji 🎓, Zoe",
    unicodedata.normalize("NFD", "Decómpuesta, Inés"),
]
FILES = ["softmax.ipynb", "tarea 3 (final).ipynb", "softmax-1.ipynb", "mi_tarea_2_1.py", "entrega.zip", "softmax.py"]


class Member(msgspec.Struct):
    """A student in Canvas; ``attachments`` are those of the current attempt, names by id."""

    id: int
    name: str
    login: str
    sis: str
    attachments: dict[int, str] = {}
    late: bool = False
    seconds_late: float | None = None
    earlier: list[dict[str, Any]] = []
    """The attempts before the current one, as the API shows them, but for their files, which are as here."""


def make_class(count: int, file_names: Sequence[str] = FILES) -> list[Member]:
    """Return students with awkward names, each with a file; every 17th without."""
    members = []
    for index in range(count):
        name = AWKWARD[index % len(AWKWARD)]
        if index >= len(AWKWARD):
            name = name.replace(",", f" {chr(97 + index // len(AWKWARD))},", 1)
        member = Member(4200 + 7 * index, name, f"user{index}@uni.example", f"S{index:04d}", late=index % 9 == 4)
        if index % 17 != 16:
            member.attachments = {99000 + 3 * index: file_names[index % len(file_names)]}
        members.append(member)
    return members


def zipped_name(member: Member, attachment: int, file: str) -> str:
    """Return the name of a file in the zip of "Download Submissions"."""
    name = re.sub(r"_(\d+)_", r"\1", member.name).lower()
    parts = [name, *(["LATE"] if member.late else []), str(member.id)]
    kept = "".join(char for char in "_".join(parts) if _is_word(char))
    return f"{kept}_{attachment}_" + re.sub(r'[\0/\\:*?"<>|]+', "_", file)


def _is_word(char: str) -> bool:
    return char == "_" or unicodedata.category(char)[0] in "LMN"


def zip_of(files: dict[str, bytes], say_utf8: bool = False) -> bytes:
    """Return a zip as Canvas makes it: names in UTF-8, without the flag that says so."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name if say_utf8 else _Unflagged(name), data)
    return buffer.getvalue()


class _Unflagged(zipfile.ZipInfo):
    """An entry with a name in UTF-8 that does not say that it is."""

    def __init__(self, name: str):
        super().__init__(name, (2026, 3, 1, 12, 0, 0))
        self.compress_type = zipfile.ZIP_DEFLATED

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("utf-8"), self.flag_bits & ~0x800


def submissions_zip(members: list[Member], contents: dict[int, bytes]) -> bytes:
    """Return the zip of the class; ``contents`` by attachment."""
    return zip_of(
        {
            zipped_name(member, attachment, file): contents[attachment]
            for member in members
            for attachment, file in member.attachments.items()
        }
    )


def gradebook_csv(members: list[Member], titles: dict[int, str], grades: dict[tuple[int, int], str]) -> str:
    """Return the exported gradebook; ``titles`` are assignments by id, ``grades`` cells by student and assignment."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = [f"{title} ({number})" for number, title in titles.items()]
    writer.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *columns, "Final Score"])
    writer.writerow(["", "", "", "", "", *["Manual Posting"] * len(columns), ""])
    writer.writerow(["    Points Possible", "", "", "", "", *["20.00"] * len(columns), "(read only)"])
    for member in members:
        cells = [grades.get((member.id, number), "") for number in titles]
        writer.writerow([member.name, member.id, member.sis, member.login, "Grupo A", *cells, "0.0"])
    return text.getvalue()
