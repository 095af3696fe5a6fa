"""Problems in solutions: two of one name, one that never ends, a mistake that dies of an error of its own."""

import ast
import contextlib
import importlib.util
import io
import multiprocessing
import os
import re
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from capas.bundle.problems.cases import double_names
from capas.bundle.problems.problem import Problem
from capas.course.model import Stage
from capas.course.question_kinds import kind_of
from capas.course.solutions import Solutions, Variant
from capas.course.text_files import parse_source, read_course_text
from capas.files import UserError
from capas.grading.cases import JudgeFile, refuse_broken_cases
from capas.grading.stage import question_test_file


def solution_problems(stage: Stage) -> list[Problem]:
    """Return the problems of the stage's reference, alternatives and mistakes.

    They are run in a process of their own, and one that runs longer than all of a student's code may
    (``program_seconds``) is named.
    """
    problems = []
    for name in ("alternatives.py", "mistakes.py"):
        path = stage.solutions / name
        try:
            problems += double_names(path, read_course_text(path)) if path.exists() else []
        except UserError as error:
            problems.append(Problem(str(error)))
    return problems or _run(stage)


def _run(stage: Stage) -> list[Problem]:
    context: Any = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_try_all, args=(stage, theirs), daemon=True)
    process.start()
    theirs.close()
    problems, at = list[Problem](), Problem("cannot be loaded", stage.solutions / "reference.py")
    try:
        while ours.poll(stage.limits.program_seconds):
            told, said = ours.recv()
            if told == "done":
                return problems
            if told == "problem":
                problems.append(said)
            else:
                at = said
        seconds = f"{stage.limits.program_seconds:g} s"
        return [*problems, Problem(f"{at.text}: does not end within {seconds}", at.path, endless=True)]
    except EOFError:
        return [*problems, Problem(f"{at.text}: ends the program that runs it", at.path, endless=True)]
    finally:
        process.kill()
        process.join()


def _try_all(stage: Stage, pipe: Connection) -> None:
    """Run every solution on the cases of its question, telling what begins and what is wrong."""
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            _run_all(stage, pipe)
    except UserError as error:
        pipe.send(("problem", Problem(str(error))))
    pipe.send(("done", None))


def _run_all(stage: Stage, pipe: Connection) -> None:
    solutions = Solutions(stage)
    pipe.send(("begin", Problem("cannot be loaded", stage.solutions / "alternatives.py")))
    # Who only builds need not have the libraries of every alternative; `verify` runs them, and does.
    needed = missing_libraries(stage.solutions / "alternatives.py")
    variants = [*([] if needed else solutions.alternatives), *solutions.mistakes]
    reference = vars(solutions.reference)
    for question in stage.questions:
        test_file = question_test_file(stage, question)
        where = f"question `{question.name}`, {solutions.kind(question.name)}"
        pipe.send(("begin", Problem(f"{where} `{question.name}`", stage.solutions / "reference.py")))
        refuse_broken_cases([test_file], reference)
        for variant in [one for one in variants if one.question == question.name]:
            pipe.send(("begin", Problem(f"{where} `{variant.id}`", _file_of(stage, variant))))
            _run_variant(stage, variant, test_file, reference, pipe)


def missing_libraries(path: Path) -> list[str]:
    """Return the modules that a file, where there is one, imports at its top and that are not installed here."""
    if not path.exists():
        return []
    tree = parse_source(path, read_course_text(path))
    names = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom) and not node.level]
    roots = dict.fromkeys(name.partition(".")[0] for name in names)
    return [root for root in roots if root and importlib.util.find_spec(root) is None]


def _file_of(stage: Stage, variant: Variant) -> Path:
    return stage.solutions / ("mistakes.py" if variant.is_mistake else "alternatives.py")


def _run_variant(
    stage: Stage, variant: Variant, test_file: JudgeFile, reference: dict[str, Any], pipe: Connection
) -> None:
    """Run a variant; tell where every call of it ends with a name that does not exist, and nothing says by design."""
    path, answer = _file_of(stage, variant), variant.answer
    calls, errors = 0, list[tuple[str, int | None]]()  # the name, and the line: a case forgets where an error came from

    def watched(*arguments: Any, **keywords: Any) -> Any:
        nonlocal calls
        calls += 1
        try:
            return answer(*arguments, **keywords)
        except NameError as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            if type(error) is NameError and last.filename == str(path):
                errors.append((error.name or "", last.lineno))
            raise

    is_function = kind_of(answer) == "function"
    test_file.run({**reference, variant.question: watched if is_function else answer})
    if not is_function:
        errors += [(name, None) for name in _undefined_names(test_file)]
        calls = sum(not run.passed for run in test_file.runs)
    if errors and len(errors) == calls:
        name, line = errors[0]
        # A mistake that is just this, such as `exp` without `np.`, says so in what it tells.
        if not any(re.search(rf"\b{re.escape(name)}\b", text) for text in variant.explanation.values()):
            every = "every call" if is_function else "every case"
            told = f"`{variant.id}` ends {every} with: name `{name}` is not defined; import or define it"
            pipe.send(("problem", Problem(told, path, line)))


def _undefined_names(test_file: JudgeFile) -> list[str]:
    """Return the names for want of which cases ended: of an object each method may want another."""
    last = [run.calls[-1].error for run in test_file.runs if not run.passed and run.calls]
    return [error.name or "" for error in last if type(error) is NameError]
