"""Cases of `squared_loss`."""

from fractions import Fraction

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "squared_loss"
points = 4


def exact_loss(y, t):
    """Return the loss of a batch in fractions, where nothing is rounded before the end."""
    total = sum(
        (Fraction(output) - Fraction(target)) ** 2
        for outputs, targets in zip(y, t, strict=True)
        for output, target in zip(outputs, targets, strict=True)
    )
    return float(total / (2 * len(y)))


@test_case(points=0.5)
def lecture_example(squared_loss):
    # ½ (0.1² + 0.2² + 0.3²) = ½ (0.01 + 0.04 + 0.09)
    call(squared_loss, np.array([0.1, 0.2, 0.7]), np.array([0.0, 0.0, 1.0])).returns(0.07)


@test_case(points=0.5)
def mean_of_two_samples(squared_loss):
    # The losses of the samples are 0.07 and ½ (0.25 + 0.0625 + 0.0625) = 0.1875.
    y = np.array([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]])
    t = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    call(squared_loss, y, t).returns(0.12875)


@test_case(points=1, hidden=True)
def more_samples_than_outputs(squared_loss):
    generator = np.random.default_rng(51)
    for shape in ((5, 2), (7, 1), (2, 6)):
        y, t = generator.normal(0.4, 1.5, shape), generator.normal(-0.3, 1.0, shape)
        call(squared_loss, y, t).returns(exact_loss(y.tolist(), t.tolist()))


@test_case(points=0.25, hidden=True)
def as_many_samples_as_outputs(squared_loss):
    y = np.array([[0.9, 0.05, 0.05], [0.25, 0.5, 0.25], [0.3, 0.1, 0.6]])
    t = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    call(squared_loss, y, t).returns(exact_loss(y.tolist(), t.tolist()))


@test_case(points=0.5, hidden=True)
def one_sample_and_one_row(squared_loss):
    y, t = np.array([1.5, -0.5, 2.0, 0.25]), np.array([1.0, 0.5, 2.5, -0.75])
    # ½ (0.25 + 1 + 0.25 + 1)
    call(squared_loss, y, t).returns(1.25)
    call(squared_loss, y[None, :], t[None, :]).returns(1.25)
    # A small loss is one too.
    call(squared_loss, np.array([0.01, -0.02]), np.array([0.0, 0.01])).returns(0.0005)
    call(squared_loss, np.array([0.0017, -0.0019]), np.array([0.0, 0.0])).returns(3.25e-6)


@test_case(points=0.25, hidden=True)
def perfect_answers_in_between(squared_loss):
    # Samples without any error count in the mean too: ½ (4 + 1) and three zeros.
    y = np.array([[1.0, 0.0], [3.0, -2.0], [0.0, 1.0], [0.5, 0.5]])
    t = np.array([[1.0, 0.0], [1.0, -1.0], [0.0, 1.0], [0.5, 0.5]])
    call(squared_loss, y, t).returns(0.625)
    call(squared_loss, t, t).returns(0)


@test_case(points=0.5, hidden=True)
def integers_and_lists(squared_loss):
    y, t = [[3, 0], [1, -2], [5, 5]], [[1, 4], [1, 2], [7, 0]]
    # ½ (4 + 16), ½ (0 + 16) and ½ (4 + 25)
    call(squared_loss, np.array(y), np.array(t)).returns(65 / 6)
    call(squared_loss, y, t).returns(65 / 6)
    call(squared_loss, [0, 2, -1], [1, 0, 1]).returns(4.5)
    call(squared_loss, np.array([1, 0]), np.array([0.5, 0.25])).returns(0.15625)
    call(squared_loss, np.array([0.5, 0.25]), np.array([1, 0])).returns(0.15625)


@test_case(points=0.25, hidden=True)
def large_values(squared_loss):
    y, t = np.array([[1000.0, -1000.0], [1000.0, 0.0]]), np.array([[-1000.0, 1000.0], [0.0, 1000.0]])
    # ½ (4 000 000 + 4 000 000) and ½ (1 000 000 + 1 000 000)
    call(squared_loss, y, t).returns(2_500_000).warns_nothing()


@test_case(points=0.25, hidden=True)
def leaves_its_arguments_alone(squared_loss):
    y, t = np.array([[0.5, 1.5], [2.0, -1.0], [0.0, 1.0]]), np.array([[1.0, 0.25], [0.5, -3.0], [0.0, 2.0]])
    call(squared_loss, y, t).returns(exact_loss(y.tolist(), t.tolist())).leaves_arguments()
    call(squared_loss, y[1], t[0]).returns(1.28125).leaves_arguments()
    y, t = 600 * y, 800 * t
    call(squared_loss, y, t).returns(exact_loss(y.tolist(), t.tolist())).leaves_arguments()
    call(squared_loss, y[1], t[1]).returns(exact_loss([y[1].tolist()], [t[1].tolist()])).leaves_arguments()
