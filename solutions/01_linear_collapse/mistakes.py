"""What students get wrong in stage 01, and what to tell them: each must lose points on its own question."""

import functools
import itertools

import numpy as np

from capas.course.solutions import mistake


@mistake(
    "linear",
    es="Falta el sesgo: cada unidad suma además un número propio, que no depende de la entrada.",
    en="The bias is missing: each unit also adds a number of its own, which does not depend on the input.",
)
def forgets_the_bias(x, W, b):
    return np.asarray(x) @ np.asarray(W)


@mistake(
    "linear",
    es="Pones los pesos a la izquierda de la entrada, como en los libros que escriben las muestras en columna. Aquí "
    "la muestra es una fila y w_ij va de la entrada i a la unidad j: mira qué índice se suma.",
    en="You put the weights to the left of the input, as in books that write samples as columns. Here the sample is "
    "a row, and w_ij goes from input i to unit j: look at which index is summed over.",
)
def weights_on_the_left(x, W, b):
    return np.asarray(W) @ np.asarray(x) + np.asarray(b)


@mistake(
    "linear",
    es="Con una sola muestra te sale, con un lote no: tratas las muestras como columnas y llegan como filas.",
    en="It works for a single sample and not for a batch: you treat samples as columns, and they come as rows.",
)
def samples_taken_for_columns(x, W, b):
    return np.transpose(W) @ np.asarray(x) + np.asarray(b)


@mistake(
    "linear",
    es="Transpones los pesos cada vez que las formas lo permiten. Si la capa es tan ancha como su entrada, las dos "
    "orientaciones encajan y solo una es la correcta: las formas no bastan para decidir.",
    en="You transpose the weights whenever the shapes allow it. When the layer is as wide as its input both ways "
    "fit and only one is right: shapes alone cannot decide.",
)
def transposes_until_it_fits(x, W, b):
    x, W = np.asarray(x), np.asarray(W)
    if x.shape[-1] == W.shape[1]:
        W = W.T
    return x @ W + np.asarray(b)


@mistake(
    "linear",
    es="Multiplicas número con número y nunca sumas. El * de las diapositivas es el producto de matrices; el * de "
    "NumPy es otra cosa.",
    en="You multiply number by number and never add up. The * of the slides is the matrix product; the * of NumPy is "
    "something else.",
)
def elementwise_product(x, W, b):
    return np.asarray(x) * np.asarray(W) + np.asarray(b)


@mistake(
    "linear",
    es="Conviertes el sesgo en una columna. Fíjate en la forma del resultado: el sesgo se reparte por muestras, y "
    "es cada unidad la que tiene el suyo.",
    en="You turn the bias into a column. Look at the shape of the result: the bias is spread over the samples, and "
    "it is each unit that has its own.",
)
def bias_as_a_column(x, W, b):
    return np.asarray(x) @ np.asarray(W) + np.reshape(b, (-1, 1))


@mistake(
    "linear",
    es="Sumas el sesgo dentro de la suma sobre las entradas, y así entra tantas veces como entradas hay.",
    en="You add the bias inside the sum over the inputs, so it comes in as many times as there are inputs.",
)
def bias_once_per_input(x, W, b):
    W = np.asarray(W)
    return np.asarray(x) @ W + len(W) * np.asarray(b)


@mistake(
    "linear",
    es="Restas el sesgo, como si fuera un umbral que hay que superar. En esta red el sesgo es un sumando más.",
    en="You subtract the bias, as if it were a threshold to overcome. In this network the bias is one more term.",
)
def bias_as_a_threshold(x, W, b):
    return np.asarray(x) @ np.asarray(W) - np.asarray(b)


@mistake(
    "linear",
    es="Añades una no-linealidad que nadie pidió: los resultados negativos se vuelven 0. Esta capa es solo lineal.",
    en="You add a non-linearity nobody asked for: negative results become 0. This layer is linear and no more.",
)
def adds_an_activation(x, W, b):
    return np.maximum(np.asarray(x) @ np.asarray(W) + np.asarray(b), 0)


@mistake(
    "linear",
    es="Acumulas la salida en el mismo arreglo de sesgos que recibes: tras cada muestra el sesgo ya es otro, también "
    "para quien llamó a tu función.",
    en="You accumulate the output in the very array of biases you are given: after each sample the bias has changed, "
    "for whoever called your function too.",
)
def accumulates_in_the_bias(x, W, b):
    x, W, b = np.asarray(x), np.asarray(W), np.asarray(b, dtype=float)
    if x.ndim == 2:
        return np.array([accumulates_in_the_bias(sample, W, b) for sample in x])
    for value, weights in zip(x, W, strict=True):
        b += value * weights
    return b


@mistake(
    "linear",
    es="Guardas el resultado en un arreglo del tipo de la entrada. Si la entrada son enteros, la parte decimal de la "
    "salida se pierde.",
    en="You store the result in an array of the input's type. When the input is integers, the fractional part of the "
    "output is lost.",
)
def keeps_whole_numbers_only(x, W, b):
    x, W = np.asarray(x), np.asarray(W)
    output = np.empty((*x.shape[:-1], W.shape[1]), dtype=x.dtype)
    output[...] = x @ W + np.asarray(b)
    return output


@mistake(
    "linear",
    es="Con arreglos te sale, pero las listas de Python no saben de matrices y tu función termina con un error.",
    en="With arrays it works, but Python's lists know nothing of matrices, and your function ends with an error.",
)
def arrays_only(x, W, b):
    return x @ W + b


@mistake(
    "linear",
    es="Guardas el resultado en un arreglo del tipo de los sesgos. Si los sesgos son enteros, la parte decimal de la "
    "salida se pierde.",
    en="You store the result in an array of the biases' type. When the biases are integers, the fractional part of the "
    "output is lost.",
)
def whole_numbers_like_the_biases(x, W, b):
    b = np.asarray(b)
    output = np.asarray(x) @ np.asarray(W) + b
    return output if isinstance(x, list) else output.astype(b.dtype)


@mistake(
    "linear",
    es="Recortas los números muy grandes en el mismo arreglo de pesos que recibes: después de llamarte, los pesos ya "
    "no son los mismos.",
    en="You clip very large numbers in the very array of weights you are given: after the call the weights are not the "
    "same any more.",
)
def clips_the_callers_weights(x, W, b):
    W = np.asarray(W)
    output = np.asarray(x) @ W + np.asarray(b)
    np.clip(W, -500, 500, out=W)
    return output


@mistake(
    "linear",
    es="Redondeas la salida a dos decimales. Lo que devuelves debe llevar todas sus cifras.",
    en="You round the output to two decimals. What you return must keep all its digits.",
)
def rounds_the_output(x, W, b):
    return np.round(np.asarray(x) @ np.asarray(W) + np.asarray(b), 2)


@mistake(
    "linear",
    es="Sumas el sesgo a la entrada. Hay un sesgo por unidad de esta capa, y la entrada tiene otro tamaño.",
    en="You add the bias to the input. There is one bias for each unit of this layer, and the input has another size.",
)
def bias_added_to_the_input(x, W, b):
    return (np.asarray(x) + np.asarray(b)) @ np.asarray(W)


@mistake(
    "linear",
    es="Todas las unidades reciben el sesgo de la primera. Cada una tiene el suyo.",
    en="All units get the bias of the first one. Each has its own.",
)
def one_bias_for_all_units(x, W, b):
    return np.asarray(x) @ np.asarray(W) + np.ravel(b)[0]


@mistake(
    "linear",
    es="Conviertes toda entrada en un lote, y de una sola muestra sale una matriz de una fila. La salida debe tener "
    "tantos ejes como la entrada.",
    en="You turn every input into a batch, and out of a single sample comes a matrix of one row. The output should "
    "have as many axes as the input.",
)
def a_sample_becomes_a_batch(x, W, b):
    return np.array(x, ndmin=2) @ np.asarray(W) + np.asarray(b)


@mistake(
    "linear",
    es="Quitas los ejes de tamaño 1. Un lote de una muestra sigue siendo un lote, y una capa de una unidad sigue "
    "siendo una capa.",
    en="You take away the axes of size 1. A batch of one sample is still a batch, and a layer of one unit still a "
    "layer.",
)
def squeezes_the_output(x, W, b):
    return np.squeeze(np.asarray(x) @ np.asarray(W) + np.asarray(b))


@mistake(
    "width",
    es="Solo miras las capas escondidas. La entrada y la salida también son capas y también pueden ser la más grande.",
    en="You look at the hidden layers only. Input and output are layers too, and may be the largest.",
)
def hidden_layers_only(layer_sizes):
    return max(layer_sizes[1:-1], default=0)


@mistake(
    "width",
    es="Dejas fuera la capa de entrada: no calcula nada, pero sus unidades cuentan para el ancho.",
    en="You leave the input layer out: it computes nothing, but its units count for the width.",
)
def forgets_the_input(layer_sizes):
    return max(layer_sizes[1:])


@mistake(
    "width",
    es="Dejas fuera la capa de salida: también ella puede ser la más grande.",
    en="You leave the output layer out: it too may be the largest.",
)
def forgets_the_output(layer_sizes):
    return max(layer_sizes[:-1])


@mistake(
    "width",
    es="Sumas las unidades de toda la red. El ancho habla de una sola capa.",
    en="You add up the units of the whole network. The width is about a single layer.",
)
def total_of_units(layer_sizes):
    return sum(layer_sizes)


@mistake(
    "width",
    es="Devuelves qué lugar ocupa la capa más grande, no cuántas unidades tiene.",
    en="You return the place of the largest layer, not how many units it has.",
)
def place_of_the_largest(layer_sizes):
    return np.argmax(layer_sizes)


@mistake(
    "width",
    es="Devuelves el ancho de la primera capa escondida, que no tiene por qué ser la más grande.",
    en="You return the width of the first hidden layer, which need not be the largest.",
)
def first_hidden_layer(layer_sizes):
    return layer_sizes[1]


@mistake(
    "width",
    es="Cuentas capas. Eso se parece más a la profundidad; el ancho cuenta unidades.",
    en="You count layers. That is closer to the depth; the width counts units.",
)
def number_of_layers(layer_sizes):
    return len(layer_sizes)


@mistake(
    "width",
    es="Promedias las capas. El ancho de la red es el de una capa concreta.",
    en="You average over the layers. The width of the network is that of one particular layer.",
)
def average_layer(layer_sizes):
    return np.mean(layer_sizes)


@mistake(
    "width",
    es="Ordenas la misma lista que te dieron: al terminar, la red de quien llamó tiene las capas en otro orden.",
    en="You sort the very list you were given: afterwards the caller's network has its layers in another order.",
)
def sorts_the_callers_list(layer_sizes):
    layer_sizes.sort()
    return layer_sizes[-1]


@mistake(
    "width",
    es="Buscas el tamaño que más se repite. El ancho no pregunta cuál es el más común.",
    en="You look for the size that is repeated most. The width does not ask which is the most common.",
)
def most_common_size(layer_sizes):
    sizes = list(layer_sizes)
    return max(sizes, key=sizes.count)


@mistake(
    "width",
    es="Miras la capa que está en medio del diagrama. En el ejemplo es la más grande, pero eso es casualidad.",
    en="You look at the layer in the middle of the diagram. In the example it is the largest, but that is chance.",
)
def middle_of_the_diagram(layer_sizes):
    return layer_sizes[len(layer_sizes) // 2]


@mistake(
    "width",
    es="Comparas los tamaños como texto, letra por letra. Así un 9 es más que un 12.",
    en="You compare the sizes as text, character by character. That makes 9 more than 12.",
)
def compares_as_text(layer_sizes):
    return int(max(str(size) for size in layer_sizes))


@mistake(
    "width",
    es="Comparas cada capa solo con la anterior: te quedas con la última que creció, aunque antes hubiera otra mayor.",
    en="You compare each layer only with the one before: you keep the last one that grew, even if a larger one came "
    "earlier.",
)
def last_one_that_grew(layer_sizes):
    largest = layer_sizes[0]
    for before, size in itertools.pairwise(layer_sizes):
        if size > before:
            largest = size
    return largest


@mistake(
    "depth",
    es="Cuentas todas las capas del diagrama. Las de los extremos no están escondidas.",
    en="You count all the layers in the diagram. Those at the ends are not hidden.",
)
def counts_every_layer(layer_sizes):
    return len(layer_sizes)


@mistake(
    "depth",
    es="Cuentas las capas que tienen pesos, como hacen algunos libros. Con esa cuenta entra también una capa que no "
    "está escondida.",
    en="You count the layers that have weights, as some books do. That count takes in a layer that is not hidden.",
)
def counts_layers_with_weights(layer_sizes):
    return len(layer_sizes) - 1


@mistake(
    "depth",
    es="Cuentas las unidades de las capas escondidas. La profundidad cuenta capas.",
    en="You count the units in the hidden layers. The depth counts layers.",
)
def counts_hidden_units(layer_sizes):
    return sum(layer_sizes[1:-1])


@mistake(
    "depth",
    es="Dos capas con el mismo número de unidades te cuentan como una sola.",
    en="Two layers with the same number of units count as one for you.",
)
def counts_distinct_widths(layer_sizes):
    return len(set(list(layer_sizes)[1:-1]))


@mistake(
    "depth",
    es="Reconoces los extremos por su tamaño, no por su lugar: una escondida de igual tamaño desaparece con ellos.",
    en="You recognise the ends by their size, not by their place: a hidden layer of the same size vanishes with them.",
)
def drops_layers_like_the_ends(layer_sizes):
    ends = (layer_sizes[0], layer_sizes[-1])
    return len([size for size in layer_sizes if size not in ends])


@mistake(
    "depth",
    es="Tu corte deja fuera una capa de más. Recuerda dónde termina un corte de Python.",
    en="Your slice leaves out one layer too many. Remember where a Python slice ends.",
)
def slices_one_too_many(layer_sizes):
    return len(layer_sizes[1:-2])


@mistake(
    "depth",
    es="Das por hecho que siempre hay al menos una capa escondida. La red más simple no tiene ninguna.",
    en="You take it for granted that there is at least one hidden layer. The simplest network has none.",
)
def at_least_one(layer_sizes):
    return max(len(layer_sizes) - 2, 1)


@mistake(
    "depth",
    es="Quitas los extremos de la misma lista que te dieron: quien llamó a tu función se queda sin entrada ni salida.",
    en="You take the ends off the very list you were given: whoever called your function loses input and output.",
)
def shortens_the_callers_list(layer_sizes):
    if isinstance(layer_sizes, np.ndarray):
        layer_sizes = layer_sizes.tolist()
    layer_sizes.pop(0)
    layer_sizes.pop()
    return len(layer_sizes)


@mistake(
    "depth",
    es="Una red tiene las capas que le pongas: nada dice que sean a lo sumo diez.",
    en="A network has as many layers as you give it: nothing says that there are at most ten.",
)
def at_most_ten(layer_sizes):
    return min(len(layer_sizes) - 2, 10)


@mistake(
    "depth",
    es="Devuelves el tamaño de la capa más grande: eso es el ancho.",
    en="You return the size of the largest layer: that is the width.",
)
def width_for_depth(layer_sizes):
    return max(layer_sizes)


@mistake(
    "depth",
    es="Devuelves las capas escondidas mismas. Se pide cuántas son.",
    en="You return the hidden layers themselves. How many there are is asked for.",
)
def lists_the_hidden_layers(layer_sizes):
    return list(layer_sizes)[1:-1]


@mistake(
    "depth",
    es="Cuentas los ejes del arreglo, que siempre es uno: la lista de capas es una sola fila, por larga que sea.",
    en="You count the axes of the array, and that is always one: the list of layers is a single row, however long.",
)
def axes_of_the_array(layer_sizes):
    return np.ndim(layer_sizes)


@mistake(
    "count_parameters",
    es="Cuentas los pesos y te faltan los sesgos: también se entrenan.",
    en="You count the weights, and the biases are missing: they are trained too.",
)
def weights_only(layer_sizes):
    return sum(n_in * n_out for n_in, n_out in itertools.pairwise(layer_sizes))


@mistake(
    "count_parameters",
    es="Das sesgos también a la capa de entrada. Sus unidades no calculan nada: solo presentan los datos.",
    en="You give biases to the input layer too. Its units compute nothing: they only present the data.",
)
def biases_for_the_input_too(layer_sizes):
    return sum(n_in * n_out for n_in, n_out in itertools.pairwise(layer_sizes)) + sum(layer_sizes)


@mistake(
    "count_parameters",
    es="Los sesgos están en el extremo equivocado de las flechas: los cuentas donde salen y no donde llegan.",
    en="The biases are at the wrong end of the arrows: you count them where arrows leave and not where they arrive.",
)
def biases_where_arrows_leave(layer_sizes):
    return sum(n_in * n_out + n_in for n_in, n_out in itertools.pairwise(layer_sizes))


@mistake(
    "count_parameters",
    es="Dejas la capa de salida sin sesgos. Sus unidades calculan como las demás.",
    en="You leave the output layer without biases. Its units compute as the others do.",
)
def no_biases_at_the_output(layer_sizes):
    return sum(n_in * n_out for n_in, n_out in itertools.pairwise(layer_sizes)) + sum(layer_sizes[1:-1])


@mistake(
    "count_parameters",
    es="Cuentas un solo sesgo por capa. Mira el diagrama unidad por unidad: ¿comparten ese número?",
    en="You count a single bias a layer. Look at the diagram unit by unit: do they share that number?",
)
def one_bias_per_layer(layer_sizes):
    return sum(n_in * n_out + 1 for n_in, n_out in itertools.pairwise(layer_sizes))


@mistake(
    "count_parameters",
    es="Cuentas unidades, no flechas: faltan todos los pesos.",
    en="You count units, not arrows: all the weights are missing.",
)
def biases_only(layer_sizes):
    return sum(layer_sizes[1:])


@mistake(
    "count_parameters",
    es="Multiplicas todas las capas entre sí, y eso cuenta caminos de la entrada a la salida. Un peso une solo dos "
    "capas vecinas.",
    en="You multiply all layers together, and that counts paths from input to output. A weight joins two "
    "neighbouring layers only.",
)
def counts_paths(layer_sizes):
    return functools.reduce(lambda product, size: product * size, layer_sizes)


@mistake(
    "count_parameters",
    es="Cuentas la red ya colapsada, de la entrada directa a la salida. Se pide contar la red completa.",
    en="You count the collapsed network, straight from input to output. The question is about the whole one.",
)
def counts_the_collapsed_network(layer_sizes):
    return layer_sizes[0] * layer_sizes[-1] + layer_sizes[-1]


@mistake(
    "count_parameters",
    es="Pones una unidad de sesgo también en el extremo al que llegan las flechas. A esa unidad no le llega ninguna: "
    "siempre vale 1.",
    en="You put a bias unit also at the end where the arrows arrive. None arrives at that unit: it is always 1.",
)
def arrows_into_the_bias_units(layer_sizes):
    return sum((n_in + 1) * (n_out + 1) for n_in, n_out in itertools.pairwise(layer_sizes))


@mistake(
    "count_parameters",
    es="Unes cada capa consigo misma. En esta red ninguna flecha va de una unidad a otra de su propia capa.",
    en="You join each layer with itself. In this network no arrow goes from a unit to another of its own layer.",
)
def each_layer_with_itself(layer_sizes):
    return sum(int(size) * int(size) + int(size) for size in layer_sizes[1:])


@mistake(
    "count_parameters",
    es="Unes cada capa con todas las que vienen después. Las flechas solo llegan hasta la siguiente.",
    en="You join each layer with all that come later. Arrows only reach the next one.",
)
def each_layer_with_all_later_ones(layer_sizes):
    sizes = [int(size) for size in layer_sizes]
    return sum(n_in * n_out for n_in, n_out in itertools.combinations(sizes, 2)) + sum(sizes[1:])


@mistake(
    "count_parameters",
    es="Sumas los tamaños de dos capas vecinas. ¿Cuántas flechas salen de cada unidad de la primera?",
    en="You add the sizes of two neighbouring layers. How many arrows leave each unit of the first?",
)
def adds_the_neighbours(layer_sizes):
    return sum(n_in + n_out + n_out for n_in, n_out in itertools.pairwise(layer_sizes))


@mistake(
    "count_parameters",
    es="Tu bucle termina antes de tiempo: las flechas que llegan a la salida se quedan sin contar.",
    en="Your loop ends too soon: the arrows that arrive at the output are not counted.",
)
def stops_before_the_output(layer_sizes):
    total = 0
    for layer in range(len(layer_sizes) - 2):
        total += layer_sizes[layer] * layer_sizes[layer + 1] + layer_sizes[layer + 1]
    return total


@mistake(
    "collapse",
    es="Multiplicas en el orden en que se componen funciones. Con muestras en fila la entrada está a la izquierda: "
    "¿qué matriz la toca primero?",
    en="You multiply in the order in which functions are composed. With samples as rows the input stands on the left: "
    "which matrix touches it first?",
)
def reversed_order(W1, W2):
    return np.asarray(W2) @ np.asarray(W1)


@mistake(
    "collapse",
    es="Cambias el orden del producto siempre que las formas lo permiten. Que dos matrices encajen no quiere decir "
    "que ese sea su orden.",
    en="You reverse the order of the product whenever the shapes allow it. That two matrices fit does not make that "
    "their order.",
)
def reversed_order_when_it_fits(W1, W2):
    W1, W2 = np.asarray(W1), np.asarray(W2)
    return W2 @ W1 if W2.shape[1] == W1.shape[0] else W1 @ W2


@mistake(
    "collapse",
    es="Multiplicas entrada con entrada. El * de las diapositivas es el producto de matrices; el de NumPy, no.",
    en="You multiply entry by entry. The * of the slides is the matrix product; that of NumPy is not.",
)
def entry_by_entry(W1, W2):
    return np.asarray(W1) * np.asarray(W2)


@mistake(
    "collapse",
    es="El resultado está transpuesto: sus filas son las salidas, y en este curso las filas son las entradas.",
    en="The result is transposed: its rows are the outputs, and in this course rows are the inputs.",
)
def transposed_result(W1, W2):
    return np.transpose(W2) @ np.transpose(W1)


@mistake(
    "collapse",
    es="Emparejas fila con fila en vez de seguir las flechas: lo que sale de una unidad intermedia debe seguir por los "
    "pesos de esa misma unidad.",
    en="You pair row with row instead of following the arrows: what leaves a unit in the middle must go on through "
    "the weights of that same unit.",
)
def rows_with_rows(W1, W2):
    return np.inner(W1, W2)


@mistake(
    "collapse",
    es="Sumas las matrices. La segunda capa no se aplica a la entrada sino a lo que devuelve la primera.",
    en="You add the matrices. The second layer does not act on the input but on what the first one returns.",
)
def adds_the_matrices(W1, W2):
    return np.asarray(W1) + np.asarray(W2)


@mistake(
    "collapse",
    es="Pones una no-linealidad entre las dos capas. Justo cuando no la hay es cuando se pueden juntar.",
    en="You put a non-linearity between the two layers. It is when there is none that they can be merged.",
)
def activation_in_between(W1, W2):
    return np.maximum(np.asarray(W1), 0) @ np.asarray(W2)


@mistake(
    "collapse",
    es="Preparas el resultado con la forma de la primera matriz. El colapso une la entrada con la salida: piensa "
    "cuántas unidades hay en cada uno de esos dos lugares.",
    en="You give the result the shape of the first matrix. The collapse joins input and output: think how many units "
    "there are in each of those two places.",
)
def shaped_like_the_first(W1, W2):
    W1, W2 = np.asarray(W1), np.asarray(W2)
    product = np.zeros(W1.shape)
    for i, row in enumerate(W1):
        for k, column in enumerate(W2.T):
            product[i, k] = np.sum(row * column)
    return product


@mistake(
    "collapse",
    es="Con arreglos te sale. Si las matrices llegan como listas de listas, Python no sabe multiplicarlas.",
    en="With arrays it works. When the matrices come as lists of lists, Python does not know how to multiply them.",
)
def matrices_as_arrays_only(W1, W2):
    return W1 @ W2


@mistake(
    "collapse",
    es="Guardas el resultado en un arreglo del tipo de la primera matriz. Si es de enteros, los decimales se pierden.",
    en="You store the result in an array of the first matrix's type. When that is integers, the decimals are lost.",
)
def whole_numbers_like_the_first(W1, W2):
    W1, W2 = np.asarray(W1), np.asarray(W2)
    product = np.empty((W1.shape[0], W2.shape[1]), dtype=W1.dtype)
    product[...] = W1 @ W2
    return product


@mistake(
    "collapse",
    es="Guardas el resultado en un arreglo del tipo de la segunda matriz. Si es de enteros, los decimales se pierden.",
    en="You store the result in an array of the second matrix's type. When that is integers, the decimals are lost.",
)
def whole_numbers_like_the_second(W1, W2):
    W2 = np.asarray(W2)
    return (np.asarray(W1) @ W2).astype(W2.dtype)


@mistake(
    "collapse",
    es="Redondeas la matriz a dos decimales. Lo que devuelves debe llevar todas sus cifras.",
    en="You round the matrix to two decimals. What you return must keep all its digits.",
)
def rounds_the_matrix(W1, W2):
    return np.round(np.asarray(W1) @ np.asarray(W2), 2)


@mistake(
    "collapse",
    es="En cada vuelta del bucle guardas un producto encima del anterior, y queda solo el de la última unidad "
    "intermedia. Todas ellas llevan señal.",
    en="On each turn of the loop you store one product over the one before, and only that of the last unit in the "
    "middle is left. All of them carry signal.",
)
def keeps_the_last_product(W1, W2):
    W1, W2 = np.asarray(W1), np.asarray(W2)
    product = np.zeros((len(W1), W2.shape[1]))
    for i in range(len(W1)):
        for k in range(W2.shape[1]):
            for j in range(len(W2)):
                product[i, k] = W1[i, j] * W2[j, k]
    return product


@mistake(
    "collapse",
    es="Divides entre el número de unidades intermedias. Lo que llega por varios caminos se suma; no se promedia.",
    en="You divide by the number of units in the middle. What arrives along several paths adds up; it is not averaged.",
)
def averages_the_paths(W1, W2):
    W2 = np.asarray(W2)
    return np.asarray(W1) @ W2 / len(W2)


@mistake(
    "collapse",
    es="Multiplicas cada número de una matriz con cada número de la otra, aunque no haya ningún camino que los una.",
    en="You multiply each number of one matrix by each number of the other, even where no path joins the two.",
)
def all_with_all(W1, W2):
    return np.kron(W1, W2)


@mistake(
    "collapse_network",
    es="Sumas los sesgos tal cual. El de la primera capa no llega intacto a la salida: por el camino hay más capas.",
    en="You add the biases as they are. That of the first layer does not reach the output untouched: there are more "
    "layers on the way.",
)
def adds_the_biases(weights, biases):
    return functools.reduce(np.dot, weights), functools.reduce(np.add, biases)


@mistake(
    "collapse_network",
    es="Te quedas con el último sesgo. ¿Qué sale de la red si la entrada es cero? Los anteriores también cuentan ahí.",
    en="You keep the last bias only. What leaves the network when the input is zero? The earlier ones count there too.",
)
def keeps_the_last_bias(weights, biases):
    return functools.reduce(np.dot, weights), np.asarray(biases[-1])


@mistake(
    "collapse_network",
    es="Cada sesgo pasa solo por la capa siguiente. Con dos capas basta; con más, le queda camino por recorrer.",
    en="Each bias goes through the next layer only. For two layers that will do; with more it still has a way to go.",
)
def bias_through_one_layer_only(weights, biases):
    b_star = np.asarray(biases[-1])
    for W, b in zip(weights[1:], biases[:-1], strict=True):
        b_star = b_star + np.dot(b, W)
    return functools.reduce(np.dot, weights), b_star


@mistake(
    "collapse_network",
    es="Haces pasar cada sesgo por los pesos de su propia capa. El sesgo se suma después de esos pesos, no antes.",
    en="You send each bias through the weights of its own layer. The bias is added after those weights, not before.",
)
def bias_before_its_own_weights(weights, biases):
    b_star = np.zeros(np.shape(weights[0])[0])
    for W, b in zip(weights, biases, strict=True):
        b_star = (b_star + np.asarray(b)) @ np.asarray(W)
    return functools.reduce(np.dot, weights), b_star


@mistake(
    "collapse_network",
    es="El sesgo de la primera capa se queda fuera de la cuenta.",
    en="The bias of the first layer is left out of the account.",
)
def forgets_the_first_bias(weights, biases):
    W_star, b_star = np.asarray(weights[0]), np.zeros(np.shape(weights[0])[1])
    for W, b in zip(weights[1:], biases[1:], strict=True):
        W_star, b_star = W_star @ np.asarray(W), b_star @ np.asarray(W) + np.asarray(b)
    return W_star, b_star


@mistake(
    "collapse_network",
    es="Multiplicas las matrices de la última a la primera. La entrada está a la izquierda: ¿con cuál se topa antes?",
    en="You multiply the matrices from the last to the first. The input is on the left: which one does it meet first?",
)
def last_matrix_first(weights, biases):
    W_star, b_star = np.asarray(weights[0]), np.asarray(biases[0])
    for W, b in zip(weights[1:], biases[1:], strict=True):
        W_star, b_star = np.asarray(W) @ W_star, b_star @ np.asarray(W) + np.asarray(b)
    return W_star, b_star


@mistake(
    "collapse_network",
    es="Solo juntas dos capas. La red puede tener cualquier número de ellas, también una.",
    en="You merge two layers only. The network may have any number of them, even one.",
)
def two_layers_only(weights, biases):
    W1, W2 = np.asarray(weights[0]), np.asarray(weights[1])
    return W1 @ W2, np.asarray(biases[0]) @ W2 + np.asarray(biases[1])


@mistake(
    "collapse_network",
    es="Con una sola capa tu función termina con un error. Una red de una capa también se colapsa: no queda nada por "
    "hacer.",
    en="With a single layer your function ends with an error. A network of one layer collapses too: there is nothing "
    "left to do.",
)
def fails_on_one_layer(weights, biases):
    W_star = np.linalg.multi_dot([np.asarray(W) for W in weights])
    b_star = np.asarray(biases[0])
    for W, b in zip(weights[1:], biases[1:], strict=True):
        b_star = b_star @ np.asarray(W) + np.asarray(b)
    return W_star, b_star


@mistake(
    "collapse_network",
    es="Devuelves primero el sesgo y después los pesos.",
    en="You return the bias first and the weights second.",
)
def bias_first(weights, biases):
    W_star, b_star = np.asarray(weights[0]), np.asarray(biases[0])
    for W, b in zip(weights[1:], biases[1:], strict=True):
        W_star, b_star = W_star @ np.asarray(W), b_star @ np.asarray(W) + np.asarray(b)
    return b_star, W_star


@mistake(
    "collapse_network",
    es="Devuelves solo la matriz. Sin un sesgo, la capa colapsada daría cero donde la red no lo da.",
    en="You return the matrix alone. Without a bias the collapsed layer would give zero where the network does not.",
)
def weights_alone(weights, biases):
    return functools.reduce(np.dot, weights, np.eye(len(weights[0])))


@mistake(
    "collapse_network",
    es="Sacas las capas de las mismas listas que te dieron: al terminar, la red de quien llamó está vacía.",
    en="You take the layers out of the very lists you were given: afterwards the caller's network is empty.",
)
def empties_the_callers_lists(weights, biases):
    W_star, b_star = np.asarray(weights.pop(0)), np.asarray(biases.pop(0))
    while weights:
        W = np.asarray(weights.pop(0))
        W_star, b_star = W_star @ W, b_star @ W + np.asarray(biases.pop(0))
    return W_star, b_star


@mistake(
    "collapse_network",
    es="Acumulas en el último arreglo de sesgos que recibes: después de llamarte, la red ya no es la misma.",
    en="You accumulate in the last array of biases you are given: after the call the network is not the same.",
)
def accumulates_in_the_last_bias(weights, biases):
    b_star = np.asarray(biases[-1], dtype=float)
    W_star = np.eye(len(b_star))
    for W, b in zip(reversed(weights[1:]), reversed(biases[:-1]), strict=True):
        W_star = np.asarray(W) @ W_star
        b_star += np.asarray(b) @ W_star
    return np.asarray(weights[0]) @ W_star, b_star


@mistake(
    "collapse_network",
    es="Guardas los resultados en arreglos del tipo de la primera capa. Si es de enteros, los decimales de las demás "
    "se pierden.",
    en="You store the results in arrays of the first layer's type. When that is integers, the decimals of the others "
    "are lost.",
)
def whole_numbers_like_the_first_layer(weights, biases):
    W_star, b_star = np.asarray(weights[0]), np.asarray(biases[0])
    for W, b in zip(weights[1:], biases[1:], strict=True):
        b_star = (b_star @ np.asarray(W) + np.asarray(b)).astype(b_star.dtype)
        W_star = (W_star @ np.asarray(W)).astype(W_star.dtype)
    return W_star, b_star


@mistake(
    "collapse_network",
    es="Redondeas a dos decimales después de cada capa, y el error crece con las que siguen. Lo que devuelves debe "
    "llevar todas sus cifras.",
    en="You round to two decimals after each layer, and the error grows with those that follow. What you return must "
    "keep all its digits.",
)
def rounds_after_each_layer(weights, biases):
    W_star, b_star = np.asarray(weights[0]), np.asarray(biases[0])
    for W, b in zip(weights[1:], biases[1:], strict=True):
        b_star = np.round(b_star @ np.asarray(W) + np.asarray(b), 2)
        W_star = np.round(W_star @ np.asarray(W), 2)
    return W_star, b_star


@mistake(
    "collapse_network",
    es="Actualizas W* antes de usarla para el sesgo: b* atraviesa entonces toda la red, y solo le faltaba una capa.",
    en="You update W* before the bias: then b* goes through the whole network, when only one layer was left to it.",
)
def bias_through_the_whole_product(weights, biases):
    W_star, b_star = np.asarray(weights[0]), np.asarray(biases[0])
    for W, b in zip(weights[1:], biases[1:], strict=True):
        W_star = W_star @ np.asarray(W)
        b_star = b_star @ W_star + np.asarray(b)
    return W_star, b_star


@mistake(
    "collapse_network",
    es="Solo sigues el camino del primer sesgo. Las capas que vienen después también suman el suyo.",
    en="You follow only the first bias on its way. The layers that come later add theirs too.",
)
def only_the_first_bias(weights, biases):
    W_star, b_star = np.asarray(weights[0]), np.asarray(biases[0])
    for W in weights[1:]:
        W_star, b_star = W_star @ np.asarray(W), b_star @ np.asarray(W)
    return W_star, b_star


@mistake(
    "collapse_network",
    es="Pones los sesgos uno detrás de otro. La capa que queda tiene tantas unidades como la salida.",
    en="You put the biases one after another. The layer that is left has as many units as the output.",
)
def joins_the_biases(weights, biases):
    return functools.reduce(np.dot, weights), np.concatenate([np.asarray(b) for b in biases])


@mistake(
    "linearity_gap",
    es="No tienes en cuenta f(0). Una red lineal con sesgos no da cero en cero, y tu medida la acusa de no ser lineal.",
    en="You leave f(0) out of account. A linear network with biases is not zero at zero, and your measure accuses it "
    "of not being linear.",
)
def without_the_origin(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    return np.max(np.abs(np.asarray(f(u + v)) - f(u) - f(v)))


@mistake(
    "linearity_gap",
    es="f(0) entra con el signo cambiado: en lugar de compensar el sesgo que sobra, lo quitas otra vez.",
    en="f(0) comes in with its sign reversed: instead of making up for the bias you take it away once more.",
)
def origin_with_the_wrong_sign(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    return np.max(np.abs(np.asarray(f(u + v)) - f(u) - f(v) - f(np.zeros(u.shape))))


@mistake(
    "linearity_gap",
    es="Pasas a f un solo número, 0. Una red espera una entrada con tantos números como las demás.",
    en="You give f a single number, 0. A network expects an input with as many numbers as the others.",
)
def origin_as_one_number(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    return np.max(np.abs(np.asarray(f(u + v)) - f(u) - f(v) + f(0.0)))


@mistake(
    "linearity_gap",
    es="Tomas el mayor valor con su signo. Una diferencia muy negativa también está lejos de cero.",
    en="You take the largest value with its sign. A very negative difference is far from zero too.",
)
def largest_with_its_sign(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    return np.max(np.asarray(f(u + v)) - f(u) - f(v) + f(np.zeros(u.shape)))


@mistake(
    "linearity_gap",
    es="Promedias las diferencias. Se pide la peor: una sola salida que se aparte ya dice que f no es lineal.",
    en="You average the differences. The worst one is asked for: a single output that strays says f is not linear.",
)
def average_difference(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    return np.mean(np.abs(np.asarray(f(u + v)) - f(u) - f(v) + f(np.zeros(u.shape))))


@mistake(
    "linearity_gap",
    es="Sumas todas las diferencias. Se pide la mayor.",
    en="You add up all the differences. The largest one is asked for.",
)
def total_difference(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    return np.sum(np.abs(np.asarray(f(u + v)) - f(u) - f(v) + f(np.zeros(u.shape))))


@mistake(
    "linearity_gap",
    es="Mides la longitud del vector de diferencias, que mezcla todas. Se pide solo la mayor.",
    en="You measure the length of the vector of differences, which mixes them all. Only the largest is asked for.",
)
def length_of_the_difference(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    return np.linalg.norm(np.ravel(np.asarray(f(u + v)) - f(u) - f(v) + f(np.zeros(u.shape))))


@mistake(
    "linearity_gap",
    es="Devuelves una diferencia por salida. Se pide un solo número para toda la función.",
    en="You return one difference an output. A single number for the whole function is asked for.",
)
def one_gap_per_output(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    return np.abs(np.asarray(f(u + v)) - f(u) - f(v) + f(np.zeros(u.shape)))


@mistake(
    "linearity_gap",
    es="Con un lote devuelves una medida por muestra. Se pide una sola, la mayor de todas.",
    en="For a batch you return one measure a sample. A single one is asked for, the largest of all.",
)
def one_gap_per_sample(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    differences = np.abs(np.asarray(f(u + v)) - f(u) - f(v) + f(np.zeros(u.shape)))
    return np.max(np.atleast_1d(differences), axis=-1)


@mistake(
    "linearity_gap",
    es="Solo pruebas qué pasa al duplicar una entrada. ReLU supera esa prueba y no es lineal: hacen falta dos entradas "
    "distintas.",
    en="You only try what happens when an input is doubled. ReLU passes that test and is not linear: two different "
    "inputs are needed.",
)
def doubles_one_input(f, u, v):
    u = np.asarray(u)
    return np.max(np.abs(np.asarray(f(2 * u)) - 2 * np.asarray(f(u)) + f(np.zeros(u.shape))))


@mistake(
    "linearity_gap",
    es="Respondes sí o no. Se pide cuánto: el tamaño de la diferencia.",
    en="You answer yes or no. How much is asked for: the size of the difference.",
)
def yes_or_no(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    difference = np.asarray(f(u + v)) - f(u) - f(v) + f(np.zeros(u.shape))
    return 0 if np.allclose(difference, 0) else 1


@mistake(
    "linearity_gap",
    es="Divides entre el tamaño de f(u + v): eso es un error relativo, y se pide la diferencia misma.",
    en="You divide by the size of f(u + v): that is a relative error, and the difference itself is asked for.",
)
def relative_gap(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    together = np.asarray(f(u + v))
    difference = together - f(u) - f(v) + f(np.zeros(u.shape))
    return np.max(np.abs(difference)) / max(float(np.max(np.abs(together))), 1e-12)


@mistake(
    "linearity_gap",
    es="Si las muestras llegan como listas, el + de Python no suma sus números: pone una lista detrás de la otra.",
    en="When the samples come as lists, Python's + does not add their numbers: it puts one list after the other.",
)
def joins_the_lists(f, u, v):
    return np.max(np.abs(np.asarray(f(u + v)) - f(u) - f(v) + f(np.zeros(np.shape(u)))))


@mistake(
    "linearity_gap",
    es="Sumas v sobre el mismo arreglo u que te dieron: desde ese momento u ya no es u, ni para ti ni para quien te "
    "llamó.",
    en="You add v to the very array u you were given: from then on u is no longer u, neither for you nor for the "
    "caller.",
)
def adds_onto_the_callers_array(f, u, v):
    u, v = np.asarray(u, dtype=float), np.asarray(v, dtype=float)
    at_u, at_v = np.array(f(u)), np.array(f(v))
    u += v
    return np.max(np.abs(np.asarray(f(u)) - at_u - at_v + f(np.zeros(u.shape))))


@mistake(
    "linearity_gap",
    es="Redondeas la brecha a tres decimales. Una brecha pequeña también lo es: así se vuelve 0 y la función parece "
    "lineal.",
    en="You round the gap to three decimals. A small gap is a gap: this way it becomes 0, and the function seems to be "
    "linear.",
)
def rounds_the_gap(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    differences = np.asarray(f(u + v)) - f(u) - f(v) + f(np.zeros(u.shape))
    return round(float(np.max(np.abs(differences))), 3)


@mistake(
    "linearity_gap",
    es="Conviertes v al tipo de u. Si u son enteros y v no, los decimales de v se pierden antes de sumar.",
    en="You convert v to the type of u. When u is integers and v is not, the decimals of v are lost before you add.",
)
def converts_to_the_type_of_u(f, u, v):
    u = np.asarray(u)
    v = np.asarray(v).astype(u.dtype)
    differences = np.asarray(f(u + v)) - f(u) - f(v) + f(np.zeros(u.shape))
    return float(np.max(np.abs(differences)))


@mistake(
    "linearity_gap",
    es="En un lote sumas v en el mismo arreglo u que recibiste: quien te llamó lo encuentra cambiado.",
    en="In a batch you add v into the very array u you were given: whoever called you finds it changed.",
)
def adds_onto_the_callers_batch(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    rest = np.asarray(f(np.zeros(u.shape))) - f(u) - f(v)
    if u.ndim == 2 and u.dtype == v.dtype:
        u += v
        return float(np.max(np.abs(np.asarray(f(u)) + rest)))
    return float(np.max(np.abs(np.asarray(f(u + v)) + rest)))


@mistake(
    "linearity_gap",
    es="Pruebas qué pasa en el punto medio de u y v. Eso mide otra cosa: se pide lo que ocurre con su suma.",
    en="You try what happens halfway between u and v. That measures something else: their sum is what is asked about.",
)
def halfway_between(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    return np.max(np.abs(np.asarray(f((u + v) / 2)) - (np.asarray(f(u)) + f(v)) / 2))


@mistake(
    "linearity_gap",
    es="Quitas el signo a cada valor de f antes de restar. Lo que se mide sin signo es la diferencia, no cada sumando.",
    en="You take the sign off each value of f before you subtract. It is the difference that is measured without sign, "
    "not each term.",
)
def signs_taken_too_soon(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    return np.max(np.abs(f(u + v)) - np.abs(f(u)) - np.abs(f(v)) + np.abs(f(np.zeros(u.shape))))


@mistake(
    "linearity_gap",
    es="Buscas el mayor valor de cada término por separado y después restas. Esos máximos pueden estar en salidas "
    "distintas.",
    en="You look for the largest value of each term separately and subtract afterwards. Those may stand at different "
    "outputs.",
)
def maxima_taken_too_soon(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    return abs(np.max(f(u + v)) - np.max(f(u)) - np.max(f(v)) + np.max(f(np.zeros(u.shape))))


@mistake(
    "linearity_gap",
    es="Te quedas con la diferencia más pequeña. Que una salida sume bien no dice nada de las demás.",
    en="You keep the smallest difference. That one output adds up well says nothing of the others.",
)
def smallest_difference(f, u, v):
    u, v = np.asarray(u), np.asarray(v)
    return np.min(np.abs(np.asarray(f(u + v)) - f(u) - f(v) + f(np.zeros(u.shape))))
