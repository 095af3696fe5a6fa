"""What students get wrong in stage 03, and what to tell them: each must lose points on its own question."""

import math

import numpy as np
from reference import softmax

from capas.solutions import mistake


@mistake(
    "softmax",
    es="Calculas las exponenciales de los números tal como llegan. Con números grandes e^a no cabe en el "
    "ordenador, aunque el cociente sí tiene un valor razonable.",
    en="You take the exponentials of the numbers just as they come. For large numbers e^a does not fit in "
    "the computer, although the quotient has a reasonable value.",
)
def overflows_without_shift(a):
    exponentials = np.exp(a)
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


@mistake(
    "softmax",
    es="Divides entre la suma de todo el lote. Cada fila es un conjunto aparte, y sus probabilidades deben "
    "sumar 1 por sí solas.",
    en="You divide by the sum of the whole batch. Each row is a set of its own, and its probabilities must "
    "sum to 1 by themselves.",
)
def normalizes_whole_batch(a):
    exponentials = np.exp(a - np.max(a))
    return exponentials / np.sum(exponentials)


@mistake(
    "softmax",
    es="Sumas por columnas: mezclas la misma posición de muestras distintas. El conjunto que se reparte la "
    "probabilidad está en el último eje.",
    en="You sum down the columns: that mixes the same position of different samples. The set that shares "
    "the probability lies along the last axis.",
)
def normalizes_columns(a):
    exponentials = np.exp(a - np.max(a))
    return exponentials / np.sum(exponentials, axis=0)


@mistake(
    "softmax",
    es="La suma de cada fila pierde su eje y después se reparte por columnas. Fíjate en las formas que "
    "entran en la división cuando hay varias filas.",
    en="The sum of each row loses its axis and is then spread over the columns. Look at the shapes that "
    "go into the division when there are several rows.",
)
def loses_the_axis(a):
    a = np.asarray(a, dtype=float)
    exponentials = np.exp(a - np.max(a))
    return exponentials / np.sum(exponentials, axis=-1)


@mistake(
    "softmax",
    es="Restas el máximo sobre el mismo arreglo que te dieron: al terminar, los datos de quien llamó a tu "
    "función ya no son los suyos.",
    en="You subtract the maximum on the very array you were given: afterwards the data of whoever called "
    "your function are no longer theirs.",
)
def shifts_the_callers_array(a):
    if not isinstance(a, np.ndarray) or a.dtype.kind != "f":
        a = np.array(a, dtype=float)
    a -= np.max(a, axis=-1, keepdims=True)
    exponentials = np.exp(a)
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


@mistake(
    "softmax",
    es="Divides entre la exponencial más grande en vez de entre la suma: el mayor siempre da 1 y el "
    "conjunto no es una distribución de probabilidades.",
    en="You divide by the largest exponential instead of by the sum: the largest always gives 1, and the "
    "set is not a probability distribution.",
)
def divides_by_the_maximum(a):
    a = np.asarray(a, dtype=float)
    exponentials = np.exp(a - np.max(a, axis=-1, keepdims=True))
    return exponentials / np.max(exponentials, axis=-1, keepdims=True)


@mistake(
    "softmax",
    es="Repartes los números en proporción a su tamaño, sin exponencial. Con números negativos eso no da "
    "probabilidades.",
    en="You share out the numbers in proportion to their size, with no exponential. With negative numbers "
    "that does not give probabilities.",
)
def normalizes_without_exponential(a):
    a = np.asarray(a, dtype=float)
    return a / np.sum(a, axis=-1, keepdims=True)


@mistake(
    "softmax",
    es="Aplicas la sigmoide a cada número por separado. Softmax mira el conjunto entero: lo que sale de una "
    "entrada depende de todas.",
    en="You apply the sigmoid to each number on its own. Softmax looks at the whole set: what comes out of "
    "one entry depends on all of them.",
)
def sigmoid_of_each(a):
    a = np.clip(np.asarray(a, dtype=float), -500, 500)
    return 1 / (1 + np.exp(-a))


@mistake(
    "softmax",
    es="El exponente lleva el signo cambiado: el número más pequeño recibe la probabilidad más alta.",
    en="The exponent has its sign reversed: the smallest number gets the highest probability.",
)
def reversed_sign(a):
    a = np.asarray(a, dtype=float)
    exponentials = np.exp(-(a - np.min(a, axis=-1, keepdims=True)))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


@mistake(
    "softmax",
    es="Redondeas el resultado como en la diapositiva. Allí se redondea para leerlo; la función debe "
    "devolver el valor completo.",
    en="You round the result as on the slide. There it is rounded to be read; the function should return "
    "the full value.",
)
def rounds_like_the_slide(a):
    a = np.asarray(a, dtype=float)
    exponentials = np.exp(a - np.max(a, axis=-1, keepdims=True))
    return np.round(exponentials / np.sum(exponentials, axis=-1, keepdims=True), 1)


@mistake(
    "softmax_jacobian",
    es="Solo está la diagonal: cómo cambia cada salida con su propia entrada. Cada salida cambia también "
    "cuando se mueven las demás entradas.",
    en="Only the diagonal is there: how each output changes with its own input. Each output also changes "
    "when the other inputs move.",
)
def diagonal_only(a):
    probabilities = softmax(a)
    return np.diag(probabilities * (1 - probabilities))


@mistake(
    "softmax_jacobian",
    es="Devuelves un vector con una derivada por entrada, como si cada salida dependiera solo de la suya. "
    "Aquí hay una derivada por cada par de salida y entrada.",
    en="You return a vector with one derivative an entry, as if each output depended on its own input "
    "alone. Here there is one derivative for each pair of output and input.",
)
def vector_of_derivatives(a):
    probabilities = softmax(a)
    return probabilities * (1 - probabilities)


@mistake(
    "softmax_jacobian",
    es="Fuera de la diagonal el signo está al revés: si otra entrada crece, esta salida recibe menos, no más.",
    en="Off the diagonal the sign is reversed: when another input grows, this output gets less, not more.",
)
def positive_off_the_diagonal(a):
    probabilities = softmax(a)
    jacobian = np.outer(probabilities, probabilities)
    np.fill_diagonal(jacobian, probabilities * (1 - probabilities))
    return jacobian


@mistake(
    "softmax_jacobian",
    es="Todo el jacobiano tiene el signo contrario: mira qué le pasa a una salida cuando crece su propia entrada.",
    en="The whole Jacobian has the opposite sign: look at what happens to an output when its own input grows.",
)
def all_signs_reversed(a):
    probabilities = softmax(a)
    return np.outer(probabilities, probabilities) - np.diag(probabilities)


@mistake(
    "softmax_jacobian",
    es="En la diagonal falta un factor: pones 1 − σ_i, y la fórmula multiplica además por σ_i.",
    en="A factor is missing on the diagonal: you put 1 − σ_i, and the formula also multiplies by σ_i.",
)
def diagonal_without_its_factor(a):
    probabilities = softmax(a)
    jacobian = -np.outer(probabilities, probabilities)
    np.fill_diagonal(jacobian, 1 - probabilities)
    return jacobian


@mistake(
    "softmax_jacobian",
    es="Usas los números a donde la fórmula pone σ: el jacobiano se construye con las probabilidades.",
    en="You use the numbers a where the formula has σ: the Jacobian is built from the probabilities.",
)
def built_from_the_inputs(a):
    a = np.asarray(a, dtype=float)
    return np.diag(a) - np.outer(a, a)


@mistake(
    "softmax_jacobian",
    es="Aplicas softmax dos veces antes de derivar: la derivada queda evaluada en otro punto.",
    en="You apply softmax twice before differentiating: the derivative is taken at another point.",
)
def softmax_twice(a):
    probabilities = softmax(softmax(a))
    return np.diag(probabilities) - np.outer(probabilities, probabilities)


@mistake(
    "predict",
    es="Buscas el mayor de todo el lote aplanado: sale un solo índice para todas las muestras.",
    en="You look for the largest of the whole flattened batch: one index comes out for all samples.",
)
def flattens_the_batch(probabilities):
    return np.argmax(probabilities)


@mistake(
    "predict",
    es="Comparas muestras entre sí (por columnas). La pregunta es qué clase gana dentro de cada muestra.",
    en="You compare samples with each other (down the columns). The question is which class wins within each sample.",
)
def compares_samples(probabilities):
    return np.argmax(probabilities, axis=0)


@mistake(
    "predict",
    es="Devuelves la probabilidad más alta, no el lugar que ocupa.",
    en="You return the highest probability, not the place where it stands.",
)
def returns_the_probability(probabilities):
    return np.max(probabilities, axis=-1)


@mistake(
    "predict",
    es="Cuentas las clases desde 1. En Python el primer índice es 0.",
    en="You count the classes from 1. In Python the first index is 0.",
)
def counts_from_one(probabilities):
    return np.argmax(probabilities, axis=-1) + 1


@mistake(
    "predict",
    es="Devuelves el índice de la clase menos probable.",
    en="You return the index of the least probable class.",
)
def least_probable(probabilities):
    return np.argmin(probabilities, axis=-1)


@mistake(
    "predict",
    es="Devuelves un vector de ceros con un 1, no el índice que se pide.",
    en="You return a vector of zeros with a 1, not the index that is asked for.",
)
def one_hot(probabilities):
    probabilities = np.asarray(probabilities)
    return (probabilities == probabilities.max(axis=-1, keepdims=True)).astype(int)


@mistake(
    "softmax_twin",
    es="Devuelves el mismo vector. Tiene el mismo softmax, claro, pero se pide otro vector.",
    en="You return the same vector. Of course it has the same softmax, but another vector is asked for.",
)
def the_same_vector(a):
    return np.array(a, dtype=float)


@mistake(
    "softmax_twin",
    es="Cambias el orden de los números: las probabilidades son las mismas, pero en otro lugar.",
    en="You change the order of the numbers: the probabilities are the same, but in other places.",
)
def a_permutation(a):
    return np.asarray(a)[::-1]


@mistake(
    "softmax_twin",
    es="Multiplicas el vector: las diferencias entre números crecen, y con ellas las probabilidades.",
    en="You multiply the vector: the differences between numbers grow, and the probabilities with them.",
)
def a_multiple(a):
    return 2 * np.asarray(a)


@mistake(
    "softmax_twin",
    es="Devuelves las probabilidades. El softmax de unas probabilidades no son esas mismas probabilidades.",
    en="You return the probabilities. The softmax of probabilities is not those same probabilities.",
)
def the_probabilities_themselves(a):
    return softmax(a)


@mistake(
    "softmax_twin",
    es="Cambias solo una entrada: softmax compara unas con otras, así que esa comparación también cambia.",
    en="You change a single entry: softmax compares entries with one another, so that comparison changes too.",
)
def moves_one_entry(a):
    b = np.array(a, dtype=float)
    b[0] += 1.0
    return b


@mistake(
    "softmax_twin",
    es="La diferencia con a es tan pequeña que es el mismo vector con un error de redondeo.",
    en="The difference from a is so small that it is the same vector with a rounding error.",
)
def barely_different(a):
    return np.asarray(a, dtype=float) + 1e-9


@mistake(
    "softmax_twin",
    es="Sumas en el mismo arreglo que recibes: al terminar, a y b son el mismo arreglo y a ya no vale lo que valía.",
    en="You add on the very array you are given: afterwards a and b are the same array, and a is not what it was.",
)
def moves_the_callers_array(a):
    if not isinstance(a, np.ndarray) or a.dtype.kind != "f":
        a = np.array(a, dtype=float)
    a += math.e
    return a
