"""Sandboxes to load programs into, and programs over several of them."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import program_calls
import pytest
from here_and_there import Both, State, outcome
from program_calls import StartProgram
from sandbox_calls import LONG, Start

from capas.sandbox import Limits, Proxy, Sandbox, Zygote
from capas.sandbox.program import Program


@pytest.fixture
def start(zygote: Zygote) -> Iterator[Start]:
    """Return a function that loads cells into a new sandbox and states that none of them failed."""
    with ExitStack() as running:

        def start(*cells: str, limits: Limits = LONG) -> Sandbox:
            sandbox = running.enter_context(Sandbox(zygote, limits))
            assert not any(sandbox.load(cells).errors)
            return sandbox

        yield start


@pytest.fixture
def sandbox(zygote: Zygote) -> Iterator[Sandbox]:
    with Sandbox(zygote, LONG) as one:
        yield one


@pytest.fixture
def start_program(zygote: Zygote) -> Iterator[StartProgram]:
    """Return a function that loads cells into a new program."""
    with ExitStack() as running:

        def start(*cells: str, limits: Limits = program_calls.LONG) -> Program:
            return running.enter_context(Program(zygote, limits, cells))

        yield start


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Return the file that `NOTE` writes to."""
    path = tmp_path / "notes"
    path.touch()
    return path


@pytest.fixture
def both(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Both:
    """Return what makes a statement of a function here and in a sandbox."""
    monkeypatch.chdir(tmp_path)

    def both(source: str, state: State) -> tuple[str, str]:
        namespace: dict[str, Any] = {}
        exec(source, namespace)
        here, there = outcome(state, namespace["f"]), outcome(state, Proxy(start(source).call, "f"))
        assert here == there
        return here[:2]

    return both
