"""One of each of the worst that is handed in, in one class: every neighbour has its right result, no worker grows."""

import sys

import pytest

from benchmarks.worst import KINDS, cost_of
from capas.course.model import Stage


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_the_worst_costs_its_neighbours_nothing(softmax: Stage) -> None:
    calm = cost_of(softmax, [], 2, 1, 2)  # a worker is forked: it has all that this process has to begin with
    cost = cost_of(softmax, list(KINDS), 2 * len(KINDS), 1, 2)
    assert cost.wronged == []
    assert 0 < cost.worker_mb < calm.worker_mb + 200
