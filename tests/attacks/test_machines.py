"""What each kind of machine gives, and that no attack gets through it: root, a container, an ordinary user."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from machines import CALLS, KINDS
from survey import Survey
from test_attacks import CONTAIN, may

from capas.sandbox import kernel

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or kernel.MACHINE not in CALLS or not may(*CONTAIN),
    reason="only root can make other machines of this one",
)


def user_namespaces() -> bool:
    """Tell whether an ordinary user may make namespaces here."""
    return run("user", "/bin/sh", "-c", "unshare --user true").returncode == 0


def run(kind: str, *command: str) -> subprocess.CompletedProcess[bytes]:
    here = [sys.executable, str(HERE / "machines.py"), kind, *command]
    return subprocess.run(here, capture_output=True, timeout=600, check=False)


def expected(kind: str) -> tuple[int, set[str]]:
    """Return the level that a kind of machine must reach, and its layers."""
    always = {"process", "rlimits", "seccomp"} | ({"landlock"} if kernel.landlock_version() else set())
    own = {
        "root": {"uid", "namespaces"},
        "docker": {"uid"},
        "user": {"userns", "namespaces"} if user_namespaces() else set(),
        "user without namespaces": set(),
    }[kind]
    full = {"root": 5, "docker": 4, "user": 5 if own else 1, "user without namespaces": 1}[kind]
    return full if "landlock" in always else min(full, 2), always | own


@pytest.mark.parametrize("kind", KINDS)
def test_each_machine_gives_all_it_can(kind: str) -> None:
    done = run(kind, sys.executable, "-m", "capas.cli", "doctor")
    level, layers = expected(kind)
    first = done.stdout.decode().splitlines()[0]
    assert first.startswith(f"Isolation level {level} of 5: "), done.stderr.decode()
    assert set(first.partition(": ")[2].split(", ")) == layers


# As root they are in test_attacks.py.
@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS[1:])
def test_no_attack_gets_through_what_a_machine_gives(kind: str) -> None:
    done = run(kind, sys.executable, str(HERE / "survey.py"))
    assert done.returncode == 0, done.stderr.decode()
    survey = msgspec.json.decode(done.stdout, type=Survey)
    assert survey.unexpected == []
    assert (survey.uid == 0) == (not kind.startswith("user"))
    assert (survey.level, set(survey.layers)) == expected(kind)
    # What nothing stops there: on no machine of ours is it more than this.
    allowed = {"learns that a file of a known name exists, and how large it is"}
    if "namespaces" not in survey.layers:
        allowed |= {"sees which processes the machine runs"}
    if not {"uid", "userns"} & set(survey.layers):
        allowed |= {"starts threads that start threads"}
    if "landlock" in survey.layers:
        assert set(survey.open) == allowed
