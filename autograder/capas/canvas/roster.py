"""Whose submissions these are, as the gradebook writes it: names, logins, sections."""

from pathlib import PurePosixPath

import msgspec

from capas.canvas.gradebook import Gradebook, Student
from capas.submission.canvas_names import read_name
from capas.submission.manifest import Entry, Manifest


class Roster:
    """Finds the students of submissions in a gradebook."""

    def __init__(self, gradebook: Gradebook):
        self._gradebook = gradebook
        self._students: dict[tuple[str, str], Student] = {}
        for student in gradebook.students:
            self._students["id", student.id] = student
            for kind, header in (("sis", "SIS User ID"), ("login", "SIS Login ID")):
                if cell := gradebook.cell(student, header):
                    self._students[kind, cell] = student

    def find(self, platform: str, entry: Entry) -> list[Student]:
        """Return the students who share a submission, by numbers and addresses, never by names."""
        keys = _keys(platform, entry) + self._other_readings(platform, entry)
        return [student for key in keys if (student := self._students.get(key)) is not None]

    def _other_readings(self, platform: str, entry: Entry) -> list[tuple[str, str]]:
        """Return whose a submission is if its name, with a number more than usual, is read as the gradebook says."""
        known = self._gradebook.by_id()
        if platform != "canvas" or entry.user in known:
            return []
        read = read_name(PurePosixPath(entry.source).name, known)
        return [("id", read.user)] if read else []

    def named(self, manifest: Manifest) -> Manifest:
        """Return a manifest with names, logins and sections as the gradebook has them."""
        entries = [self._named(manifest.platform, entry) for entry in manifest.entries]
        return msgspec.structs.replace(manifest, entries=entries)

    def _named(self, platform: str, entry: Entry) -> Entry:
        students = self.find(platform, entry)
        if not students:
            return entry
        cell, first = self._gradebook.cell, students[0]
        return msgspec.structs.replace(
            entry,
            full_name=first.name,
            login=cell(first, "SIS Login ID"),
            sis=cell(first, "SIS User ID"),
            section=cell(first, "Section"),
        )


def _keys(platform: str, entry: Entry) -> list[tuple[str, str]]:
    """Return what may tell the students of a submission, as `Roster` has them."""
    if platform == "canvas":
        return [("id", entry.user), *(("id", member) for member in entry.members)]
    if platform == "gradescope":
        numbers = [key for key in (entry.user, *entry.members) if key]
        return [*((kind, key) for key in numbers for kind in ("sis", "login")), ("login", entry.email)]
    return []
