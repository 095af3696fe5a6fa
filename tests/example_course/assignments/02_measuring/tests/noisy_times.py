import math

import numpy as np
from otter.test_files import test_case

from capas_check import call
from capas_check.distributions import samples, with_generator

OK_FORMAT = False
name = "noisy_times"
points = 2


def normal(mean, spread):
    return lambda x: [(1 + math.erf((one - mean) / (spread * math.sqrt(2)))) / 2 for one in np.ravel(x)]


@test_case(points=1)
def so_many_times(noisy_times):
    call(with_generator(noisy_times, "rng", seed=1), 1.0, 5, 0.1).array((5,))


@test_case(points=1, hidden=True)
def how_they_are_distributed(noisy_times):
    samples(10_000, with_generator(noisy_times, "rng", seed=2), 2.0, 10_000, 0.3).follows(normal(2.0, 0.3))
