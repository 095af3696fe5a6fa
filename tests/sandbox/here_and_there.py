"""Statements about a function that is here, and about the same one in a sandbox: what is said of both is one."""

from collections.abc import Callable
from typing import Any

from capas_check import CheckFailure
from capas_check.fingerprint import fingerprint
from capas_check.grader import run_case
from capas_check.texts import load_texts

State = Callable[[Any], Any]
Both = Callable[[str, State], tuple[str, str]]
"""Takes a program that defines ``f`` and what states something of it; returns the kind of failure and the message."""


def outcome(state: State, function: Any) -> tuple[Any, ...]:
    """Return what a student is told, and what else a case leaves behind."""
    run = run_case(lambda f: state(f), {"f": function})
    assert run.failure is None or isinstance(run.failure, CheckFailure), run.failure
    return run.kind, run.message(load_texts("en")), fingerprint(run.kind, run.calls)
