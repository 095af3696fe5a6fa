"""Cases of `confusion_matrix`."""

import numpy as np
from otter.test_files import test_case

from capas_check import call

OK_FORMAT = False
name = "confusion_matrix"
points = 1


@test_case(points=0.25)
def six_pictures(confusion_matrix):
    digits, guesses = np.array([0, 1, 1, 2, 2, 2]), np.array([0, 1, 2, 2, 2, 0])
    call(confusion_matrix, digits, guesses, 3).returns([[1, 0, 0], [0, 1, 1], [1, 0, 2]])


@test_case(points=0.25, hidden=True)
def ten_digits_by_default(confusion_matrix):
    digits, guesses = np.array([3, 3, 9, 8, 3, 9]), np.array([3, 5, 4, 8, 5, 4])
    expected = np.zeros((10, 10), dtype=int)
    expected[3, 3], expected[3, 5], expected[9, 4], expected[8, 8] = 1, 2, 2, 1
    call(confusion_matrix, digits, guesses).returns(expected)


@test_case(points=0.25, hidden=True)
def many_pictures(confusion_matrix):
    generator = np.random.default_rng(21)
    digits, guesses = generator.integers(0, 6, 400), generator.integers(1, 7, 400)
    expected = [[int(np.sum((digits == i) & (guesses == j))) for j in range(8)] for i in range(8)]
    call(confusion_matrix, digits, guesses, 8).returns(expected)


@test_case(points=0.25, hidden=True)
def lists_and_none(confusion_matrix):
    call(confusion_matrix, [1, 0, 1], [0, 0, 1], 2).returns([[1, 0], [1, 1]])
    call(confusion_matrix, np.array([2, 2, 0]), np.array([1, 1, 0]), 3).returns(
        [[1, 0, 0], [0, 0, 0], [0, 2, 0]]
    ).leaves_arguments()
