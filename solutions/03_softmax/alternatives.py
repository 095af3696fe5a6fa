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
