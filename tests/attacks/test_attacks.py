"""Every attack where it matters: stopped where it should be and, so that the table is honest, not stopped below."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from attack import ATTACKS, HARM, Attack
from broken import FILES, Broken
from contained import run_contained
from yard import Yard

from capas.sandbox import MAX_LEVEL

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the layers are those of Linux")

CAPABILITIES = {"CAP_SYS_PTRACE": 19, "CAP_SYS_ADMIN": 21, "CAP_SYS_NICE": 23, "CAP_SYS_RESOURCE": 24}
CONTAIN = ("CAP_SYS_PTRACE", "CAP_SYS_ADMIN")
"""What it takes to contain a dangerous attack, and to see what another process does."""


def may(*capabilities: str) -> bool:
    """Tell whether this process is root with these capabilities, which root in a container is not."""
    status = Path("/proc/self/status").read_text().split()
    effective = int(status[status.index("CapEff:") + 1], 16)
    return os.getuid() == 0 and all(effective >> CAPABILITIES[capability] & 1 for capability in capabilities)


# As an ordinary user there are layers missing in between; what is there must be enough.
LEVELS = range(MAX_LEVEL + 1) if sys.platform == "linux" and os.getuid() == 0 else [MAX_LEVEL]

EVERY_LEVEL = bool(os.environ.get("CAPAS_EVERY_LEVEL"))


def levels_of(attack: Attack) -> set[int]:
    """Return where an attack is tried: the lowest level, the last that lets it through, the first that stops it, the
    highest. Levels only add layers, so those between say nothing new; `CAPAS_EVERY_LEVEL=1` tries them all the same.
    """
    return set(LEVELS) if EVERY_LEVEL else set(LEVELS) & {0, attack.level - 1, attack.level, MAX_LEVEL}


TRIED = [
    pytest.param(level, attack, id=f"{level}-{attack.name}", marks=() if level == MAX_LEVEL else pytest.mark.slow)
    for level in LEVELS
    for attack in ATTACKS
    if level in levels_of(attack)
]

YardAt = Callable[[int], Yard]


@pytest.fixture(scope="session")
def yard_at() -> Iterator[YardAt]:
    with ExitStack() as stack:
        yards: dict[int, Yard] = {}

        def at(level: int) -> Yard:
            if level not in yards:
                yards[level] = stack.enter_context(Yard(level))
            return yards[level]

        yield at


@pytest.mark.parametrize(("level", "attack"), TRIED)
def test_attack(yard_at: YardAt, level: int, attack: Attack) -> None:
    yard = yard_at(level)
    if attack.is_stopped(yard.layers):
        outcome = yard.run(attack)
        assert not outcome.harm, outcome
    elif attack.dangerous and not may(*CONTAIN):
        pytest.skip("it would hit this machine, and there is nothing to put around it")
    else:
        outcome = run_contained(attack, level) if attack.dangerous else yard.run(attack)
        assert "forges" not in outcome.harm, outcome
        if may(*CONTAIN, *attack.needs):
            assert attack.harm in outcome.harm, outcome


@pytest.mark.parametrize("broken", FILES, ids=lambda broken: broken.name)
def test_broken_input(yard_at: YardAt, tmp_path: Path, broken: Broken) -> None:
    broken.make(tmp_path)
    results, harm = yard_at(MAX_LEVEL).grade_files(tmp_path)
    # Links and pipes beside the work have results of their own, which say what they are.
    result = next((one for one in results if one.status == "graded"), results[0])
    assert all(one.status == "unreadable" and one.message for one in results if one is not result)
    double, shift = result.questions
    assert (result.status, double.score, shift.score) == (broken.status, broken.double, broken.shift), result.message
    assert bool(result.message) >= (result.status != "graded")
    assert not harm
    assert not (tmp_path / "executed").exists()


def test_the_specification_is_covered() -> None:
    names = [attack.name for attack in ATTACKS] + [broken.name for broken in FILES]
    assert len(names) == len(set(names))
    assert len(names) >= 75
    for attack in ATTACKS:
        assert bool(attack.stopped_by) == bool(attack.harm), attack.name
        assert not attack.harm or attack.harm in HARM
