"""Other right solutions of stage 02: each must get full marks."""

import math

import numpy as np
from reference import sigmoid, tanh
from scipy import special

from capas.course.solutions import alternative


@alternative("jacket")
def with_where(temperature, threshold):
    return np.where(np.asarray(temperature) < threshold, 1.0, 0.0)


@alternative("jacket")
def with_lists_and_recursion(temperature, threshold):
    if np.ndim(temperature) > 0:
        return [with_lists_and_recursion(part, threshold) for part in temperature]
    return 1 if temperature < threshold else 0


@alternative("jacket")
def with_heaviside(temperature, threshold):
    return np.heaviside(threshold - np.asarray(temperature, dtype=float), 0.0)


@alternative("jacket")
def with_a_mask(temperature, threshold):
    decision = np.zeros(np.shape(temperature), dtype=int)
    decision[np.asarray(temperature) < threshold] = 1
    return decision


@alternative("jacket")
def from_the_sign(temperature, threshold):
    # The sign of what is missing is −1, 0 or 1; half of one more, rounded down, is 0, 0 or 1.
    return (np.sign(threshold - np.asarray(temperature)) + 1) // 2


@alternative("jacket")
def what_is_missing_rounded_up(temperature, threshold):
    missing = np.subtract(threshold, temperature)
    return np.clip(np.ceil(missing), 0, 1)


@alternative("jacket")
def with_a_table_of_cases(temperature, threshold):
    temperature = np.asarray(temperature)
    return np.select([temperature < threshold, temperature >= threshold], [1.0, 0.0])


@alternative("sigmoid")
def with_scipy(a):
    return special.expit(np.asarray(a, dtype=float))


@alternative("sigmoid")
def with_the_hyperbolic_tangent(a):
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(a)))


@alternative("sigmoid")
def with_clipped_exponents(a):
    # Beyond ±500 the sigmoid is 0 or 1 to more digits than a float has.
    return 1.0 / (1.0 + np.exp(-np.clip(a, -500, 500)))


@alternative("sigmoid")
def with_two_masks(a):
    a = np.asarray(a, dtype=float)
    result = np.empty(a.shape)
    positive = a >= 0
    result[positive] = 1.0 / (1.0 + np.exp(-a[positive]))
    exponentials = np.exp(a[~positive])
    result[~positive] = exponentials / (1.0 + exponentials)
    return result


@alternative("sigmoid")
def with_log_add_exp(a):
    return np.exp(-np.logaddexp(0.0, -np.asarray(a, dtype=float)))


@alternative("sigmoid")
def with_math_and_recursion(a):
    if np.ndim(a) > 0:
        return [with_math_and_recursion(part) for part in a]
    if a < 0:
        return math.exp(a) / (1 + math.exp(a))
    return 1 / (1 + math.exp(-a))


@alternative("sigmoid")
def where_infinity_is_welcome(a):
    # 1 / (1 + ∞) is 0, as it should be: only the warning has to go.
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(a, dtype=float)))


@alternative("sigmoid")
def with_the_smaller_exponent_above(a):
    a = np.asarray(a, dtype=float)
    return np.exp(np.minimum(a, 0)) / (1 + np.exp(-np.abs(a)))


@alternative("sigmoid")
def as_softmax_of_two(a):
    a = np.asarray(a, dtype=float)
    return special.softmax(np.stack([np.zeros_like(a), a]), axis=0)[1]


@alternative("sigmoid")
def with_a_function_of_one_number(a):
    def of_one_number(value):
        small = math.exp(-math.fabs(value))
        return (1.0 if value > 0 else small) / (1.0 + small)

    return np.frompyfunc(of_one_number, 1, 1)(a)


@alternative("sigmoid_derivative")
def from_the_sigmoid(a):
    y = sigmoid(a)
    return y * (1 - y)


@alternative("sigmoid_derivative")
def both_sides_of_the_sigmoid(a):
    # 1 − σ(a) = σ(−a)
    return sigmoid(a) * sigmoid(-np.asarray(a))


@alternative("sigmoid_derivative")
def from_the_slope_of_tanh(a):
    return 0.25 * (1.0 - np.tanh(0.5 * np.asarray(a)) ** 2)


@alternative("sigmoid_derivative")
def with_one_exponential(a):
    decay = np.exp(-np.abs(a))
    return decay / (1.0 + decay) ** 2


@alternative("sigmoid_derivative")
def with_math_element_by_element(a):
    a = np.asarray(a)
    slopes = [math.exp(-abs(value)) / (1 + math.exp(-abs(value))) ** 2 for value in a.ravel().tolist()]
    return np.array(slopes).reshape(a.shape)


@alternative("sigmoid_derivative")
def through_its_logarithm(a):
    distance = np.abs(np.asarray(a, dtype=float))
    return np.exp(-distance - 2 * np.log1p(np.exp(-distance)))


@alternative("sigmoid_derivative")
def with_a_cosine_below(a):
    # (1 + e^−a)(1 + e^a) = 2 + e^a + e^−a. Beyond ±700 the slope is 0 to more digits than a float has.
    return 1 / (2 + 2 * np.cosh(np.clip(a, -700, 700)))


@alternative("sigmoid_derivative")
def with_an_imaginary_step(a):
    # σ(a + ih) = σ(a) + ih σ'(a) − …: nothing is subtracted, so nothing is lost.
    step = 1e-30
    return (1 / (1 + np.exp(-np.abs(np.asarray(a, dtype=float)) - 1j * step))).imag / step


@alternative("tanh")
def with_numpy(a):
    return np.tanh(a)


@alternative("tanh")
def from_the_sigmoid_of_the_double(a):
    return 2 * sigmoid(2 * np.asarray(a)) - 1


@alternative("tanh")
def with_clipped_exponentials(a):
    # Beyond ±300 the quotient is ±1 to more digits than a float has.
    a = np.clip(np.asarray(a, dtype=float), -300, 300)
    return (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a))


@alternative("tanh")
def with_lists_of_lists(a):
    if np.ndim(a) > 0:
        return [with_lists_of_lists(part) for part in a]
    return math.tanh(a)


@alternative("tanh")
def with_expm1(a):
    a = np.asarray(a, dtype=float)
    rest = np.expm1(-2 * np.abs(a))
    return np.copysign(-rest / (2 + rest), a)


@alternative("tanh")
def sine_over_cosine(a):
    # Beyond ±700 the quotient is ±1 to more digits than a float has, and both still fit in one.
    a = np.clip(np.asarray(a, dtype=float), -700, 700)
    return np.sinh(a) / np.cosh(a)


@alternative("tanh")
def tangent_of_an_imaginary_angle(a):
    return np.imag(np.tan(1j * np.asarray(a, dtype=float)))


@alternative("tanh")
def between_two_sigmoids(a):
    double = 2 * np.asarray(a)
    return sigmoid(double) - sigmoid(-double)


@alternative("tanh")
def what_is_missing_to_one(a):
    with np.errstate(over="ignore"):
        return 1 - 2 / (np.exp(2 * np.asarray(a, dtype=float)) + 1)


@alternative("tanh_derivative")
def from_its_own_output(a):
    return 1 - tanh(a) ** 2


@alternative("tanh_derivative")
def as_a_product(a):
    y = np.tanh(a)
    return (1 + y) * (1 - y)


@alternative("tanh_derivative")
def with_the_hyperbolic_cosine(a):
    # Beyond ±300 the slope is 0 to more digits than a float has, and cosh still fits in one.
    return 1 / np.cosh(np.clip(a, -300, 300)) ** 2


@alternative("tanh_derivative")
def from_the_slope_of_the_sigmoid(a):
    y = special.expit(2.0 * np.asarray(a))
    return 4 * y * (1 - y)


@alternative("tanh_derivative")
def with_a_loop(a):
    slopes = np.zeros(np.shape(a))
    for place, value in np.ndenumerate(a):
        slopes[place] = 1 - math.tanh(value) ** 2
    return slopes


@alternative("tanh_derivative")
def with_both_sides_of_a_sigmoid(a):
    double = 2 * np.asarray(a)
    return 4 * sigmoid(double) * sigmoid(-double)


@alternative("tanh_derivative")
def through_a_logarithm(a):
    a = np.asarray(a, dtype=float)
    return 4 * np.exp(-2 * np.logaddexp(a, -a))


@alternative("tanh_derivative")
def with_central_differences(a):
    a = np.asarray(a, dtype=float)
    right, left = np.tanh([a + 1e-5, a - 1e-5])
    return (right - left) / 2e-5


@alternative("relu")
def positive_or_zero(a):
    a = np.asarray(a)
    return np.where(a > 0, a, 0)


@alternative("relu")
def times_its_sign(a):
    a = np.asarray(a)
    return a * (a > 0)


@alternative("relu")
def half_of_the_sum(a):
    return (np.asarray(a) + np.abs(a)) / 2


@alternative("relu")
def with_builtin_max(a):
    return [with_builtin_max(part) for part in a] if np.ndim(a) > 0 else max(0, a)


@alternative("relu")
def on_a_copy(a):
    result = np.array(a)
    result[result < 0] = 0
    return result


@alternative("relu")
def clipped_from_below(a):
    return np.clip(a, 0, None)


@alternative("relu")
def without_its_negative_part(a):
    return np.subtract(a, np.minimum(a, 0))


@alternative("relu")
def the_larger_of_two_layers(a):
    a = np.asarray(a)
    return np.max([a, np.zeros_like(a)], axis=0)


@alternative("relu")
def piece_by_piece(a):
    a = np.asarray(a, dtype=float)
    return np.piecewise(a, [a > 0], [lambda positive: positive, 0.0])


@alternative("relu_derivative")
def one_or_zero(a):
    return np.where(np.asarray(a) > 0, 1, 0)


@alternative("relu_derivative")
def step_of_heaviside(a):
    return np.heaviside(a, 0)


@alternative("relu_derivative")
def sign_of_the_positive_part(a):
    return np.sign(np.maximum(a, 0))


@alternative("relu_derivative")
def with_python_numbers(a):
    return [with_python_numbers(part) for part in a] if np.ndim(a) > 0 else float(a > 0)


@alternative("relu_derivative")
def with_a_mask_on_zeros(a):
    slopes = np.zeros(np.shape(a))
    slopes[np.asarray(a) > 0] = 1
    return slopes


@alternative("relu_derivative")
def one_less_where_it_is_flat(a):
    return 1 - np.less_equal(a, 0)


@alternative("relu_derivative")
def divided_only_where_it_can_be(a):
    a = np.asarray(a, dtype=float)
    return np.divide(a, a, out=np.zeros_like(a), where=a > 0)


@alternative("relu_derivative")
def rounded_up_and_clipped(a):
    return np.ceil(np.clip(np.asarray(a), 0, 1))


@alternative("numerical_derivative")
def one_element_at_a_time(f, a, h=1e-5):
    a = np.array(a, dtype=float)
    slopes = np.zeros(a.shape)
    for place in np.ndindex(a.shape):
        step = np.zeros(a.shape)
        step[place] = h
        slopes[place] = (f(a + step) - f(a - step))[place] / (2 * h)
    return slopes


@alternative("numerical_derivative")
def with_lists_of_numbers(f, a, h=1e-5):
    if np.ndim(a) > 0:
        return [with_lists_of_numbers(f, part, h) for part in a]
    return (f(a + h) - f(a - h)) / (2 * h)


@alternative("numerical_derivative")
def mean_of_both_sides(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    here = f(a)
    return ((f(a + h) - here) / h + (here - f(a - h)) / h) / 2


@alternative("numerical_derivative")
def with_a_single_call(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    up, down = f(np.stack([a + h, a - h]))
    return (up - down) / (2 * h)


@alternative("numerical_derivative")
def divided_by_the_distance(f, a, h=1e-5):
    # What a + h and a − h really are after rounding is a little closer or farther than 2h.
    right, left = np.add(a, h), np.subtract(a, h)
    return (f(right) - f(left)) / (right - left)


@alternative("numerical_derivative")
def with_numpy_gradient(f, a, h=1e-5):
    # Of three neighbours on the curve, the slope at the one in the middle.
    a = np.asarray(a, dtype=float)
    return np.gradient(np.stack([f(a - h), f(a), f(a + h)]), h, axis=0)[1]


@alternative("numerical_derivative")
def as_a_function_of_the_step(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)

    def moved(step):
        return np.asarray(f(a + step))

    return sum(side * moved(side * h) for side in (1, -1)) / h / 2


@alternative("numerical_derivative")
def with_a_difference_along_an_axis(f, a, h=1e-5):
    values = [f(np.asarray(a, dtype=float) + step) for step in (-h, h)]
    return np.diff(values, axis=0)[0] * (0.5 / h)
