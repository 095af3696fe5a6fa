"""What is told while a course is proved."""

import io
import time
from collections.abc import Callable

import pytest
from rich.console import Console

from capas.cli import proof_progress
from capas.cli.proof_progress import ProofProgress


def waited_for(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.01)
    return holds()


def test_a_line_comes_again_and_again_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_progress, "EVERY_SECONDS", 0.01)
    out = io.StringIO()
    with ProofProgress(Console(file=out, width=120), "03_softmax") as progress:
        progress.begins("build")
        assert waited_for(lambda: out.getvalue().count("03_softmax: build: ") > 2)
        progress.begins("capas grade (es)", 18)
        progress.done()
        progress.done()
        assert waited_for(lambda: "03_softmax: capas grade (es): 2 of 18, " in out.getvalue())
    told = out.getvalue()
    assert told.startswith("03_softmax: build …\n")
    assert "03_softmax: capas grade (es) on 18 submissions …\n" in told
    time.sleep(0.1)
    assert out.getvalue() == told  # nothing comes when it is over


def test_it_is_told_before_two_seconds_are_over() -> None:
    assert proof_progress.EVERY_SECONDS < 2
