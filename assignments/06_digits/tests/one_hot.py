"""Cases of `one_hot`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "one_hot"
points = 1


@test_case(points=0.25)
def three_digits(one_hot):
    call(one_hot, np.array([2, 0, 1]), 3).returns([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


@test_case(points=0.25)
def ten_classes_by_default(one_hot):
    call(one_hot, np.array([7, 9])).returns([[0, 0, 0, 0, 0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]])


@test_case(points=0.25, hidden=True)
def digits_that_do_not_come(one_hot):
    call(one_hot, np.array([1, 1, 1, 3])).returns(
        [[0, 1, 0, 0, 0, 0, 0, 0, 0, 0]] * 3 + [[0, 0, 0, 1, 0, 0, 0, 0, 0, 0]]
    )
    call(one_hot, np.array([4, 0]), 6).returns([[0, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, 0]])
    call(one_hot, np.array([0]), 2).returns([[1, 0]])


@test_case(points=0.25, hidden=True)
def a_list(one_hot):
    call(one_hot, [3, 1, 3], 4).returns([[0, 0, 0, 1], [0, 1, 0, 0], [0, 0, 0, 1]])
    call(one_hot, np.array([2, 1]), 3).returns([[0, 0, 1], [0, 1, 0]]).leaves_arguments()
