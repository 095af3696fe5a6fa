"""What makes graders of one assignment, in any process of any machine: all that `run/` knows of a course."""

import hashlib
import tempfile
from pathlib import Path
from typing import Protocol

import msgspec

from capas.course.data_files import data_files
from capas.course.libraries import library_versions, require_libraries
from capas.course.model import Stage
from capas.files import UserError
from capas.grading.grader import Grader
from capas.grading.key import grading_files, grading_key, grading_versions, program_versions
from capas.grading.otter_zip.bundle import LIMITS, OtterBundle, bundle_tests, counted_tests, read_bundle
from capas.grading.otter_zip.grader import OtterGrader
from capas.grading.result import Result
from capas.grading.stage import stage_grader
from capas.sandbox import Limits, Zygote
from capas.submission import Sought, Submission, SubmissionFile

NOTEBOOK_LIBRARIES = ("ipython", "matplotlib", "pandas", "scipy")
"""What decides results of notebooks besides what a bundle names."""


class SubmissionGrader(Protocol):
    """Grades submissions of one assignment, one after the other."""

    @property
    def sought(self) -> Sought:
        """What an answer is known by."""
        ...

    def grade(self, submission: Submission) -> Result:
        """Return the result of a submission; whatever its code does, there is one."""
        ...

    def not_graded(self, file: SubmissionFile) -> Result:
        """Return the result of a submission whose grading was killed each time."""
        ...


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

    @property
    def outside_only(self) -> bool:
        """Whether cases fail that cannot be judged outside the sandbox; those of a stage all can."""
        ...

    def key(self) -> str:
        """Return the hash of all that decides results."""
        ...

    def versions(self) -> dict[str, str]:
        """Return the version of all that grades."""
        ...

    def grader(self, zygote: Zygote) -> SubmissionGrader:
        """Return a grader; raise `UserError` when the teacher's files do not fit together."""
        ...

    def pack(self) -> "PackedStage | PackedBundle":
        """Return all that another machine needs to make graders."""
        ...


class StageGraders(msgspec.Struct, frozen=True):
    """Makes graders of a stage of a course, which tell students in ``language``. See `GraderMaker`."""

    stage: Stage
    language: str

    @property
    def outside_only(self) -> bool:
        """All cases of a stage are judged outside the sandbox: there are none to fail for that."""
        return False

    @property
    def assignment(self) -> str:
        """The stage's id."""
        return self.stage.id

    @property
    def questions(self) -> list[str]:
        """The names of the stage's questions."""
        return [question.name for question in self.stage.all_questions]

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


class PackedStage(msgspec.Struct, frozen=True, tag="stage"):
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


class BundleGraders(msgspec.Struct, frozen=True):
    """Makes graders of an `autograder.zip` of Otter's. See `GraderMaker`."""

    bundle: OtterBundle
    language: str
    outside_only: bool = False

    @property
    def assignment(self) -> str:
        """The bundle's id."""
        return self.bundle.id

    @property
    def questions(self) -> list[str]:
        """The names of the bundle's tests."""
        return [test.name for test in counted_tests(bundle_tests(self.bundle))]

    @property
    def limits(self) -> Limits:
        """The limits of notebooks."""
        return LIMITS

    def key(self) -> str:
        """Return the hash of all that decides results."""
        decides = (msgspec.structs.replace(self.bundle, path=""), self.language, self.outside_only, LIMITS)
        versions = sorted(self.versions().items())
        return hashlib.sha256(msgspec.msgpack.encode((decides, versions), order="sorted")).hexdigest()

    def versions(self) -> dict[str, str]:
        """Return the version of all that grades the bundle."""
        return library_versions({*self.bundle.libraries, *NOTEBOOK_LIBRARIES}) | program_versions()

    def grader(self, zygote: Zygote) -> OtterGrader:
        """Return a grader of the bundle."""
        return OtterGrader(self.bundle, LIMITS, zygote, self.language, self.outside_only)

    def pack(self) -> "PackedBundle":
        """Return the bundle, which is all there is."""
        return PackedBundle(self.bundle, self.language, self.outside_only)


class PackedBundle(msgspec.Struct, frozen=True, tag="bundle"):
    """A bundle of Otter's for another machine."""

    bundle: OtterBundle
    language: str
    outside_only: bool

    @property
    def limits(self) -> Limits:
        """The limits of notebooks."""
        return LIMITS

    def grader(self, zygote: Zygote) -> OtterGrader:
        """Return a grader."""
        return OtterGrader(self.bundle, LIMITS, zygote, self.language, self.outside_only)


def graders_of(stage: Stage, language: str, outside_only: bool = False) -> StageGraders | BundleGraders:
    """Return what makes graders of an assignment, be it of a course or a bundle of Otter's.

    With ``outside_only`` cases of a bundle that cannot be judged outside the sandbox fail.

    Raises:
        UserError: when the bundle cannot be read, or a library that a stage lets submissions import is missing.
    """
    if stage.autograder:
        return BundleGraders(read_bundle(Path(stage.autograder)), language, outside_only)
    if outside_only:
        raise UserError("--outside-only is for an autograder.zip of Otter; cases of a stage never run elsewhere")
    require_libraries(stage.libraries)
    return StageGraders(stage, language)
