"""What students get wrong in stage 03, and what to tell them: each must lose points on its own question."""

import math

import numpy as np
from reference import softmax

from capas.course.solutions import mistake


def shares(a):
    """Return softmax of the last axis, as it should be."""
    exponentials = np.exp(a - np.max(a, axis=-1, keepdims=True))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


@mistake(
    "softmax",
    es="Calculas las exponenciales de los números tal como llegan. Con números grandes e^a no cabe en la "
    "computadora, aunque el cociente sí tiene un valor razonable.",
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
    es="Restas a todo el lote el mismo número. A una fila que está muy por debajo le quedan solo ceros, y dividir "
    "cero entre cero no da nada.",
    en="You subtract the same number from the whole batch. A row far below it is left with nothing but zeros, and "
    "zero divided by zero gives nothing.",
)
def shifts_by_the_largest_of_the_batch(a):
    exponentials = np.exp(a - np.max(a))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


@mistake(
    "softmax",
    es="Recortas los números grandes para que la exponencial quepa. Pero dos números recortados quedan iguales, y "
    "su diferencia era lo que contaba.",
    en="You clip large numbers so that the exponential fits. But two clipped numbers become equal, and their "
    "difference was what counted.",
)
def clips_the_exponents(a):
    exponentials = np.exp(np.clip(a, -500, 500))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


@mistake(
    "softmax",
    es="Cuentas con que siempre llega un lote. Un solo conjunto, de forma (n,), no tiene un segundo eje.",
    en="You count on always being given a batch. A single set, of shape (n,), has no second axis.",
)
def needs_a_batch(a):
    exponentials = np.exp(a - np.max(a, axis=1, keepdims=True))
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)


@mistake(
    "softmax",
    es="Sumas por columnas: así se reparten la probabilidad números de muestras distintas. Piensa qué números "
    "forman un conjunto.",
    en="You sum down the columns: that makes numbers of different samples share the probability. Think about "
    "which numbers form a set.",
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
    es="Restas el máximo sobre el mismo arreglo que te dieron: al terminar, quien llamó a tu función ya "
    "no tiene sus datos.",
    en="You subtract the maximum in the very array you were given: afterwards whoever called your function "
    "no longer has their data.",
)
def shifts_the_callers_array(a):
    if not isinstance(a, np.ndarray) or a.dtype.kind != "f":
        a = np.array(a, dtype=float)
    a -= np.max(a, axis=-1, keepdims=True)
    exponentials = np.exp(a)
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


@mistake(
    "softmax",
    es="Divides entre la exponencial más grande: el mayor siempre da 1 y, con los demás, el total pasa de 1. "
    "Eso no es una distribución de probabilidades.",
    en="You divide by the largest exponential: the largest number always gives 1 and, with the others, the "
    "total is more than 1. That is no probability distribution.",
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
    es="Aplicas la sigmoide a cada número por separado. Softmax mira el conjunto completo: cada salida depende "
    "de todas las entradas.",
    en="You apply the sigmoid to each number on its own. Softmax looks at the whole set: each output depends "
    "on all the inputs.",
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
    "softmax",
    es="Redondeas las probabilidades a cuatro decimales, como se leen en el enunciado. Redondea para leer; lo que "
    "devuelves debe llevar todas sus cifras.",
    en="You round the probabilities to four decimals, as the assignment shows them. Round to read; what you return "
    "must keep all its digits.",
)
def rounds_to_four_decimals(a):
    return np.round(shares(a), 4)


@mistake(
    "softmax",
    es="Restas el mayor en el mismo arreglo que recibiste cuando es un solo conjunto: quien te llamó lo encuentra "
    "cambiado. Resta en un arreglo nuevo.",
    en="You subtract the largest in the very array you were given when it is a single set: whoever called you finds "
    "it changed. Subtract into a new array.",
)
def shifts_a_single_set_in_place(a):
    a = np.asarray(a)
    if a.ndim == 1:
        a -= a.max()
        return np.exp(a) / np.sum(np.exp(a))
    return shares(a)


@mistake(
    "softmax",
    es="Tomas por cero los números pequeños antes de calcular. También cuentan: sus exponenciales no son 1.",
    en="You take small numbers for zero before you compute. They count as well: their exponentials are not 1.",
)
def takes_small_numbers_for_zero(a):
    a = np.asarray(a, dtype=float)
    return shares(np.where(np.abs(a) < 0.01, 0.0, a))


@mistake(
    "softmax",
    es="La exponencial abarca toda la fracción: divides los números mismos y solo después tomas la exponencial. Mira "
    "qué hay arriba y qué hay abajo de la raya.",
    en="The exponential takes in the whole fraction: you divide the numbers themselves and only then exponentiate. "
    "Look at what stands over the line and what under it.",
)
def exponential_of_the_fraction(a):
    a = np.asarray(a, dtype=float)
    return np.exp(a / np.sum(np.exp(a), axis=-1, keepdims=True))


@mistake(
    "softmax",
    es="Restas el mayor solo arriba de la fracción. Abajo siguen los números de antes, y arriba y abajo ya no hablan "
    "de lo mismo.",
    en="You take the largest away only over the line of the fraction. Under it the numbers are still the old ones, and "
    "the two no longer speak of the same thing.",
)
def shifts_only_the_numerator(a):
    a = np.asarray(a, dtype=float)
    return np.exp(a - np.max(a, axis=-1, keepdims=True)) / np.sum(np.exp(a), axis=-1, keepdims=True)


@mistake(
    "softmax",
    es="A cada columna le restas su propio máximo, así que los números de una misma fila se mueven distinto. Softmax "
    "compara los números de una fila, y esa comparación ya no es la misma.",
    en="You take away from each column its own maximum, so the numbers of one row move by different amounts. Softmax "
    "compares the numbers of a row, and that comparison is no longer the same.",
)
def shifts_each_column(a):
    a = np.asarray(a, dtype=float)
    exponentials = np.exp(a - np.max(a, axis=0))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)


@mistake(
    "softmax",
    es="Devuelves los logaritmos de las probabilidades: todos son negativos o cero, y no suman 1.",
    en="You return the logarithms of the probabilities: all of them are negative or zero, and they do not sum to 1.",
)
def logarithms_of_the_shares(a):
    a = np.asarray(a, dtype=float)
    shifted = a - np.max(a, axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


@mistake(
    "softmax",
    es="El arreglo donde guardas las probabilidades nace con el tipo de a. Si a son enteros, solo caben ceros y unos.",
    en="The array in which you keep the probabilities is born with the type of a. When a is integers, only zeros and "
    "ones fit.",
)
def probabilities_as_whole_numbers(a):
    a = np.asarray(a)
    result = np.zeros_like(a)
    result[...] = shares(a)
    return result


@mistake(
    "softmax",
    es="Divides entre la longitud del vector de exponenciales, así que lo que suma 1 son los cuadrados. Una "
    "distribución de probabilidades pide otra cosa.",
    en="You divide by the length of the vector of exponentials, so it is the squares that sum to 1. A probability "
    "distribution asks for something else.",
)
def divides_by_the_length(a):
    a = np.asarray(a, dtype=float)
    exponentials = np.exp(a - np.max(a, axis=-1, keepdims=True))
    return exponentials / np.linalg.norm(exponentials, axis=-1, keepdims=True)


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
    es="Devuelves un vector con una derivada por entrada, como si cada salida dependiera solo de una. "
    "Aquí hay una derivada por cada par de salida y entrada.",
    en="You return a vector with one derivative per input, as if each output depended on a single one. "
    "Here there is a derivative for each pair of output and input.",
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
    es="Al multiplicar, cada probabilidad se encuentra consigo misma: fuera de la diagonal te queda un cuadrado. Mira "
    "qué índice va con la fila y cuál con la columna.",
    en="In your product each probability meets itself: off the diagonal you get a square. Look at which index goes "
    "with the row and which with the column.",
)
def multiplies_along_one_axis(a):
    probabilities = softmax(a)
    return probabilities * (np.eye(len(probabilities)) - probabilities)


@mistake(
    "softmax_jacobian",
    es="Transponer un vector de forma (n,) no hace nada: tu producto es un solo número, restado a toda la tabla.",
    en="Transposing a vector of shape (n,) does nothing: your product is a single number, taken from the whole table.",
)
def transposes_a_vector(a):
    probabilities = softmax(a)
    return np.diag(probabilities) - probabilities @ probabilities.T


@mistake(
    "softmax_jacobian",
    es="Calculas aquí las exponenciales de nuevo, con los números tal como llegan: con los grandes se desbordan.",
    en="You take the exponentials here again, with the numbers just as they come: large ones overflow.",
)
def overflows_in_the_jacobian(a):
    probabilities = np.exp(a) / np.sum(np.exp(a))
    return np.diag(probabilities) - np.outer(probabilities, probabilities)


@mistake(
    "softmax_jacobian",
    es="Aproximas cada derivada con una diferencia hacia un solo lado: se parece, pero el error es demasiado grande.",
    en="You approximate each derivative by a difference to one side: it is near, but the error is too large.",
)
def one_sided_differences(a):
    a = np.asarray(a, dtype=float)
    h = 1e-4
    return np.column_stack([(softmax(a + step) - softmax(a)) / h for step in h * np.eye(len(a))])


@mistake(
    "softmax_jacobian",
    es="En la diagonal falta un factor. Vuelve a escribir la fórmula para i = j, sin saltarte nada.",
    en="A factor is missing on the diagonal. Write the formula out again for i = j, leaving nothing out.",
)
def diagonal_without_its_factor(a):
    probabilities = softmax(a)
    jacobian = -np.outer(probabilities, probabilities)
    np.fill_diagonal(jacobian, 1 - probabilities)
    return jacobian


@mistake(
    "softmax_jacobian",
    es="Redondeas la tabla a cuatro decimales, como se lee en el enunciado. Lo que devuelves debe llevar todas sus "
    "cifras.",
    en="You round the table to four decimals, as the assignment shows it. What you return must keep all its digits.",
)
def rounds_the_table(a):
    probabilities = softmax(a)
    return np.round(np.diag(probabilities) - np.outer(probabilities, probabilities), 4)


@mistake(
    "softmax_jacobian",
    es="Recortas los números muy grandes en el mismo arreglo que recibiste: quien te llamó lo encuentra cambiado.",
    en="You clip very large numbers in the very array you were given: whoever called you finds it changed.",
)
def clips_extremes_in_place(a):
    a = np.asarray(a)
    a[a < a.max() - 700] = a.max() - 700
    probabilities = softmax(a)
    return np.diag(probabilities) - np.outer(probabilities, probabilities)


@mistake(
    "softmax_jacobian",
    es="Pones los números a donde la fórmula tiene σ_i y σ_j. No son lo mismo: σ_i es lo que sale de softmax.",
    en="You put the numbers a where the formula has σ_i and σ_j. They differ: σ_i is what comes out of softmax.",
)
def built_from_the_inputs(a):
    a = np.asarray(a, dtype=float)
    return np.diag(a) - np.outer(a, a)


@mistake(
    "softmax_jacobian",
    es="Aplicas softmax a algo que ya pasó por softmax: obtienes la derivada en otro punto, no en a.",
    en="You apply softmax to what has been through softmax already: you get the derivative at another point, not at a.",
)
def softmax_twice(a):
    probabilities = softmax(softmax(a))
    return np.diag(probabilities) - np.outer(probabilities, probabilities)


@mistake(
    "softmax_jacobian",
    es="Derivas solo lo que está arriba de la fracción. La suma de abajo también cambia cuando se mueve una entrada.",
    en="You differentiate only what is over the line of the fraction. The sum under it changes too when an input "
    "moves.",
)
def sum_held_constant(a):
    return np.diag(softmax(a))


@mistake(
    "softmax_jacobian",
    es="A la identidad le restas la tabla de productos: el δ de la fórmula quedó solo, sin lo que lo multiplica.",
    en="You subtract the table of products from the identity: the δ of the formula is left alone, without what "
    "multiplies it.",
)
def identity_without_its_factor(a):
    probabilities = softmax(a)
    return np.eye(len(probabilities)) - np.outer(probabilities, probabilities)


@mistake(
    "softmax_jacobian",
    es="Usas en toda la tabla la fórmula de i = j. Cuando los índices son distintos, δ vale otra cosa.",
    en="You use the formula for i = j all over the table. When the indices differ, δ has another value.",
)
def diagonal_formula_everywhere(a):
    probabilities = softmax(a)
    return np.outer(probabilities, 1 - probabilities)


@mistake(
    "predict",
    es="Buscas el mayor de todo el lote, como si fuera una sola lista: sale un índice para todas las muestras.",
    en="You look for the largest of the whole batch, as if it were one list: one index comes out for all samples.",
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
    es="Devuelves cuánto vale la probabilidad más alta, y se pide en qué lugar está.",
    en="You return how large the highest probability is; the question is where it stands.",
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
    es="Exiges más de la mitad de la probabilidad. Con tres clases o más se puede ganar con menos.",
    en="You demand more than half of the probability. With three classes or more one can win with less.",
)
def demands_a_majority(probabilities):
    return np.argmax(np.asarray(probabilities) > 0.5, axis=-1)


@mistake(
    "predict",
    es="Devuelves una lista de lugares donde está el mayor de todo el arreglo. Se pide un índice por muestra, y para "
    "una sola muestra, el índice solo.",
    en="You return a list of the places where the largest of the whole array stands. What is asked for is one index "
    "per sample and, for a single sample, just the index.",
)
def lists_the_places(probabilities):
    return np.nonzero(np.asarray(probabilities) == np.max(probabilities))[0]


@mistake(
    "predict",
    es="Devuelves el índice de la clase menos probable.",
    en="You return the index of the least probable class.",
)
def least_probable(probabilities):
    return np.argmin(probabilities, axis=-1)


@mistake(
    "predict",
    es="Marcas el lugar con un 1 entre ceros. Se pide decir con un número cuál es ese lugar.",
    en="You mark the place with a 1 among zeros. What is asked for is a number that says which place it is.",
)
def one_hot(probabilities):
    probabilities = np.asarray(probabilities)
    return (probabilities == probabilities.max(axis=-1, keepdims=True)).astype(int)


@mistake(
    "predict",
    es="Redondeas las probabilidades antes de buscar la mayor. Dos parecidas quedan iguales, y gana la primera en "
    "lugar de la mayor.",
    en="You round the probabilities before you look for the largest. Two that are close become equal, and the first "
    "wins instead of the largest.",
)
def rounds_before_comparing(probabilities):
    return np.argmax(np.round(probabilities, 2), axis=-1)


@mistake(
    "predict",
    es="Pones a 0 las probabilidades que no son la mayor, en el mismo arreglo que recibiste: quien te llamó lo "
    "encuentra cambiado.",
    en="You set the probabilities that are not the largest to 0, in the very array you were given: whoever called you "
    "finds it changed.",
)
def blanks_the_callers_array(probabilities):
    rows = np.asarray(probabilities)
    rows[rows < rows.max(axis=-1, keepdims=True)] = 0
    return np.argmax(rows, axis=-1)


@mistake(
    "predict",
    es="Devuelves fila y columna del mayor de todo el arreglo: dices qué muestra está más segura, y de las demás no "
    "dices nada.",
    en="You return row and column of the largest of the whole array: you say which sample is surest, and nothing of "
    "the others.",
)
def row_and_column_of_the_largest(probabilities):
    return np.unravel_index(np.argmax(probabilities), np.shape(probabilities))


@mistake(
    "predict",
    es="Pides el eje 1, y una sola muestra, de forma (n,), no lo tiene: con ella tu función termina con un error.",
    en="You ask for axis 1, and a single sample, of shape (n,), has none: for it your function ends with an error.",
)
def counts_on_a_second_axis(probabilities):
    return np.argmax(probabilities, axis=1)


@mistake(
    "predict",
    es="Promedias los números de las clases con sus probabilidades. Las clases son nombres: entre la 0 y la 2 no está "
    "la 1 como punto medio.",
    en="You average the numbers of the classes with their probabilities. Classes are names: 1 is not the middle "
    "between 0 and 2.",
)
def mean_of_the_classes(probabilities):
    rows = np.asarray(probabilities)
    return np.rint(rows @ np.arange(rows.shape[-1])).astype(int)


@mistake(
    "predict",
    es="Cada índice queda encerrado en su propia fila, con un eje de más. Mira la forma que se pide: un índice por "
    "muestra y, para una sola, el índice solo.",
    en="Each index is left shut in a row of its own, with an axis too many. Look at the shape that is asked for: one "
    "index per sample and, for a single one, just the index.",
)
def a_column_of_indices(probabilities):
    return np.argmax(probabilities, axis=-1, keepdims=True)


@mistake(
    "softmax_twin",
    es="Devuelves el mismo vector. Tiene el mismo softmax, claro, pero nadie es su propio gemelo.",
    en="You return the same vector. It has the same softmax, of course, but nobody is their own twin.",
)
def the_same_vector(a):
    return np.array(a, dtype=float)


@mistake(
    "softmax_twin",
    es="Restas el mayor de los números. Suele funcionar, pero piensa qué devuelves cuando el mayor ya es 0.",
    en="You take the largest number away. That often works, but think what you return when the largest is 0 already.",
)
def takes_the_largest_away(a):
    return np.asarray(a) - np.max(a)


@mistake(
    "softmax_twin",
    es="Devuelves el logaritmo de las probabilidades. Suele funcionar, pero si a ya era eso, te devuelve a.",
    en="You return the logarithm of the probabilities. That often works, but if a was that already, it gives a back.",
)
def logarithm_of_the_probabilities(a):
    return np.log(softmax(a))


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
    es="Devuelves las probabilidades de a. Si les aplicas softmax otra vez, salen números distintos.",
    en="You return the probabilities of a. Apply softmax to them once more and other numbers come out.",
)
def the_probabilities_themselves(a):
    return softmax(a)


@mistake(
    "softmax_twin",
    es="Mueves un solo número. Softmax compara los números entre sí: si uno se mueve y los demás no, cambia todo.",
    en="You move a single number. Softmax compares numbers with one another: if one moves and the rest do not, "
    "everything changes.",
)
def moves_one_entry(a):
    b = np.array(a, dtype=float)
    b[0] += 1.0
    return b


@mistake(
    "softmax_twin",
    es="Tu vector está tan cerca de a que podría ser el mismo con un error de redondeo. Se pide uno que se distinga.",
    en="Your vector is so near a that it could be the same one with a rounding error. One that differs is asked for.",
)
def barely_different(a):
    return np.asarray(a, dtype=float) + 1e-9


@mistake(
    "softmax_twin",
    es="Sumas en el mismo arreglo que recibes: al terminar, a y b son el mismo arreglo y a ya no es lo que era.",
    en="You add in the very array you are given: afterwards a and b are the same array, and a is not what it was.",
)
def moves_the_callers_array(a):
    if not isinstance(a, np.ndarray) or a.dtype.kind != "f":
        a = np.array(a, dtype=float)
    a += math.e
    return a


@mistake(
    "softmax_twin",
    es="Cuando los números son muy grandes, les restas el mayor en el mismo arreglo que recibiste: quien te llamó lo "
    "encuentra cambiado.",
    en="When the numbers are very large, you take the largest away in the very array you were given: whoever called "
    "you finds it changed.",
)
def moves_large_numbers_in_place(a):
    b = np.asarray(a, dtype=float)
    if np.max(np.abs(b)) > 100:
        b -= 1.0
        return b.copy()
    return b + 1.0


@mistake(
    "softmax_twin",
    es="Cambias el signo de todos los números: las diferencias quedan al revés, y el menos probable pasa a ganar.",
    en="You change the sign of every number: the differences are turned round, and the least probable comes to win.",
)
def the_opposite_numbers(a):
    return -np.asarray(a, dtype=float)


@mistake(
    "softmax_twin",
    es="A cada número le sumas otra cantidad. Así cambian las diferencias entre ellos, que es lo que softmax mira.",
    en="You add another amount to each number. That changes the differences between them, which is what softmax sees.",
)
def each_number_moves_by_its_own(a):
    a = np.asarray(a, dtype=float)
    return a + np.arange(1, len(a) + 1)


@mistake(
    "softmax_twin",
    es="Centras los números y además los divides entre su desviación estándar. Lo primero no se nota en softmax; lo "
    "segundo, sí.",
    en="You centre the numbers and divide them by their standard deviation as well. Softmax does not notice the first; "
    "the second it does.",
)
def standardizes_the_numbers(a):
    a = np.asarray(a, dtype=float)
    return (a - np.mean(a)) / np.std(a)
