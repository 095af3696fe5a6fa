"""Cases of `depth`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "depth"
points = 2


@test_case(points=0.25)
def lecture_example(depth):
    call(depth, [8, 9, 9, 9, 4]).returns(3)


@test_case(points=0.25)
def no_depth(depth):
    call(depth, [5, 2]).returns(0)


@test_case(points=0.5, hidden=True)
def several_depths(depth):
    call(depth, [3, 7, 5, 2]).returns(2)
    call(depth, [6, 4, 1]).returns(1)
    call(depth, [10, 20, 30, 40, 30, 20, 15, 12, 11]).returns(7)
    call(depth, [64, *range(60, 0, -4), 3, 2, 1]).returns(17)


@test_case(points=0.25, hidden=True)
def layers_alike(depth):
    call(depth, [4, 4, 4, 4, 4, 4]).returns(4)
    call(depth, [9, 9, 9]).returns(1)


@test_case(points=0.25, hidden=True)
def hidden_layers_like_the_ends(depth):
    call(depth, [5, 3, 5, 2, 2, 7, 2]).returns(5)
    call(depth, [1, 8, 1, 8]).returns(2)


@test_case(points=0.25, hidden=True)
def arrays(depth):
    call(depth, np.array([784, 128, 64, 10])).returns(2)
    call(depth, np.array([2, 3, 3, 3, 3, 1])).returns(4)


@test_case(points=0.25, hidden=True)
def leaves_its_argument_alone(depth):
    call(depth, [7, 6, 5, 4, 3, 2]).returns(4).leaves_arguments()
    call(depth, [3, 2]).returns(0).leaves_arguments()
    call(depth, np.array([5, 8, 13, 2])).returns(2).leaves_arguments()
