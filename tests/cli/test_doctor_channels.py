"""What `capas doctor` says of channels: which stay open at the level that this machine reaches."""

import io

import pytest
from rich.console import Console

from capas.cli.doctor import show_isolation
from capas.sandbox import Confinement
from capas.sandbox.channels import CLOSED_FROM

LAYERS = ["rlimits", "uid", "landlock", "seccomp", "namespaces"]


@pytest.mark.parametrize(
    ("level", "told", "untold"),
    [
        (0, ["Open here", "the machine's name", "record locks", "times of access"], []),
        (4, ["Open here", "times of access"], ["record locks", "shared memory"]),
        (
            5,
            [f"{len(CLOSED_FROM) - 1} of {len(CLOSED_FROM)} known ones are closed", "parts of files in memory"],
            ["times"],
        ),
    ],
)
def test_what_stays_open_is_said_by_level(level: int, told: list[str], untold: list[str]) -> None:
    out = io.StringIO()
    show_isolation(Console(file=out, width=200), Confinement(LAYERS[:level], 0, 0))
    assert all(part in out.getvalue() for part in told)
    assert not any(part in out.getvalue() for part in untold)
