"""What makes graders of one assignment, in any process of any machine: all that `run/` knows of a course."""

import tempfile
from pathlib import Path
from typing import Protocol

import msgspec

from capas.course.data_files import data_files
from capas.course.model import Stage
from capas.files import UserError
from capas.grading.grader import Grader
from capas.grading.key import grading_files, grading_key, grading_versions
from capas.grading.stage import stage_grader
from capas.sandbox import Limits, Zygote


class GraderMaker(Protocol):
    """Makes graders of one assignment. It travels to the processes of this machine; `pack` is for other machines."""

    @property
    def assignment(self) -> str:
        """The assignment's id, as results have it."""
        ...

    @property
    def language(self) -> str:
        """The language of what students are told."""
        ...

    @property
    def questions(self) -> list[str]:
        """The names of the questions, in order."""
        ...

    @property
    def limits(self) -> Limits:
        """The deadlines and the memory of student code."""
        ...

    def key(self) -> str:
        """Return the hash of all that decides results."""
        ...

    def versions(self) -> dict[str, str]:
        """Return the version of all that grades."""
        ...

    def grader(self, zygote: Zygote) -> Grader:
        """Return a grader; raise `UserError` when the teacher's files do not fit together."""
        ...

    def pack(self) -> "PackedStage":
        """Return all that another machine needs to make graders."""
        ...


class StageGraders(msgspec.Struct, frozen=True):
    """Makes graders of a stage of a course, which tell students in ``language``. See `GraderMaker`."""

    stage: Stage
    language: str

    @property
    def assignment(self) -> str:
        """The stage's id."""
        return self.stage.id

    @property
    def questions(self) -> list[str]:
        """The names of the stage's questions."""
        return [question.name for question in self.stage.questions]

    @property
    def limits(self) -> Limits:
        """The course's limits."""
        return self.stage.limits

    def key(self) -> str:
        """Return the stage's grading key."""
        return grading_key(self.stage, self.language)

    def versions(self) -> dict[str, str]:
        """Return the version of all that grades the stage."""
        return grading_versions(self.stage)

    def grader(self, zygote: Zygote) -> Grader:
        """Return a grader of the stage, with the errors of `stage_grader`."""
        return stage_grader(self.stage, zygote, self.language)

    def pack(self) -> "PackedStage":
        """Return the stage with the files that grading reads."""
        paths = data_files(self.stage).values()
        data = {path.relative_to(self.stage.root).as_posix(): path.read_bytes() for path in paths}
        return PackedStage(self.stage, self.language, grading_files(self.stage) | data)


class PackedStage(msgspec.Struct, frozen=True):
    """A stage for another machine. ``files`` are by their paths below the course's folder."""

    stage: Stage
    language: str
    files: dict[str, bytes]

    @property
    def limits(self) -> Limits:
        """The deadlines and the memory of student code."""
        return self.stage.limits

    def grader(self, zygote: Zygote) -> Grader:
        """Return a grader; errors name the teacher's files, not the copies here."""
        # The files are gone before any student code runs: a grader has them in memory, and its zygote the data files.
        with tempfile.TemporaryDirectory(prefix="capas-stage-") as folder:
            for name, data in self.files.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            try:
                return stage_grader(msgspec.structs.replace(self.stage, root=Path(folder)), zygote, self.language)
            except UserError as error:
                raise UserError(str(error).replace(folder, str(self.stage.root))) from None
