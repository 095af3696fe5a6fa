"""Cases of `output_delta`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "output_delta"
points = 3


def outputs_and_deltas(a, t):
    """Return σ(a) and the derivative of ½ (σ(a) − t)² by complex steps: no formula for the derivative in it."""
    outputs = 1 / (1 + np.exp(-(np.asarray(a) + 1e-30j)))
    return outputs.real, ((outputs - t) ** 2 / 2).imag / 1e-30


@test_case(points=0.5)
def one_sample(output_delta):
    # By hand: (0.5 − 1) · 0.5 · 0.5 and (0.8 − 0) · 0.8 · 0.2.
    call(output_delta, np.array([0.5, 0.8]), np.array([1.0, 0.0])).returns([-0.125, 0.128])


@test_case(points=0.25)
def two_samples(output_delta):
    y = np.array([[0.9, 0.4, 0.5], [0.2, 0.6, 0.75]])
    t = np.array([[1.0, 0.0, 0.5], [0.7, 0.1, 1.0]])
    call(output_delta, y, t).returns([[-0.009, 0.096, 0.0], [-0.08, 0.12, -0.046875]])


@test_case(points=0.75, hidden=True)
def several_rows(output_delta):
    generator = np.random.default_rng(51)
    for shape in ((5, 3), (2, 4)):
        t = generator.uniform(0.0, 1.0, size=shape)
        y, deltas = outputs_and_deltas(generator.normal(0.4, 1.5, size=shape), t)
        call(output_delta, y, t).returns(deltas)
    # Answers close to 0: of these too every digit counts.
    t = np.array([[0.0, 0.3], [0.004, 0.55]])
    y, deltas = outputs_and_deltas([[-4.0, -6.5], [-3.3, 0.2]], t)
    call(output_delta, y, t).returns(deltas, atol=1e-12)


@test_case(points=0.5, hidden=True)
def square_batch(output_delta):
    t = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    y, deltas = outputs_and_deltas([[0.5, -1.0, 2.0], [-0.3, 1.2, 0.1], [-2.0, 0.7, 3.0]], t)
    call(output_delta, y, t).returns(deltas)


@test_case(points=0.25, hidden=True)
def one_row(output_delta):
    t = np.array([[0.25, 1.0, 0.0, 0.9]])
    y, deltas = outputs_and_deltas([[1.1, -0.4, 0.6, -2.2]], t)
    call(output_delta, y, t).returns(deltas)
    call(output_delta, y[:, :1], t[:, :1]).returns(deltas[:, :1])


@test_case(points=0.5, hidden=True)
def integers_and_lists(output_delta):
    call(output_delta, [0.3, 0.6, 0.9], np.array([1, 0, 1])).returns([-0.147, 0.144, -0.009])
    call(output_delta, [[0.2, 0.5], [0.7, 0.4], [0.5, 0.1]], [[0, 1], [1, 1], [0, 0]]).returns(
        [[0.032, -0.125], [-0.063, -0.144], [0.125, 0.009]]
    )
    # Saturated units: the output no longer moves with what the unit receives.
    call(output_delta, np.array([1, 0]), np.array([0, 0])).returns([0, 0]).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(output_delta):
    t = np.array([[0.0, 1.0], [0.4, 0.0], [1.0, 1.0]])
    y, deltas = outputs_and_deltas([[0.8, -0.2], [1.7, 0.3], [-0.9, 0.6]], t)
    call(output_delta, y, t).returns(deltas).leaves_arguments()
    call(output_delta, y[1], t[1]).returns(deltas[1]).leaves_arguments()
