"""Other right solutions of stage 03: each must get full marks."""

import math

import numpy as np
from reference import softmax
from scipy import special

from capas.course.solutions import alternative


@alternative("softmax")
def with_scipy(a):
    return special.softmax(np.asarray(a, dtype=float), axis=-1)


@alternative("softmax")
def with_log_sum_exp(a):
    a = np.asarray(a, dtype=float)
    return np.exp(a - special.logsumexp(a, axis=-1, keepdims=True))


@alternative("softmax")
def with_lists_and_recursion(a):
    rows = np.asarray(a).tolist()
    if isinstance(rows[0], list):
        return [with_lists_and_recursion(row) for row in rows]
    largest = max(rows)
    exponentials = [math.exp(value - largest) for value in rows]
    return [value / sum(exponentials) for value in exponentials]


@alternative("softmax")
def with_the_classes_first(a):
    a = np.asarray(a, dtype=float)
    shifted = np.moveaxis(a, -1, 0) - np.max(a, axis=-1)
    exponentials = np.exp(shifted)
    return np.moveaxis(exponentials / np.sum(exponentials, axis=0), 0, -1)


@alternative("softmax")
def with_ratios(a):
    # 1 / σ_i = Σ_j exp(a_j − a_i); what is cut off at 700 comes out as 0 to 300 decimals.
    a = np.asarray(a, dtype=float)
    differences = a[..., None, :] - a[..., :, None]
    return 1 / np.sum(np.exp(np.minimum(differences, 700)), axis=-1)


@alternative("softmax")
def in_single_precision(a):
    a = np.asarray(a, dtype=np.float32)
    exponentials = np.exp(a - a.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@alternative("softmax")
def with_an_array_of_objects(a):
    a = np.asarray(a, dtype=object)
    exponentials = np.vectorize(math.exp, otypes=[object])(a - np.max(a, axis=-1, keepdims=True))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


@alternative("softmax")
def along_the_last_axis(a):
    def share(numbers):
        exponentials = np.exp(numbers - np.max(numbers))
        return exponentials / np.sum(exponentials)

    return np.apply_along_axis(share, -1, np.asarray(a, dtype=float))


@alternative("softmax")
def with_powers_of_two(a):
    # e^x is 2^(x log₂ e).
    in_bits = np.asarray(a, dtype=float) * np.log2(np.e)
    powers = np.exp2(in_bits - np.amax(in_bits, axis=-1)[..., np.newaxis])
    return powers / np.einsum("...i->...", powers)[..., np.newaxis]


@alternative("softmax")
def each_against_the_rest(a):
    # A class and all others together are two classes, and softmax of two is a sigmoid.
    a = np.asarray(a, dtype=float)
    classes = range(a.shape[-1])
    others = [special.logsumexp(np.delete(a, i, axis=-1), axis=-1) for i in classes]
    return np.stack([special.expit(a[..., i] - others[i]) for i in classes], axis=-1)


@alternative("softmax")
def in_a_single_pass(a):
    # The sum is kept as seen from the largest so far, and rescaled when a larger one comes.
    a = np.asarray(a, dtype=float)
    largest, total = a[..., 0], np.ones(a.shape[:-1])
    for i in range(1, a.shape[-1]):
        before, largest = largest, np.maximum(largest, a[..., i])
        total = total * np.exp(before - largest) + np.exp(a[..., i] - largest)
    return np.exp(a - largest[..., None]) / total[..., None]


@alternative("softmax_jacobian")
def with_two_loops(a):
    probabilities = softmax(a)
    n = len(probabilities)
    jacobian = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            jacobian[i, j] = probabilities[i] * ((1 if i == j else 0) - probabilities[j])
    return jacobian


@alternative("softmax_jacobian")
def with_identity_and_broadcasting(a):
    probabilities = softmax(a)
    return probabilities[:, None] * (np.eye(len(probabilities)) - probabilities[None, :])


@alternative("softmax_jacobian")
def with_einsum(a):
    probabilities = softmax(a)
    return np.einsum("i,ij->ij", probabilities, np.eye(len(probabilities))) - np.einsum(
        "i,j->ij", probabilities, probabilities
    )


@alternative("softmax_jacobian")
def with_complex_steps(a):
    # f(a + ih) = f(a) + ih f'(a) − …: the imaginary part has no subtraction, so no rounding.
    a = np.asarray(a, dtype=float)
    exponentials = np.exp(a - a.max() + 1e-20j * np.eye(len(a)))
    return (exponentials / exponentials.sum(axis=1, keepdims=True)).imag.T / 1e-20


@alternative("softmax_jacobian")
def with_central_differences(a):
    a = np.asarray(a, dtype=float)
    h = 1e-5
    columns = [(softmax(a + step) - softmax(a - step)) / (2 * h) for step in h * np.eye(len(a))]
    return np.column_stack(columns)


@alternative("softmax_jacobian")
def with_a_column_vector(a):
    column = softmax(a).reshape(-1, 1)
    return np.diagflat(column) - np.dot(column, column.T)


@alternative("softmax_jacobian")
def with_the_quotient_rule(a):
    a = np.asarray(a, dtype=float)
    exponentials = np.exp(a - a.max())
    total = exponentials.sum()
    derivatives_above = np.diag(exponentials)
    return (derivatives_above * total - np.outer(exponentials, exponentials)) / total**2


@alternative("softmax_jacobian")
def as_a_covariance(a):
    # Softmax draws one class: the covariance of the ones and zeros that mark it is this very table.
    probabilities = softmax(a)
    return np.atleast_2d(np.cov(np.eye(len(probabilities)), aweights=probabilities, ddof=0))


@alternative("softmax_jacobian")
def with_rows_that_sum_to_zero(a):
    # What one output gains when its input grows, the others lose.
    probabilities = softmax(a)
    jacobian = -probabilities[:, None] * probabilities
    np.fill_diagonal(jacobian, 0.0)
    jacobian[np.diag_indices(len(probabilities))] = -jacobian.sum(axis=1)
    return jacobian


@alternative("predict")
def by_sorting(probabilities):
    return np.argsort(-np.asarray(probabilities), axis=-1, kind="stable")[..., 0]


@alternative("predict")
def with_a_loop(probabilities):
    probabilities = np.asarray(probabilities)
    if probabilities.ndim == 1:
        return max(range(len(probabilities)), key=lambda index: probabilities[index])
    return [with_a_loop(row) for row in probabilities]


@alternative("predict")
def with_lists(probabilities):
    rows = np.asarray(probabilities).tolist()
    if not isinstance(rows[0], list):
        return rows.index(max(rows))
    return np.array([row.index(max(row)) for row in rows])


@alternative("predict")
def as_the_smallest_of_the_opposites(probabilities):
    return np.argmin(np.negative(probabilities), axis=-1)


@alternative("predict")
def where_the_largest_stands(probabilities):
    rows = np.asarray(probabilities)
    is_largest = rows >= np.max(rows, axis=-1, keepdims=True)
    return is_largest.argmax(axis=-1)


@alternative("predict")
def with_a_champion_for_each_sample(probabilities):
    classes = np.moveaxis(np.asarray(probabilities), -1, 0)
    winner, highest = np.zeros(classes.shape[1:], dtype=int), classes[0]
    for index, challenger in enumerate(classes):
        winner = np.where(challenger > highest, index, winner)
        highest = np.maximum(challenger, highest)
    return winner


@alternative("predict")
def row_by_row(probabilities):
    rows = np.atleast_2d(probabilities)
    winners = np.array([sorted(zip(row, range(len(row)), strict=True))[-1][1] for row in rows.tolist()])
    return winners if np.ndim(probabilities) == 2 else winners.item()


@alternative("softmax_twin")
def shifted_down(a):
    return np.array(a) - 3


@alternative("softmax_twin")
def with_mean_zero(a):
    a = np.asarray(a, dtype=float)
    return a - a.mean() if abs(a.mean()) > 0.5 else a - a.mean() + 2.0


@alternative("softmax_twin")
def through_the_logarithm(a):
    return np.asarray(a) - special.logsumexp(a) - 1.0 - abs(np.max(a))


@alternative("softmax_twin")
def as_near_as_allowed(a):
    return np.asarray(a) + 0.1


@alternative("softmax_twin")
def with_a_list(a):
    return [value + 10 for value in np.asarray(a).tolist()]


@alternative("softmax_twin")
def rebuilt_from_its_steps(a):
    # The steps from each number to the next are the same; only the start is another.
    a = np.asarray(a, dtype=float)
    return np.cumsum(np.concatenate([[a[0] + 2.5], np.diff(a)]))


@alternative("softmax_twin")
def moved_by_more_than_its_span(a):
    return np.array(a, dtype=float) + np.ptp(a) + 1
