"""Fingerprints agree for values that are the same to nine digits, powers of ten and their neighbours too."""

import numpy as np
import pytest

from capas.checks.calls import Call
from capas.checks.fingerprint import fingerprint


def of(value: object) -> bytes:
    return fingerprint([Call(lambda: value, (), {})])


@pytest.mark.parametrize("power", range(-11, 12))
@pytest.mark.parametrize("sign", [1, -1])
def test_a_power_of_ten_and_its_neighbours_agree(power: int, sign: int) -> None:
    value = sign * 10.0**power
    for towards in (-np.inf, np.inf):
        assert of(float(np.nextafter(value, towards))) == of(value)
        assert of(np.array([np.nextafter(value, towards), 2.0])) == of(np.array([value, 2.0]))
    assert of(value * (1 + 1e-7)) != of(value)
    assert of(value * 10) != of(value)
