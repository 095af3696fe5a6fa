"""The measurement of building still runs; how fast is not asserted, for that depends on the machine."""

import pytest

from benchmarks.building import building


@pytest.mark.slow
def test_building_is_measured() -> None:
    times = building(1, ["03_softmax"])
    assert list(times) == ["build", "otter", "calls", "again"]
    assert times["calls"] < times["otter"]
