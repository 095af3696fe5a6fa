"""Runs the cases of a question: the functions that its test file marks with `@test_case(points=…)`, as in Otter."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NoReturn

from capas_check.statements import Call, CheckFailure, traced
from capas_check.texts import Texts

CaseFunction = Callable[..., None]


@dataclass(frozen=True)
class CaseRun:
    """What came of running ``case``: the exception that ended it, None when it passes, and the calls it made.

    ``at_fault`` says that the case itself broke, before it asked anything of the student's code.
    """

    case: Any
    failure: BaseException | None = None
    calls: list[Call] = field(default_factory=list)
    at_fault: bool = False

    @property
    def passed(self) -> bool:
        """Whether everything that the case states holds."""
        return self.failure is None

    @property
    def kind(self) -> str:
        """What sort of thing is wrong: a failure's ``kind``, "judge" for errors of the case, "" where nothing is."""
        return "" if self.failure is None else str(getattr(self.failure, "kind", "judge"))

    def message(self, say: Texts) -> str:
        """Return what to tell the student, "" when the case passes."""
        if isinstance(self.failure, CheckFailure):
            return self.failure.sentence(say)
        words = "" if self.failure is None else str(self.failure)
        if self.failure is None or (words and isinstance(self.failure, AssertionError)):
            return words
        return f"{type(self.failure).__name__}: {words}".rstrip(": ")


def read_cases(source: str, file: str) -> list[CaseFunction]:
    """Return the cases in the text of a test file, in order; ``file`` is its name, for tracebacks."""
    cases: list[CaseFunction] = []

    def test_case(**_options: Any) -> Callable[[CaseFunction], None]:
        return cases.append

    exec(compile(source, file, "exec"), {"test_case": test_case})
    return cases


def run_case(case: CaseFunction, namespace: Mapping[str, Any]) -> CaseRun:
    """Run one case on the names of a student's program; a name that is missing is None."""
    with traced() as calls:
        failure: BaseException | None = None
        try:
            case(**{name: namespace.get(name) for name in inspect.signature(case).parameters})
        except SystemExit:  # `exit()` in a function that the case calls by itself
            failure = CheckFailure("exited", lambda say: say("exited", call=say("a_function")))
        except Exception as error:
            failure = error
    return CaseRun(case, failure, calls)


@contextmanager
def exit_raises(namespace: dict[str, Any]) -> Iterator[None]:
    """Make `exit` and `quit` raise SystemExit, as in a script; Jupyter's own end the notebook a moment later."""

    def leave(*_arguments: Any) -> NoReturn:
        raise SystemExit

    own = {name: namespace[name] for name in ("exit", "quit") if "IPython" in type(namespace.get(name)).__module__}
    namespace.update(dict.fromkeys(own, leave))
    try:
        yield
    finally:
        namespace.update({name: value for name, value in own.items() if namespace.get(name) is leave})
