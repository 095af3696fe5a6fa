"""What students get wrong in stage 02, and what to tell them: each must lose points on its own question."""

import math

import numpy as np
from reference import relu, sigmoid, tanh

from capas.course.solutions import mistake


@mistake(
    "jacket",
    es="La comparación va al revés: te pones la chaqueta cuando hace calor.",
    en="The comparison points the other way: you put the jacket on when it is warm.",
)
def jacket_in_the_heat(temperature, threshold):
    return (np.asarray(temperature) > threshold).astype(float)


@mistake(
    "jacket",
    es="Te la pones ya en el umbral justo. El enunciado dice que solo por debajo.",
    en="You put it on right at the threshold. The assignment says only below it.",
)
def jacket_at_the_threshold(temperature, threshold):
    return (np.asarray(temperature) <= threshold).astype(float)


@mistake(
    "jacket",
    es="Devuelves True y False. La decisión se pide como número, porque la capa siguiente va a calcular con ella.",
    en="You return True and False. The decision is asked for as a number, because the next layer will compute with it.",
)
def true_or_false(temperature, threshold):
    return np.asarray(temperature) < threshold


@mistake(
    "jacket",
    es="Un `if` decide una sola vez. Con un arreglo hay una decisión por elemento, y Python no sabe cuál de ellas "
    "quieres.",
    en="An `if` decides only once. With an array there is one decision an element, and Python cannot know which of "
    "them you mean.",
)
def one_if_for_all(temperature, threshold):
    if np.asarray(temperature) < threshold:
        return 1.0
    return 0.0


@mistake(
    "jacket",
    es="Comparas con cero, no con el umbral que recibes: cada quien tiene frío a una temperatura distinta.",
    en="You compare with zero, not with the threshold you are given: everyone feels cold at a different temperature.",
)
def cold_means_below_zero(temperature, threshold):
    return (np.asarray(temperature) < 0).astype(float)


@mistake(
    "jacket",
    es="Devuelves −1 para el no. Esta activación es binaria con otros dos valores.",
    en="You return −1 for no. This activation is binary with two other values.",
)
def minus_one_for_no(temperature, threshold):
    return np.where(np.asarray(temperature) < threshold, 1.0, -1.0)


@mistake(
    "jacket",
    es="Escribes las decisiones encima de las temperaturas: quien llamó a tu función se queda sin sus datos.",
    en="You write the decisions over the temperatures: whoever called your function loses their data.",
)
def overwrites_the_temperatures(temperature, threshold):
    if not isinstance(temperature, np.ndarray):
        temperature = np.array(temperature)
    cold = temperature < threshold
    temperature[cold] = 1
    temperature[~cold] = 0
    return temperature


@mistake(
    "jacket",
    es="Redondeas las temperaturas antes de comparar. A una décima de grado del umbral la respuesta ya cambia.",
    en="You round the temperatures before you compare. A tenth of a degree from the threshold the answer changes.",
)
def rounds_the_temperatures(temperature, threshold):
    return (np.round(temperature, 1) < threshold).astype(float)


@mistake(
    "jacket",
    es="Conviertes el umbral al tipo de las temperaturas. Si son enteras, el umbral pierde sus decimales.",
    en="You convert the threshold to the type of the temperatures. When they are whole, it loses its decimals.",
)
def threshold_like_the_temperatures(temperature, threshold):
    temperature = np.asarray(temperature)
    return (temperature < np.asarray(threshold).astype(temperature.dtype)).astype(float)


@mistake(
    "jacket",
    es="Recortas las temperaturas extremas en el mismo arreglo que recibiste: quien te llamó lo encuentra cambiado.",
    en="You clip extreme temperatures in the very array you were given: whoever called you finds it changed.",
)
def clips_the_callers_temperatures(temperature, threshold):
    temperature = np.asarray(temperature)
    result = (temperature < threshold).astype(float)
    np.clip(temperature, -100, 100, out=temperature)
    return result


@mistake(
    "jacket",
    es="Tomas una sola decisión para todo el arreglo: la chaqueta solo si hace frío en todas partes. Se pide una por "
    "temperatura.",
    en="You take a single decision for the whole array: the jacket only if it is cold everywhere. One for each "
    "temperature is asked for.",
)
def one_decision_for_all(temperature, threshold):
    return float(np.all(np.asarray(temperature) < threshold))


@mistake(
    "jacket",
    es="Devuelves en qué lugares hace frío. Se pide una respuesta en cada lugar, también donde es no.",
    en="You return the places where it is cold. An answer at each place is asked for, also where it is no.",
)
def places_where_it_is_cold(temperature, threshold):
    return np.flatnonzero(np.asarray(temperature) < threshold)


@mistake(
    "jacket",
    es="Devuelves cuántos grados faltan para el umbral. La decisión no tiene grados: es sí o no.",
    en="You return how many degrees are missing to the threshold. The decision has no degrees: it is yes or no.",
)
def how_cold_it_is(temperature, threshold):
    return np.maximum(threshold - np.asarray(temperature), 0)


@mistake(
    "sigmoid",
    es="La fórmula está bien, pero e^−a se calcula tal cual: con un a muy negativo el resultado no cabe en un float y "
    "NumPy avisa.",
    en="The formula is right, but e^−a is computed just as it stands: for a very negative a the result does not fit in "
    "a float, and NumPy warns.",
)
def overflows_on_the_negative_side(a):
    return 1 / (1 + np.exp(-np.asarray(a, dtype=float)))


@mistake(
    "sigmoid",
    es="Usas la otra forma de la fórmula, con e^a arriba y abajo: con un a muy grande queda infinito entre infinito.",
    en="You use the other form of the formula, with e^a over and under: for a very large a it becomes infinity over "
    "infinity.",
)
def overflows_on_the_positive_side(a):
    exponentials = np.exp(np.asarray(a, dtype=float))
    return exponentials / (1 + exponentials)


@mistake(
    "sigmoid",
    es="Eliges entre dos fórmulas con np.where, pero las dos se calculan enteras antes de elegir, también donde se "
    "desbordan.",
    en="You choose between two formulas with np.where, but both are computed in full before the choice, also where "
    "they overflow.",
)
def computes_both_branches(a):
    a = np.asarray(a, dtype=float)
    return np.where(a >= 0, 1 / (1 + np.exp(-a)), np.exp(a) / (1 + np.exp(a)))


@mistake(
    "sigmoid",
    es="Al exponente le falta el signo: tu curva baja donde la sigmoide sube.",
    en="The exponent has lost its sign: your curve falls where the sigmoid rises.",
)
def falls_instead_of_rising(a):
    return 1 / (1 + np.exp(np.clip(a, -500, 500)))


@mistake(
    "sigmoid",
    es="Faltan paréntesis: 1 / 1 + e^−a es 1 + e^−a, porque la división se hace antes que la suma.",
    en="Parentheses are missing: 1 / 1 + e^−a is 1 + e^−a, because division comes before addition.",
)
def divides_before_adding(a):
    return 1 / 1 + np.exp(-np.clip(a, -500, 500))


@mistake(
    "sigmoid",
    es="math.exp trabaja con un solo número; aquí también llegan arreglos y listas.",
    en="math.exp works on a single number; arrays and lists come in here too.",
)
def only_single_numbers(a):
    return 1 / (1 + math.exp(-a))


@mistake(
    "sigmoid",
    es="Repartes las exponenciales entre todos los elementos. La sigmoide mira cada número por su cuenta; la función "
    "que mira el conjunto es softmax.",
    en="You share the exponentials out among all elements. The sigmoid looks at each number by itself; the function "
    "that looks at the set is softmax.",
)
def shares_among_all(a):
    exponentials = np.exp(np.asarray(a, dtype=float) - np.max(a))
    return exponentials / np.sum(exponentials)


@mistake(
    "sigmoid",
    es="Estiras tanh hasta (0, 1), pero la curva sube dos veces más deprisa que la sigmoide.",
    en="You stretch tanh to (0, 1), but the curve rises twice as fast as the sigmoid.",
)
def rises_twice_as_fast(a):
    return (1 + np.tanh(a)) / 2


@mistake(
    "sigmoid",
    es="Recortas los números tan cerca de cero que ahí la sigmoide todavía no ha llegado a 0 ni a 1.",
    en="You cut the numbers off so close to zero that the sigmoid has not yet reached 0 or 1 there.",
)
def clips_too_close(a):
    return 1 / (1 + np.exp(-np.clip(a, -5, 5)))


@mistake(
    "sigmoid",
    es="El arreglo donde guardas el resultado hereda el tipo entero de la entrada, y los decimales se pierden al "
    "guardarlos.",
    en="The array in which you keep the result inherits the integer type of the input, and the decimals are lost as "
    "they are stored.",
)
def loses_decimals_of_integers(a):
    a = np.asarray(a)
    result = np.zeros_like(a)
    result[a >= 0] = 1 / (1 + np.exp(-a[a >= 0]))
    result[a < 0] = np.exp(a[a < 0]) / (1 + np.exp(a[a < 0]))
    return result


@mistake(
    "sigmoid",
    es="Calculas sobre el mismo arreglo que te dieron: al terminar, los datos de quien llamó a tu función ya no son "
    "los suyos.",
    en="You compute on the very array you were given: afterwards the data of whoever called your function are no "
    "longer theirs.",
)
def sigmoid_in_place(a):
    if not isinstance(a, np.ndarray) or a.dtype.kind != "f":
        a = np.array(a, dtype=float)
    np.clip(a, -500, 500, out=a)
    np.exp(-a, out=a)
    return 1 / (1 + a)


@mistake(
    "sigmoid",
    es="Redondeas a cuatro decimales, como se leen en el enunciado. Lo que devuelves debe llevar todas sus cifras.",
    en="You round to four decimals, as the assignment shows them. What you return must keep all its digits.",
)
def rounds_the_sigmoid(a):
    return np.round(0.5 * (1 + np.tanh(np.asarray(a, dtype=float) / 2)), 4)


@mistake(
    "sigmoid",
    es="Recortas los números muy grandes en el mismo arreglo que recibiste: quien te llamó lo encuentra cambiado.",
    en="You clip very large numbers in the very array you were given: whoever called you finds it changed.",
)
def clips_the_callers_array(a):
    a = np.asarray(a)
    np.clip(a, -200, 200, out=a)
    return 1 / (1 + np.exp(-a))


@mistake(
    "sigmoid",
    es="Escribes e con tres decimales. Lo que le falta se nota en el resultado, y más cuanto más lejos de 0.",
    en="You write e with three decimals. What it lacks shows in the result, the more so the farther from 0.",
)
def e_with_three_decimals(a):
    return 1 / (1 + 2.718 ** -np.clip(np.asarray(a, dtype=float), -500, 500))


@mistake(
    "sigmoid",
    es="Abajo restas donde la fórmula suma: en 0 divides entre cero, y para a < 0 el resultado es negativo.",
    en="Under the line you subtract where the formula adds: at 0 you divide by zero, and for a < 0 the result is "
    "negative.",
)
def subtracts_below(a):
    return 1 / (1 - np.exp(-np.clip(np.asarray(a, dtype=float), -500, 500)))


@mistake(
    "sigmoid_derivative",
    es="Calculas a (1 − a), como si a fuera ya la salida de la sigmoide. La función recibe el punto donde se deriva.",
    en="You compute a (1 − a), as if a were already the output of the sigmoid. The function receives the point at "
    "which to differentiate.",
)
def takes_a_for_the_output(a):
    a = np.asarray(a, dtype=float)
    return a * (1 - a)


@mistake(
    "sigmoid_derivative",
    es="Aplicas la sigmoide dos veces: la derivada queda evaluada en σ(a) y no en a.",
    en="You apply the sigmoid twice: the derivative is taken at σ(a) and not at a.",
)
def sigmoid_twice(a):
    y = sigmoid(sigmoid(a))
    return y * (1 - y)


@mistake(
    "sigmoid_derivative",
    es="La derivada sale negativa, pero la sigmoide nunca baja: al derivar e^−a aparece un signo, y otro al derivar el "
    "cociente.",
    en="The derivative comes out negative, but the sigmoid never falls: differentiating e^−a brings one sign, and "
    "differentiating the quotient another.",
)
def loses_a_sign(a):
    y = sigmoid(a)
    return y * (y - 1)


@mistake(
    "sigmoid_derivative",
    es="Devuelves 1 − σ(a): falta uno de los dos factores, y por eso la pendiente no se apaga a la izquierda.",
    en="You return 1 − σ(a): one of the two factors is missing, and so the slope does not die away on the left.",
)
def forgets_the_first_factor(a):
    return 1 - sigmoid(a)


@mistake(
    "sigmoid_derivative",
    es="1 − y² es la forma de la derivada de otra activación: la que va de −1 a 1.",
    en="1 − y² is the form of another activation's derivative: the one that goes from −1 to 1.",
)
def pattern_of_tanh(a):
    return 1 - sigmoid(a) ** 2


@mistake(
    "sigmoid_derivative",
    es="Derivaste el cociente y calculas e^−a / (1 + e^−a)² tal cual: con un a muy negativo queda infinito entre "
    "infinito.",
    en="You differentiated the quotient and compute e^−a / (1 + e^−a)² just as it stands: for a very negative a it "
    "becomes infinity over infinity.",
)
def quotient_that_overflows(a):
    exponentials = np.exp(-np.asarray(a, dtype=float))
    return exponentials / (1 + exponentials) ** 2


@mistake(
    "sigmoid_derivative",
    es="La derivada está bien, pero la sigmoide de la que partes se desborda con un a muy negativo y NumPy avisa.",
    en="The derivative is right, but the sigmoid you start from overflows for a very negative a, and NumPy warns.",
)
def starts_from_a_sigmoid_that_overflows(a):
    y = 1 / (1 + np.exp(-np.asarray(a, dtype=float)))
    return y * (1 - y)


@mistake(
    "sigmoid_derivative",
    es="Aproximas la derivada con una diferencia hacia un lado y un paso grande: el error se nota en el tercer "
    "decimal.",
    en="You approximate the derivative by a difference to one side with a large step: the error shows in the third "
    "decimal.",
)
def coarse_difference(a):
    a = np.asarray(a, dtype=float)
    return (sigmoid(a + 0.1) - sigmoid(a)) / 0.1


@mistake(
    "sigmoid_derivative",
    es="Guardas la sigmoide en el mismo arreglo que te dieron: la derivada sale bien, pero los datos de quien te llamó "
    "cambian.",
    en="You store the sigmoid in the very array you were given: the derivative is right, but the caller's data change.",
)
def stores_the_sigmoid_in_its_argument(a):
    if not isinstance(a, np.ndarray) or a.dtype.kind != "f":
        a = np.array(a, dtype=float)
    a[...] = sigmoid(a)
    return a * (1 - a)


@mistake(
    "sigmoid_derivative",
    es="Redondeas a cuatro decimales, como se leen en el enunciado. Lo que devuelves debe llevar todas sus cifras.",
    en="You round to four decimals, as the assignment shows them. What you return must keep all its digits.",
)
def rounds_the_slope(a):
    y = sigmoid(a)
    return np.round(y * (1 - y), 4)


@mistake(
    "sigmoid_derivative",
    es="Cerca de 0 devuelves siempre 0.25. Ese valor es solo el de 0: al lado la pendiente ya es un poco menor.",
    en="Near 0 you always return 0.25. That value is the one at 0 only: beside it the slope is a little less.",
)
def flat_around_zero(a):
    a = np.asarray(a, dtype=float)
    y = sigmoid(a)
    return np.where(np.abs(a) < 0.1, 0.25, y * (1 - y))


@mistake(
    "sigmoid_derivative",
    es="Derivas 1/u como −1/u² y te detienes ahí: u también depende de a, y su derivada falta en el producto.",
    en="You differentiate 1/u as −1/u² and stop there: u depends on a too, and its derivative is missing from the "
    "product.",
)
def stops_at_the_outer_derivative(a):
    return -(sigmoid(a) ** 2)


@mistake(
    "sigmoid_derivative",
    es="En el segundo factor restas a, y la fórmula resta σ(a): a y σ(a) son números distintos.",
    en="In the second factor you subtract a, and the formula subtracts σ(a): a and σ(a) are different numbers.",
)
def second_factor_of_a(a):
    return sigmoid(a) * (1 - np.asarray(a, dtype=float))


@mistake(
    "tanh",
    es="La fórmula está bien, pero las exponenciales se calculan tal cual: con números grandes queda infinito entre "
    "infinito, aunque tanh vale casi 1.",
    en="The formula is right, but the exponentials are computed just as they stand: for large numbers it becomes "
    "infinity over infinity, although tanh is nearly 1.",
)
def infinity_over_infinity(a):
    a = np.asarray(a, dtype=float)
    return (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a))


@mistake(
    "tanh",
    es="Te ahorras una exponencial con e^(2a), pero esa se desborda el doble de pronto que e^a.",
    en="You save one exponential by using e^(2a), but that one overflows twice as soon as e^a.",
)
def doubles_the_exponent(a):
    exponentials = np.exp(2 * np.asarray(a, dtype=float))
    return (exponentials - 1) / (exponentials + 1)


@mistake(
    "tanh",
    es="El signo va al revés: tanh tiene el mismo signo que a.",
    en="The sign is reversed: tanh has the same sign as a.",
)
def reversed_sign(a):
    return -np.tanh(a)


@mistake(
    "tanh",
    es="2σ(a) − 1 va de −1 a 1, pero sube la mitad de rápido que tanh.",
    en="2σ(a) − 1 goes from −1 to 1, but it rises half as fast as tanh.",
)
def stretches_the_sigmoid(a):
    return 2 * sigmoid(a) - 1


@mistake(
    "tanh",
    es="Calculas la tangente, la de los ángulos. La hiperbólica se construye con exponenciales y nunca sale de "
    "(−1, 1).",
    en="You compute the tangent, the one of angles. The hyperbolic one is made of exponentials and never leaves "
    "(−1, 1).",
)
def tangent_of_angles(a):
    return np.tan(a)


@mistake(
    "tanh",
    es="Faltan paréntesis: solo e^−a queda dividido entre e^a.",
    en="Parentheses are missing: only e^−a is divided by e^a.",
)
def divides_only_the_middle(a):
    a = np.clip(np.asarray(a, dtype=float), -300, 300)
    return np.exp(a) - np.exp(-a) / np.exp(a) + np.exp(-a)


@mistake(
    "tanh",
    es="Cambias la curva por tres rectas: coincide con tanh en 0 y muy lejos, pero no entre medias.",
    en="You replace the curve by three straight lines: they agree with tanh at 0 and far away, but not in between.",
)
def three_straight_lines(a):
    return np.clip(np.asarray(a, dtype=float), -1, 1)


@mistake(
    "tanh",
    es="math.tanh trabaja con un solo número; aquí también llegan arreglos y listas.",
    en="math.tanh works on a single number; arrays and lists come in here too.",
)
def tanh_of_single_numbers(a):
    return math.tanh(a)


@mistake(
    "tanh",
    es="Guardas el resultado en el mismo arreglo que te dieron: al terminar, los datos de quien llamó a tu función ya "
    "no son los suyos.",
    en="You store the result in the very array you were given: afterwards the data of whoever called your function are "
    "no longer theirs.",
)
def tanh_in_place(a):
    if not isinstance(a, np.ndarray) or a.dtype.kind != "f":
        a = np.array(a, dtype=float)
    return np.tanh(a, out=a)


@mistake(
    "tanh",
    es="Redondeas a cuatro decimales, como se leen en el enunciado. Lo que devuelves debe llevar todas sus cifras.",
    en="You round to four decimals, as the assignment shows them. What you return must keep all its digits.",
)
def rounds_tanh(a):
    return np.round(2 * sigmoid(2 * np.asarray(a, dtype=float)) - 1, 4)


@mistake(
    "tanh",
    es="Cerca de 0 devuelves el mismo número que recibes. La curva se parece a esa recta, pero no es ella.",
    en="Near 0 you return the very number you are given. The curve is much like that line, but it is not the line.",
)
def a_line_around_zero(a):
    a = np.asarray(a, dtype=float)
    return np.where(np.abs(a) < 0.1, a, 2 * sigmoid(2 * a) - 1)


@mistake(
    "tanh",
    es="Divides la diferencia de las exponenciales entre 2. Eso es el seno hiperbólico, que crece sin límite; tanh "
    "divide entre otra cosa.",
    en="You divide the difference of the exponentials by 2. That is the hyperbolic sine, which grows without bound; "
    "tanh divides by something else.",
)
def hyperbolic_sine(a):
    a = np.clip(np.asarray(a, dtype=float), -700, 700)
    return (np.exp(a) - np.exp(-a)) / 2


@mistake(
    "tanh",
    es="Usas a / (1 + |a|). También va de −1 a 1, pero es otra curva: se acerca mucho más despacio a sus extremos.",
    en="You use a / (1 + |a|). It goes from −1 to 1 as well, but it is another curve: it nears its ends far more "
    "slowly.",
)
def another_curve_between_the_same_ends(a):
    a = np.asarray(a, dtype=float)
    return a / (1 + np.abs(a))


@mistake(
    "tanh",
    es="La fracción está al revés: en 0 divides entre cero, y lejos de 0 todo queda fuera de (−1, 1).",
    en="The fraction is upside down: at 0 you divide by zero, and away from 0 all lies outside (−1, 1).",
)
def sum_over_difference(a):
    a = np.clip(np.asarray(a, dtype=float), -300, 300)
    return (np.exp(a) + np.exp(-a)) / (np.exp(a) - np.exp(-a))


@mistake(
    "tanh_derivative",
    es="Calculas 1 − a², como si a fuera ya la salida de tanh. La función recibe el punto donde se deriva.",
    en="You compute 1 − a², as if a were already the output of tanh. The function receives the point at which to "
    "differentiate.",
)
def takes_a_for_the_output_of_tanh(a):
    return 1 - np.asarray(a, dtype=float) ** 2


@mistake(
    "tanh_derivative",
    es="Aplicas tanh dos veces: la derivada queda evaluada en tanh(a) y no en a.",
    en="You apply tanh twice: the derivative is taken at tanh(a) and not at a.",
)
def tanh_twice(a):
    return 1 - tanh(tanh(a)) ** 2


@mistake(
    "tanh_derivative",
    es="La fórmula está bien, pero el denominador se calcula tal cual y se desborda con números grandes: NumPy avisa.",
    en="The formula is right, but the denominator is computed just as it stands and overflows for large numbers: NumPy "
    "warns.",
)
def denominator_overflows(a):
    a = np.asarray(a, dtype=float)
    return 4 / (np.exp(a) + np.exp(-a)) ** 2


@mistake(
    "tanh_derivative",
    es="Al denominador le falta el cuadrado: en 0 la pendiente te sale 2.",
    en="The denominator lacks its square: at 0 your slope comes out as 2.",
)
def forgets_the_square_below(a):
    a = np.clip(np.asarray(a, dtype=float), -300, 300)
    return 4 / (np.exp(a) + np.exp(-a))


@mistake(
    "tanh_derivative",
    es="A tanh le falta el cuadrado: tu pendiente es mayor a la izquierda de 0 que a la derecha, y la de tanh es la "
    "misma a los dos lados.",
    en="tanh lacks its square: your slope is greater to the left of 0 than to the right, and that of tanh is the same "
    "on both sides.",
)
def forgets_the_square_of_tanh(a):
    return 1 - tanh(a)


@mistake(
    "tanh_derivative",
    es="y (1 − y) es la forma de la derivada de otra activación: la que va de 0 a 1.",
    en="y (1 − y) is the form of another activation's derivative: the one that goes from 0 to 1.",
)
def pattern_of_the_sigmoid(a):
    y = tanh(a)
    return y * (1 - y)


@mistake(
    "tanh_derivative",
    es="La derivada sale negativa, pero tanh nunca baja: la resta va al revés.",
    en="The derivative comes out negative, but tanh never falls: the subtraction is the wrong way round.",
)
def negative_slope(a):
    return tanh(a) ** 2 - 1


@mistake(
    "tanh_derivative",
    es="La fracción está al revés: tu pendiente crece al alejarse de 0, y la curva se aplana.",
    en="The fraction is upside down: your slope grows away from 0, and the curve flattens out.",
)
def upside_down(a):
    a = np.clip(np.asarray(a, dtype=float), -300, 300)
    return (np.exp(a) + np.exp(-a)) ** 2 / 4


@mistake(
    "tanh_derivative",
    es="Guardas tanh en el mismo arreglo que te dieron: la derivada sale bien, pero los datos de quien te llamó "
    "cambian.",
    en="You store tanh in the very array you were given: the derivative is right, but the caller's data change.",
)
def stores_tanh_in_its_argument(a):
    if not isinstance(a, np.ndarray) or a.dtype.kind != "f":
        a = np.array(a, dtype=float)
    a[...] = tanh(a)
    return 1 - a**2


@mistake(
    "tanh_derivative",
    es="Redondeas a cuatro decimales, como se leen en el enunciado. Lo que devuelves debe llevar todas sus cifras.",
    en="You round to four decimals, as the assignment shows them. What you return must keep all its digits.",
)
def rounds_the_slope_of_tanh(a):
    return np.round(1 - tanh(a) ** 2, 4)


@mistake(
    "tanh_derivative",
    es="Cerca de 0 devuelves siempre 1. Ese valor es solo el de 0: al lado la pendiente ya es un poco menor.",
    en="Near 0 you always return 1. That value is the one at 0 only: beside it the slope is a little less.",
)
def one_around_zero(a):
    a = np.asarray(a, dtype=float)
    return np.where(np.abs(a) < 0.1, 1.0, 1 - tanh(a) ** 2)


@mistake(
    "tanh_derivative",
    es="Sumas el cuadrado: 1 + tan² es la derivada de la tangente de los ángulos. Tu pendiente crece donde la curva "
    "se aplana.",
    en="You add the square: 1 + tan² is the derivative of the tangent of angles. Your slope grows where the curve "
    "flattens out.",
)
def adds_the_square(a):
    return 1 + tanh(a) ** 2


@mistake(
    "tanh_derivative",
    es="Elevas al cuadrado cada exponencial por separado. El cuadrado de una suma no es la suma de los cuadrados: "
    "falta el término del medio.",
    en="You square each exponential by itself. The square of a sum is not the sum of the squares: the term in the "
    "middle is missing.",
)
def squares_term_by_term(a):
    a = np.clip(np.asarray(a, dtype=float), -300, 300)
    return 4 / (np.exp(2 * a) + np.exp(-2 * a))


@mistake(
    "tanh_derivative",
    es="Elevas al cuadrado la resta entera, (1 − y)². El cuadrado es solo de una de las dos cosas.",
    en="You square the whole difference, (1 − y)². The square belongs to only one of the two things.",
)
def squares_the_difference(a):
    return (1 - tanh(a)) ** 2


@mistake(
    "relu",
    es="Pones los ceros en el mismo arreglo que te dieron: los números negativos de quien te llamó se pierden.",
    en="You put the zeros into the very array you were given: the caller's negative numbers are lost.",
)
def zeros_in_place(a):
    if not isinstance(a, np.ndarray):
        a = np.array(a)
    a[a < 0] = 0
    return a


@mistake(
    "relu",
    es="El max de Python compara dos cosas enteras y elige una. Con un arreglo hay que comparar elemento por elemento.",
    en="Python's max compares two whole things and picks one. With an array the comparison goes element by element.",
)
def builtin_max(a):
    return max(0, a)


@mistake(
    "relu",
    es="np.max(a, 0) busca el mayor a lo largo del eje 0: ese 0 es un eje, no el número con el que se compara.",
    en="np.max(a, 0) looks for the largest along axis 0: that 0 is an axis, not the number to compare with.",
)
def maximum_along_an_axis(a):
    return np.max(a, 0)


@mistake(
    "relu",
    es="Pones el mínimo donde va el máximo: pasa lo negativo y se detiene lo positivo.",
    en="You take the minimum where the maximum belongs: the negative gets through and the positive is stopped.",
)
def lets_the_negative_through(a):
    return np.minimum(0, a)


@mistake(
    "relu",
    es="Quitas el signo en vez de poner un cero: los negativos deben detenerse, no volverse positivos.",
    en="You take the sign away instead of putting a zero: negatives should be stopped, not made positive.",
)
def absolute_value(a):
    return np.abs(a)


@mistake(
    "relu",
    es="Quitas los negativos del arreglo. La salida necesita un valor por cada entrada, también por las negativas.",
    en="You take the negatives out of the array. The output needs one value for each input, the negative ones too.",
)
def drops_the_negative(a):
    a = np.asarray(a)
    return a[a > 0]


@mistake(
    "relu",
    es="Pones también un techo en 1. ReLU no está acotada por arriba: lo positivo pasa tal como llega.",
    en="You put a ceiling at 1 as well. ReLU has no upper bound: the positive passes just as it comes.",
)
def ceiling_at_one(a):
    return np.clip(a, 0, 1)


@mistake(
    "relu",
    es="Dejas pasar un poco de lo negativo. Esa es otra activación (leaky ReLU); en esta, lo negativo da 0.",
    en="You let a little of the negative through. That is another activation (leaky ReLU); in this one the negative "
    "gives 0.",
)
def leaks(a):
    a = np.asarray(a)
    return np.where(a > 0, a, 0.01 * a)


@mistake(
    "relu",
    es="Devuelves un 1 donde a es positivo: eso es la pendiente de ReLU, no su valor.",
    en="You return a 1 where a is positive: that is the slope of ReLU, not its value.",
)
def returns_the_slope(a):
    return np.where(np.asarray(a) > 0, 1.0, 0.0)


@mistake(
    "relu",
    es="Tomas por cero los positivos pequeños. ReLU deja pasar todo lo que es mayor que 0, por poco que sea.",
    en="You take small positive numbers for zero. ReLU lets through all that is above 0, however little.",
)
def stops_the_small(a):
    a = np.asarray(a)
    return np.where(a > 0.01, a, 0.0)


@mistake(
    "relu",
    es="Redondeas a dos decimales. Lo que devuelves debe llevar todas sus cifras.",
    en="You round to two decimals. What you return must keep all its digits.",
)
def rounds_what_passes(a):
    return np.round(np.maximum(0.0, a), 2)


@mistake(
    "relu",
    es="Con una sola muestra pones los ceros en el mismo arreglo que recibiste: quien te llamó lo encuentra cambiado.",
    en="For a single sample you put the zeros into the very array you were given: whoever called you finds it changed.",
)
def zeros_in_a_single_sample(a):
    a = np.asarray(a)
    if a.ndim == 1:
        a[a < 0] = 0
    return np.maximum(a, 0)


@mistake(
    "relu",
    es="A la izquierda de 0 pones e^a − 1. Esa es otra activación (ELU); en esta, lo negativo se detiene del todo.",
    en="To the left of 0 you put e^a − 1. That is another activation (ELU); in this one the negative is stopped "
    "altogether.",
)
def bends_to_the_left(a):
    a = np.asarray(a, dtype=float)
    return np.where(a > 0, a, np.expm1(np.minimum(a, 0)))


@mistake(
    "relu",
    es="Suavizas la esquina: log(1 + e^a) es otra activación (softplus). En 0 la tuya vale 0.69, y ReLU no.",
    en="You smooth the corner: log(1 + e^a) is another activation (softplus). At 0 yours is 0.69, and ReLU is not.",
)
def without_a_corner(a):
    return np.logaddexp(0, np.asarray(a, dtype=float))


@mistake(
    "relu",
    es="Si hay un negativo, lo detienes todo. ReLU mira cada número por su cuenta.",
    en="If there is one negative, you stop everything. ReLU looks at each number by itself.",
)
def one_negative_stops_all(a):
    a = np.asarray(a)
    return a if np.all(a > 0) else np.zeros(a.shape)


@mistake(
    "relu_derivative",
    es="En 0 devuelves 1. La convención de la clase para ese punto es la otra.",
    en="At 0 you return 1. The lecture's convention for that point is the other one.",
)
def one_at_zero(a):
    return (np.asarray(a) >= 0).astype(float)


@mistake(
    "relu_derivative",
    es="En 0 devuelves la media de las dos pendientes. La convención de la clase para ese punto es otra.",
    en="At 0 you return the mean of the two slopes. The lecture's convention for that point is another.",
)
def half_at_zero(a):
    return np.heaviside(np.asarray(a, dtype=float), 0.5)


@mistake(
    "relu_derivative",
    es="Devuelves True y False. Una derivada es un número: con ella se va a multiplicar.",
    en="You return True and False. A derivative is a number: it is there to be multiplied by.",
)
def returns_the_mask(a):
    return np.asarray(a) > 0


@mistake(
    "relu_derivative",
    es="Devuelves el signo. A la izquierda de 0 ReLU es plana: no baja.",
    en="You return the sign. To the left of 0 ReLU is flat: it does not fall.",
)
def returns_the_sign(a):
    return np.sign(a)


@mistake(
    "relu_derivative",
    es="Devuelves relu(a). Se pide cuánto cambia la salida cuando a cambia, no la salida.",
    en="You return relu(a). What is asked is how much the output changes when a changes, not the output.",
)
def returns_relu(a):
    return np.maximum(0, a)


@mistake(
    "relu_derivative",
    es="Divides relu(a) entre a: la idea da la pendiente casi siempre, pero en 0 queda cero entre cero.",
    en="You divide relu(a) by a: the idea gives the slope nearly always, but at 0 it becomes zero over zero.",
)
def divides_by_a(a):
    return relu(a) / np.asarray(a, dtype=float)


@mistake(
    "relu_derivative",
    es="Un `if` decide una sola vez. Con un arreglo hay una pendiente por elemento.",
    en="An `if` decides only once. With an array there is one slope an element.",
)
def one_if_for_all_slopes(a):
    if np.asarray(a) > 0:
        return 1.0
    return 0.0


@mistake(
    "relu_derivative",
    es="Escribes las pendientes encima de los números que te dieron: quien llamó a tu función se queda sin sus datos.",
    en="You write the slopes over the numbers you were given: whoever called your function loses their data.",
)
def overwrites_its_argument(a):
    if not isinstance(a, np.ndarray):
        a = np.array(a)
    a[a <= 0] = 0
    a[a > 0] = 1
    return a


@mistake(
    "relu_derivative",
    es="Con una sola muestra escribes los ceros y unos en el mismo arreglo que recibiste: quien te llamó lo encuentra "
    "cambiado.",
    en="For a single sample you write the zeros and ones into the very array you were given: whoever called you finds "
    "it changed.",
)
def overwrites_a_single_sample(a):
    a = np.asarray(a)
    if a.ndim != 1:
        return (a > 0).astype(float)
    a[...] = a > 0
    return a.copy()


@mistake(
    "relu_derivative",
    es="Devuelves 1 en todas partes. A la izquierda de 0 la salida no cambia cuando a cambia.",
    en="You return 1 everywhere. To the left of 0 the output does not change when a changes.",
)
def one_everywhere(a):
    return np.ones(np.shape(a))


@mistake(
    "numerical_derivative",
    es="Mides solo hacia delante, de a hasta a + h. La diferencia central se apoya en los dos lados.",
    en="You measure only forwards, from a to a + h. The central difference stands on both sides.",
)
def forward_difference(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return (f(a + h) - f(a)) / h


@mistake(
    "numerical_derivative",
    es="Mides solo hacia atrás, de a − h hasta a. La diferencia central se apoya en los dos lados.",
    en="You measure only backwards, from a − h to a. The central difference stands on both sides.",
)
def backward_difference(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return (f(a) - f(a - h)) / h


@mistake(
    "numerical_derivative",
    es="La pendiente te sale el doble: fíjate en qué distancia separa los dos puntos donde evalúas f.",
    en="Your slope comes out twice as large: look at the distance between the two points where you evaluate f.",
)
def divides_by_h(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return (f(a + h) - f(a - h)) / h


@mistake(
    "numerical_derivative",
    es="Divides entre 2 pero no entre el paso: eso es la mitad de lo que sube f, no su pendiente.",
    en="You divide by 2 but not by the step: that is half of what f rises, not its slope.",
)
def forgets_the_step(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return (f(a + h) - f(a - h)) / 2


@mistake(
    "numerical_derivative",
    es="Faltan paréntesis: `/ 2 * h` divide entre 2 y después multiplica por h.",
    en="Parentheses are missing: `/ 2 * h` divides by 2 and then multiplies by h.",
)
def multiplies_by_the_step(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return (f(a + h) - f(a - h)) / 2 * h


@mistake(
    "numerical_derivative",
    es="Usas siempre el mismo paso y no miras el h que recibes.",
    en="You always use the same step and do not look at the h you are given.",
)
def ignores_the_step(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return (f(a + 1e-5) - f(a - 1e-5)) / 2e-5


@mistake(
    "numerical_derivative",
    es="Avanzas medio paso hacia cada lado. En la fórmula de esta pregunta h es lo que se avanza a cada lado.",
    en="You take half a step to each side. In this question's formula h is what is taken to each side.",
)
def half_a_step(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return (f(a + h / 2) - f(a - h / 2)) / h


@mistake(
    "numerical_derivative",
    es="Sumas los dos valores de f en vez de restarlos: una pendiente compara, no acumula.",
    en="You add the two values of f instead of subtracting them: a slope compares, it does not pile up.",
)
def adds_the_two_values(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return (f(a + h) + f(a - h)) / (2 * h)


@mistake(
    "numerical_derivative",
    es="Restas al revés: donde f sube, tu pendiente sale negativa.",
    en="You subtract the wrong way round: where f rises, your slope comes out negative.",
)
def subtracts_backwards(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return (f(a - h) - f(a + h)) / (2 * h)


@mistake(
    "numerical_derivative",
    es="Sumas todos los elementos y devuelves un solo número. Se pide una derivada por elemento.",
    en="You add up all elements and return a single number. One derivative an element is asked for.",
)
def one_number_for_all(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return np.sum(f(a + h) - f(a - h)) / (2 * h)


@mistake(
    "numerical_derivative",
    es="Mides de un elemento del arreglo al siguiente. Los elementos no son vecinos en una curva: cada uno es un punto "
    "distinto donde se pide la pendiente.",
    en="You measure from one element of the array to the next. The elements are not neighbours on a curve: each is a "
    "point of its own at which the slope is asked for.",
)
def compares_neighbours(f, a, h=1e-5):
    values = np.ravel(f(np.asarray(a, dtype=float)))
    return np.reshape(np.gradient(values, h), np.shape(a))


@mistake(
    "numerical_derivative",
    es="Sumas el paso dentro de un arreglo de enteros, y ahí no caben decimales: el paso desaparece.",
    en="You add the step inside an array of integers, where decimals do not fit: the step vanishes.",
)
def loses_the_step_among_integers(f, a, h=1e-5):
    a = np.asarray(a)
    right, left = np.empty_like(a), np.empty_like(a)
    right[...] = a + h
    left[...] = a - h
    return (f(right) - f(left)) / (2 * h)


@mistake(
    "numerical_derivative",
    es="Mueves el propio arreglo que recibes y no lo devuelves a su sitio: al terminar, a ya no vale lo que valía.",
    en="You move the very array you are given and do not put it back: afterwards a is not what it was.",
)
def moves_the_callers_point(f, a, h=1e-5):
    if not isinstance(a, np.ndarray) or a.dtype.kind != "f":
        a = np.array(a, dtype=float)
    a += h
    right = f(a)
    a -= 2 * h
    return (right - f(a)) / (2 * h)


@mistake(
    "numerical_derivative",
    es="Redondeas a cuatro decimales. Lo que devuelves debe llevar todas sus cifras.",
    en="You round to four decimals. What you return must keep all its digits.",
)
def rounds_the_derivative(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return np.round((f(a + h) - f(a - h)) / (2 * h), 4)


@mistake(
    "numerical_derivative",
    es="Con una sola muestra das los pasos en el mismo arreglo que recibiste y no lo devuelves a su lugar.",
    en="For a single sample you take the steps in the very array you were given, and do not move it back.",
)
def steps_in_a_single_sample(f, a, h=1e-5):
    point = np.asarray(a, dtype=float)
    if point.ndim != 1:
        return (f(point + h) - f(point - h)) / (2 * h)
    point += h
    ahead = np.array(f(point))
    point -= 2 * h
    return (ahead - f(point)) / (2 * h)


@mistake(
    "numerical_derivative",
    es="Sumas y restas h a lo que devuelve f. El paso se da en a, antes de llamarla; así siempre sale 1.",
    en="You add h to what f returns, and subtract it. The step is taken in a, before the call; this way 1 always "
    "comes out.",
)
def steps_after_the_call(f, a, h=1e-5):
    value = f(np.asarray(a, dtype=float))
    return ((value + h) - (value - h)) / (2 * h)


@mistake(
    "numerical_derivative",
    es="Haces el paso proporcional a a: en 0 no avanzas nada, y lejos avanzas de más. El paso que se pide es h, el "
    "mismo para todos.",
    en="You make the step proportional to a: at 0 you do not move at all, and far away too much. The step that is "
    "asked for is h, the same for all.",
)
def step_in_proportion(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    step = h * np.abs(a)
    return (f(a + step) - f(a - step)) / (2 * step)


@mistake(
    "numerical_derivative",
    es="Usas cuatro puntos. Se acerca más a la derivada, pero es otra regla: con un paso grande no da lo mismo que la "
    "diferencia central que se pide.",
    en="You use four points. That comes nearer to the derivative, but it is another rule: with a large step it does "
    "not give what the central difference that is asked for gives.",
)
def four_points(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return (f(a - 2 * h) - 8 * f(a - h) + 8 * f(a + h) - f(a + 2 * h)) / (12 * h)


@mistake(
    "numerical_derivative",
    es="Restas dos veces el valor de en medio y divides entre h²: eso mide cómo se curva f, no cuánto sube.",
    en="You take the value in the middle away twice and divide by h²: that measures how f bends, not how it rises.",
)
def how_it_bends(f, a, h=1e-5):
    a = np.asarray(a, dtype=float)
    return (f(a + h) - 2 * f(a) + f(a - h)) / h**2
