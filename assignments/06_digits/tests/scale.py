"""Cases of `scale`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "scale"
points = 1


@test_case(points=0.25)
def a_few_numbers(scale):
    call(scale, np.array([0, 4, 8, 16])).returns([0.0, 0.25, 0.5, 1.0])


@test_case(points=0.25, hidden=True)
def pictures_with_little_ink(scale):
    # No number is 16, and yet 16 is what becomes 1: each picture by the same rule.
    pictures = np.array([[0, 1, 3, 6], [2, 5, 0, 8], [9, 10, 11, 0]])
    call(scale, pictures).returns([[0, 1 / 16, 3 / 16, 6 / 16], [0.125, 5 / 16, 0, 0.5], [9 / 16, 10 / 16, 11 / 16, 0]])
    call(scale, np.full((2, 64), 4)).returns(np.full((2, 64), 0.25)).warns_nothing()
    call(scale, np.zeros((1, 64))).returns(np.zeros((1, 64))).warns_nothing()


@test_case(points=0.25, hidden=True)
def integers_and_lists(scale):
    call(scale, [[1, 16], [12, 0]]).returns([[1 / 16, 1.0], [0.75, 0.0]])
    call(scale, np.array([[16, 15], [7, 0]], dtype=np.uint8)).returns([[1.0, 15 / 16], [7 / 16, 0.0]])
    call(scale, [16, 2, 5]).returns([1.0, 0.125, 5 / 16])


@test_case(points=0.25, hidden=True)
def leaves_its_argument_alone(scale):
    pictures = np.array([[3.0, 16.0, 0.0], [8.0, 1.0, 12.0]])
    call(scale, pictures).returns([[3 / 16, 1.0, 0.0], [0.5, 1 / 16, 0.75]]).leaves_arguments()
