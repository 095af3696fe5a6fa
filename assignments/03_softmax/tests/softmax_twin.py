"""Cases of `softmax_twin`: any vector will do that is far enough away and has the same softmax."""

import numpy as np
from otter.test_files import test_case

from capas_check import call, require

OK_FORMAT = False
name = "softmax_twin"
points = 5


def softmax(a):
    """Return softmax of one vector."""
    exponentials = np.exp(np.asarray(a, dtype=float) - np.max(a))
    return exponentials / np.sum(exponentials)


def check_twin(softmax_twin, a):
    """State that the result is a twin of ``a``; return the finished call."""
    finished = call(softmax_twin, a)
    b = finished.array(shape=np.shape(a))
    # As everywhere: six digits, or five of numbers in float32.
    rtol = 1e-5 if np.asarray(finished.value).dtype == np.float32 else 1e-6
    # A little less than 0.1: a + 0.1 − a comes out below 0.1 in single precision, and in double precision can.
    require(
        bool(np.max(np.abs(b - np.asarray(a))) > 0.1 - 1e-4),
        es="{call} devolvió un vector que apenas se distingue de a; debe separarse al menos 0.1.",
        en="{call} returned a vector that can hardly be told from a; it must be at least 0.1 away.",
        call=finished,
    )
    require(
        bool(np.allclose(softmax(b), softmax(a), rtol=rtol, atol=1e-9)),
        es="{call} devolvió un vector cuyo softmax es {of_b}; el de a es {of_a}.",
        en="{call} returned a vector whose softmax is {of_b}; that of a is {of_a}.",
        call=finished,
        of_a=softmax(a),
        of_b=softmax(b),
    )
    return finished


@test_case(points=1)
def lecture_example(softmax_twin):
    check_twin(softmax_twin, np.array([-0.21, 0.47, 1.72]))


@test_case(points=1.5, hidden=True)
def several_vectors(softmax_twin):
    for size, seed in ((2, 35), (5, 36), (9, 37)):
        check_twin(softmax_twin, np.random.default_rng(seed).normal(1.0, 2.0, size=size))


@test_case(points=0.5, hidden=True)
def vectors_with_nothing_to_take_away(softmax_twin):
    # Taking away the largest, the mean or the logarithm of the sum gives a twin, but not of each of these.
    for a in ([0.0, 0.0, 0.0], [0.0, -1.5, -3.0, -0.5], [1.5, -2.0, 0.5], np.log([0.125, 0.25, 0.625])):
        check_twin(softmax_twin, np.array(a))
    # Here there is something of each, and it is less than 0.1.
    for a in ([0.05, -4.0, -4.5], [0.8, -1.1, 0.45]):
        check_twin(softmax_twin, np.array(a))


@test_case(points=0.5, hidden=True)
def integers_and_lists(softmax_twin):
    check_twin(softmax_twin, np.array([4, -1, 0, 2]))
    check_twin(softmax_twin, [0, 3])


@test_case(points=1, hidden=True)
def large_values(softmax_twin):
    check_twin(softmax_twin, np.array([1000.0, 999.0, 997.5])).warns_nothing()
    check_twin(softmax_twin, np.array([-1000.0, -998.0])).warns_nothing()


@test_case(points=0.5, hidden=True)
def leaves_its_argument_alone(softmax_twin):
    for a in (np.array([0.2, 1.4, -0.6]), np.array([599.0, -600.0])):
        check_twin(softmax_twin, a).leaves_arguments()
