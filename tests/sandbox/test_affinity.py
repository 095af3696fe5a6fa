"""A grader and its sandboxes share a core while there is a sandbox, and not a moment longer."""

import os
import sys

import pytest

from capas.sandbox import Limits, Sandbox, Zygote
from capas.sandbox.affinity import OneCore

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process choose its core")

CORES = "import os\ndef cores():\n    return sorted(os.sched_getaffinity(0))\n"


@pytest.fixture(autouse=True)
def leaves_no_trace():
    before = os.sched_getaffinity(0)
    yield
    assert os.sched_getaffinity(0) == before


def test_a_sandbox_is_on_the_core_of_its_grader() -> None:
    with Zygote(Limits(), max_level=0) as zygote, Sandbox(zygote, Limits()) as sandbox:
        sandbox.load([CORES])
        assert sandbox.call("cores", (), {}) == sorted(os.sched_getaffinity(0))
        assert len(os.sched_getaffinity(0)) == 1


def test_the_core_is_kept_until_the_last_sandbox_ends() -> None:
    with Zygote(Limits(), max_level=0) as zygote:
        first, second = Sandbox(zygote, Limits()), Sandbox(zygote, Limits())
        held = os.sched_getaffinity(0)
        first.close()
        assert os.sched_getaffinity(0) == held
        second.close()


def test_where_the_kernel_refuses_nothing_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "sched_setaffinity", refuse)
    core = OneCore()
    assert core.take() is None
    core.leave()
