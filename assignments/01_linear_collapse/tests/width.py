"""Cases of `width`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "width"
points = 2


@test_case(points=0.25)
def lecture_example(width):
    call(width, [8, 9, 9, 9, 4]).returns(9)


@test_case(points=0.25)
def largest_at_either_end(width):
    call(width, [12, 5, 3]).returns(12)
    call(width, [3, 5, 12]).returns(12)


@test_case(points=0.5, hidden=True)
def largest_anywhere(width):
    call(width, [3, 7, 11, 5, 2]).returns(11)
    call(width, [4, 6, 2, 15, 10]).returns(15)
    call(width, [20, 6, 19]).returns(20)
    call(width, [6, 8, 7, 21]).returns(21)
    call(width, [1200, 4096, 3000, 1]).returns(4096)


@test_case(points=0.25, hidden=True)
def no_hidden_layer(width):
    call(width, [7, 2]).returns(7)
    call(width, [2, 13]).returns(13)


@test_case(points=0.25, hidden=True)
def layers_alike(width):
    call(width, [6, 6, 6, 6]).returns(6)
    call(width, [1, 1, 1]).returns(1)


@test_case(points=0.25, hidden=True)
def arrays(width):
    call(width, np.array([784, 128, 64, 10])).returns(784)
    call(width, np.array([2, 30, 40, 30, 2])).returns(40)


@test_case(points=0.25, hidden=True)
def leaves_its_argument_alone(width):
    call(width, [10, 14, 3, 5]).returns(14).leaves_arguments()
    call(width, np.array([16, 4, 9])).returns(16).leaves_arguments()
