"""Cases of `predict`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "predict"
points = 2


@test_case(points=0.25)
def one_sample(predict):
    call(predict, np.array([0.1, 0.2, 0.7])).returns(2)


@test_case(points=0.25)
def three_samples(predict):
    batch = np.array([[0.7, 0.1, 0.1, 0.1], [0.1, 0.2, 0.3, 0.4], [0.2, 0.5, 0.2, 0.1]])
    call(predict, batch).returns([0, 3, 1])


@test_case(points=0.25, hidden=True)
def more_samples_than_classes(predict):
    batch = np.array([[0.2, 0.8], [0.9, 0.1], [0.3, 0.7], [0.4, 0.6], [0.55, 0.45]])
    call(predict, batch).returns([1, 0, 1, 1, 0])


@test_case(points=0.25, hidden=True)
def as_many_samples_as_classes(predict):
    call(predict, np.array([[0.1, 0.6, 0.3], [0.2, 0.5, 0.3], [0.8, 0.1, 0.1]])).returns([1, 1, 0])


@test_case(points=0.25, hidden=True)
def one_row(predict):
    call(predict, np.array([[0.05, 0.9, 0.05]])).returns([1])
    call(predict, np.array([[0.25, 0.1, 0.25, 0.4]])).returns([3])


@test_case(points=0.25, hidden=True)
def integers_and_lists(predict):
    call(predict, [0.25, 0.35, 0.3, 0.1]).returns(1)
    call(predict, [[0.6, 0.4], [0.1, 0.9], [0.2, 0.8]]).returns([0, 1, 1])
    call(predict, np.array([[0, 0, 1], [1, 0, 0]])).returns([2, 0])


@test_case(points=0.25, hidden=True)
def close_probabilities(predict):
    # No two of a row are the same, and rounding makes them so.
    call(predict, np.array([0.3333, 0.3334, 0.3331, 0.0002])).returns(1)
    call(predict, np.array([[0.4999, 0.5001], [0.5001, 0.4999], [0.4998, 0.5002]])).returns([1, 0, 1])


@test_case(points=0.25, hidden=True)
def leaves_its_argument_alone(predict):
    call(predict, np.array([0.15, 0.6, 0.25])).returns(1).leaves_arguments()
    call(predict, np.array([[0.3, 0.7], [0.8, 0.2], [0.45, 0.55]])).returns([1, 0, 1]).leaves_arguments()
