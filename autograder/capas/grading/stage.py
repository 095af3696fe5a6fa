"""A stage as grading sees it: its cases, checked against what its assignment says, and a grader of it."""

from capas.course.cut_functions import given_cells
from capas.course.data_files import data_files, data_hashes
from capas.course.libraries import require_libraries
from capas.course.looked_at import looked_at_in
from capas.course.model import FunctionNames, Question, Stage
from capas.course.solutions import Solutions
from capas.files import UserError
from capas.grading.cases import JudgeFile, case_name, case_parameters, load_test_file, refuse_broken_cases
from capas.grading.diagnosis.catalogue import MistakeCatalogue
from capas.grading.grader import Grader
from capas.grading.plans import Plans
from capas.sandbox import Zygote
from capas.submission import Sought, StageNames
from capas.texts.points import points_text, same_points


def stage_test_files(stage: Stage) -> list[JudgeFile]:
    """Read the stage's test files, checked against its questions.

    Raises:
        UserError: when names or points differ, a case asks for a function the stage lacks, or a question
            lacks public or hidden cases.
    """
    return [question_test_file(stage, question) for question in stage.questions]


def question_test_file(stage: Stage, question: Question) -> JudgeFile:
    """Read the test file of one question, with the same checks."""
    path = stage.test_file(question.name)
    test_file = load_test_file(path)
    test_file.folder = str(stage.assignment)
    if test_file.name != question.name:
        raise UserError(f"{path}: name = {test_file.name!r}; expected {question.name!r}, as the file is called")
    if not test_file.test_cases:
        raise UserError(f"{path}: no case; every question needs public and hidden ones, like @test_case(points=2)")
    if not same_points(test_file.possible, question.points):
        raise UserError(
            f"{path}: its cases give {points_text(test_file.possible)} points; "
            f"assignment.toml gives `{question.name}` {points_text(question.points)}"
        )
    known = {other.name for other in stage.questions} | set(stage.given)
    for case in test_file.test_cases:
        for name in case_parameters(case):
            if name not in known:
                raise UserError(
                    f"{path}: case `{case_name(case)}` asks for `{name}`, which is no function of {stage.id}"
                )
    for hidden, kind in ((False, "public"), (True, "hidden")):
        if not any(case.hidden is hidden for case in test_file.test_cases):
            example = f"like @test_case(points=2{', hidden=True' if hidden else ''})"
            raise UserError(f"{path}: no {kind} case; every question needs public and hidden ones, {example}")
    return test_file


def stage_grader(stage: Stage, zygote: Zygote, language: str) -> Grader:
    """Return a grader of ``stage``, which tells students in ``language``: errors carried forward, diagnoses and all.

    Raises:
        UserError: when the stage's files do not fit together, or a library that submissions may import is missing.
    """
    require_libraries(stage.libraries)
    data = zygote.share(data_files(stage))
    test_files = stage_test_files(stage)
    solutions = Solutions(stage)
    reference = {question.name: getattr(solutions.reference, question.name) for question in stage.questions}
    refuse_broken_cases(test_files, vars(solutions.reference))
    diagnostician = stage_catalogue(stage)
    return Grader(
        stage.id,
        test_files,
        stage.limits,
        zygote,
        language,
        reference,
        diagnostician.diagnose,
        given_cells(stage, language),
        sought_by(stage),
        looked_at_in(stage, language),
        data,
        {text.name: float(text.points) for text in stage.texts},
        Plans(test_files, vars(solutions.reference)),
    )


def sought_by(stage: Stage) -> Sought:
    """Return what an answer to ``stage`` is known by."""
    if stage.autograder:
        return Sought(stage.id, as_otter=True)
    others = {id_: _stage_names(names) for id_, names in stage.others.items()}
    return Sought(
        stage.id,
        _stage_names(stage.names),
        others,
        data_hashes(stage),
        written=tuple(text.name for text in stage.texts),
    )


def _stage_names(names: FunctionNames) -> StageNames:
    return StageNames(tuple(names.questions), tuple(names.given))


def stage_catalogue(stage: Stage) -> MistakeCatalogue:
    """Return the diagnostician of ``stage``, with test files of its own: those it runs remember what they saw.

    Raises:
        UserError: when the stage's files do not fit together.
    """
    return MistakeCatalogue(Solutions(stage), {test_file.name: test_file for test_file in stage_test_files(stage)})
