"""A student's own file with the feedback in it, as a file of the same kind: Canvas shows it under the same name."""

import json
from collections.abc import Callable
from pathlib import PurePosixPath

from capas.bundle.zip import make_zip
from capas.course.model import Stage
from capas.grading.request_codes import RequestCodes
from capas.grading.result import QuestionResult, Result
from capas.grading.stage import sought_by
from capas.report import diagnoses_of
from capas.report.annotate import annotate_notebook, annotate_script, annotated
from capas.report.grade_lines import grade_sentences
from capas.report.student_feedback import StudentFeedback, feedback_for
from capas.submission import Contents, SubmissionFile, read_submission
from capas.texts import program_texts
from capas.texts.plain import clean
from capas.texts.points import points_text

Annotate = Callable[[bytes, str, Result], bytes | None]
EMPTY = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def annotator(stage: Stage, language: str, codes: Callable[[], RequestCodes] | None = None) -> Annotate:
    """Return what puts feedback into a file, given its contents, its name and its result.

    Of several files the one that is called so is returned, in a zip the work inside. A file that cannot be read comes
    back as one that says so, and one of a kind that can hold no comments not at all. With ``codes``, which gives them
    once there is a file, it says by which code to ask for a case to be looked at again.
    """
    diagnoses, sought = diagnoses_of(stage, language), sought_by(stage)

    def annotate(data: bytes, name: str, result: Result) -> bytes | None:
        feedback = feedback_for(stage, result, diagnoses, {}, language, codes() if codes else None)
        submission = read_submission(SubmissionFile("", name, Contents(data)), sought, with_answer=True)
        suffix = PurePosixPath(name).suffix.lower()
        file = annotated(feedback, submission)
        is_inside = bool(submission.code.chosen) and PurePosixPath(submission.code.chosen).name != name
        if (file is None or is_inside) and suffix not in (".ipynb", ".py", ".zip"):
            return None
        ending, made = file or _alone(feedback, suffix)
        return make_zip({f"{stage.slug}.{ending}": made}) if suffix == ".zip" else made

    return annotate


def _alone(feedback: StudentFeedback, suffix: str) -> tuple[str, bytes]:
    if suffix == ".py":
        return "py", annotate_script(feedback, "").encode()
    return "ipynb", annotate_notebook(feedback, EMPTY)


def summary(result: Result, language: str) -> str:
    """Return the grade in a few lines: in all, and by question."""
    say = program_texts(language)

    def score_of(graded: Result | QuestionResult) -> str:
        return say("comment_score", score=points_text(graded.score), points=points_text(graded.points))

    lines = [score_of(result), *filter(None, [result.message])]
    lines += [f"{question.name}: {score_of(question)}" for question in result.questions]
    return "\n".join([*lines, *map(clean, grade_sentences(result, {}, language))])
