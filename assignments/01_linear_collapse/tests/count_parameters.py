"""Cases of `count_parameters`: every number was worked out by hand, layer by layer."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "count_parameters"
points = 2


@test_case(points=0.25)
def lecture_example(count_parameters):
    call(count_parameters, [8, 9, 9, 9, 4]).returns(301)


@test_case(points=0.25)
def three_small_layers(count_parameters):
    call(count_parameters, [2, 3, 1]).returns(13)


@test_case(points=0.25, hidden=True)
def several_networks(count_parameters):
    call(count_parameters, [3, 7, 5, 2]).returns(80)
    call(count_parameters, [6, 2, 10, 1]).returns(55)
    call(count_parameters, [1, 4, 2, 3, 6]).returns(51)


@test_case(points=0.25, hidden=True)
def no_hidden_layer(count_parameters):
    call(count_parameters, [5, 4]).returns(24)
    call(count_parameters, [2, 11]).returns(33)


@test_case(points=0.25, hidden=True)
def layers_alike(count_parameters):
    call(count_parameters, [4, 4, 4, 4]).returns(60)
    call(count_parameters, [1, 1, 1, 1, 1]).returns(8)


@test_case(points=0.25, hidden=True)
def large_networks(count_parameters):
    # Counts are whole numbers: no tolerance.
    call(count_parameters, [784, 128, 64, 10]).returns(109386, rtol=0, atol=0)
    call(count_parameters, [1000, 1000, 1000]).returns(2002000, rtol=0, atol=0)


@test_case(points=0.25, hidden=True)
def arrays(count_parameters):
    call(count_parameters, np.array([6, 3, 2])).returns(29)
    call(count_parameters, np.array([2, 30, 40, 30, 2])).returns(2622)


@test_case(points=0.25, hidden=True)
def leaves_its_argument_alone(count_parameters):
    call(count_parameters, [4, 2, 5, 3]).returns(43).leaves_arguments()
    call(count_parameters, np.array([3, 1, 7])).returns(18).leaves_arguments()
