"""What students get wrong in stage 04, and what to tell them: each must lose points on its own question."""

from itertools import pairwise

import numpy as np
from reference import errors, layer_forward, relu, sigmoid, softmax, tanh

from capas.course.solutions import mistake


@mistake(
    "initialize",
    es="Todos los pesos empiezan en cero. Así todas las unidades de una capa calculan lo mismo, y seguirán haciéndolo.",
    en="All weights start at zero. All units of a layer then compute the same, and will go on doing so.",
)
def zero_weights(layer_sizes, seed):
    return [(np.zeros((n_in, n_out)), np.zeros(n_out)) for n_in, n_out in pairwise(layer_sizes)]


@mistake(
    "initialize",
    es="Todos los pesos de una capa son el mismo número: la desviación estándar dice cuánto se dispersan, "
    "no cuánto valen.",
    en="All weights of a layer are the same number: the standard deviation says how far they spread, "
    "not what they are.",
)
def every_weight_the_deviation(layer_sizes, seed):
    return [(np.full((n_in, n_out), 1 / np.sqrt(n_in)), np.zeros(n_out)) for n_in, n_out in pairwise(layer_sizes)]


@mistake(
    "initialize",
    es="La semilla no se usa: cada llamada da otra red y nadie puede repetir tu experimento.",
    en="The seed is not used: each call gives another network, and nobody can repeat your experiment.",
)
def ignores_the_seed(layer_sizes, seed):
    return [
        (np.random.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in pairwise(layer_sizes)
    ]


@mistake(
    "initialize",
    es="La semilla está escrita dentro de la función: pidas la que pidas, sale siempre la misma red.",
    en="The seed is written inside the function: whichever is asked for, the same network comes out.",
)
def always_the_same_seed(layer_sizes, seed):
    generator = np.random.default_rng(42)
    return [
        (generator.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in pairwise(layer_sizes)
    ]


@mistake(
    "initialize",
    es="Los pesos tienen desviación estándar 1 en todas las capas; debe depender de cuántas entradas suma cada unidad.",
    en="The weights have standard deviation 1 in every layer; it should depend on how many inputs each unit adds up.",
)
def standard_deviation_one(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [(generator.standard_normal((n_in, n_out)), np.zeros(n_out)) for n_in, n_out in pairwise(layer_sizes)]


@mistake(
    "initialize",
    es="Confundes la varianza con la desviación estándar: los pesos salen demasiado pequeños.",
    en="You take the variance for the standard deviation: the weights come out too small.",
)
def variance_for_deviation(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [(generator.normal(0, 1 / n_in, (n_in, n_out)), np.zeros(n_out)) for n_in, n_out in pairwise(layer_sizes)]


@mistake(
    "initialize",
    es="Cuentas las unidades a las que llegan los pesos. Lo que hace crecer una suma son los sumandos: las unidades "
    "de las que salen.",
    en="You count the units at which the weights arrive. What makes a sum grow are its terms: the units from which "
    "they leave.",
)
def counts_the_outputs(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [
        (generator.normal(0, 1 / np.sqrt(n_out), (n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in pairwise(layer_sizes)
    ]


@mistake(
    "initialize",
    es="Repartes los pesos de manera uniforme en un intervalo; se piden números normales, con la forma de campana.",
    en="You spread the weights evenly over an interval; normal numbers are asked for, with the shape of a bell.",
)
def uniform_weights(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    network = []
    for n_in, n_out in pairwise(layer_sizes):
        end = np.sqrt(3 / n_in)
        network.append((generator.uniform(-end, end, (n_in, n_out)), np.zeros(n_out)))
    return network


@mistake(
    "initialize",
    es="Sacas números entre 0 y 1: ningún peso es negativo, y ninguna entrada puede restar.",
    en="You draw numbers between 0 and 1: no weight is negative, and no input can count against.",
)
def only_positive_weights(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [(generator.random((n_in, n_out)) / np.sqrt(n_in), np.zeros(n_out)) for n_in, n_out in pairwise(layer_sizes)]


@mistake(
    "initialize",
    es="W está traspuesta: sus filas deben ser las unidades de las que salen las flechas, y sus columnas aquellas a "
    "las que llegan.",
    en="W is transposed: its rows should be the units from which the arrows leave, its columns those at which "
    "they arrive.",
)
def transposed_weights(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [
        (generator.normal(0, 1 / np.sqrt(n_in), (n_out, n_in)), np.zeros(n_out))
        for n_in, n_out in pairwise(layer_sizes)
    ]


@mistake(
    "initialize",
    es="El generador vuelve a empezar en cada capa: los mismos números aparecen una y otra vez por toda la red.",
    en="The generator starts again in each layer: the same numbers appear over and over throughout the network.",
)
def starts_again_in_each_layer(layer_sizes, seed):
    return [
        (np.random.default_rng(seed).normal(0, 1 / np.sqrt(n_in), (n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in pairwise(layer_sizes)
    ]


@mistake(
    "initialize",
    es="También los sesgos son números al azar; para ellos se pide otro comienzo.",
    en="The biases are random numbers too; another start is asked for them.",
)
def random_biases(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    network = []
    for n_in, n_out in pairwise(layer_sizes):
        deviation = 1 / np.sqrt(n_in)
        network.append((generator.normal(0, deviation, (n_in, n_out)), generator.normal(0, deviation, n_out)))
    return network


@mistake(
    "initialize",
    es="Cada sesgo es una matriz de una fila: con una sola muestra, la salida de la capa gana un eje que nadie pidió.",
    en="Each bias is a matrix of one row: for a single sample, the layer's output will gain an axis nobody asked for.",
)
def biases_as_a_row(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [
        (generator.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)), np.zeros((1, n_out)))
        for n_in, n_out in pairwise(layer_sizes)
    ]


@mistake(
    "initialize",
    es="Haces un par por cada número de la lista. La capa de entrada no calcula nada: no le llega ninguna flecha.",
    en="You make one pair for each number in the list. The input layer computes nothing: no arrow arrives there.",
)
def weights_for_the_input_layer(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    network, n_in = [], layer_sizes[0]
    for n_out in layer_sizes:
        network.append((generator.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)), np.zeros(n_out)))
        n_in = n_out
    return network


@mistake(
    "initialize",
    es="Devuelves dos listas, una de pesos y otra de sesgos; se pide una lista de pares.",
    en="You return two lists, one of weights and one of biases; a list of pairs is asked for.",
)
def two_lists(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    pairs = list(pairwise(layer_sizes))
    weights = [generator.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)) for n_in, n_out in pairs]
    return weights, [np.zeros(n_out) for _, n_out in pairs]


@mistake(
    "initialize",
    es="Usas √(2/n_in), pensada para redes de ReLU. El 2 no está en la fórmula de esta pregunta.",
    en="You use √(2/n_in), meant for networks of ReLU. The 2 is not in this question's formula.",
)
def deviation_for_relu(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [
        (generator.normal(0, np.sqrt(2 / n_in), (n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in pairwise(layer_sizes)
    ]


@mistake(
    "initialize",
    es="Repartes la varianza entre las dos capas que une W, como hace otra receta (Glorot). Aquí cuenta una sola.",
    en="You share the variance out between the two layers that W joins, as another recipe does (Glorot). Here only one "
    "of them counts.",
)
def deviation_of_both_layers(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [
        (generator.normal(0, np.sqrt(2 / (n_in + n_out)), (n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in pairwise(layer_sizes)
    ]


@mistake(
    "initialize",
    es="Multiplicas siempre por 0.01, sea cual sea la capa. Si la capa es ancha o estrecha, la suma crece o se apaga.",
    en="You always multiply by 0.01, whatever the layer. When it is wide or narrow, the sum grows or dies away.",
)
def a_hundredth_in_every_layer(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [(0.01 * generator.standard_normal((n_in, n_out)), np.zeros(n_out)) for n_in, n_out in pairwise(layer_sizes)]


@mistake(
    "initialize",
    es="Multiplicas por √n_in: cuantas más entradas suma una unidad, más grandes haces sus pesos. Debía ser al revés.",
    en="You multiply by √n_in: the more inputs a unit adds up, the larger you make its weights, and it should be the "
    "other way round.",
)
def grows_with_the_inputs(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [
        (generator.normal(0, np.sqrt(n_in), (n_in, n_out)), np.zeros(n_out)) for n_in, n_out in pairwise(layer_sizes)
    ]


@mistake(
    "initialize",
    es="En todas las capas usas el número de entradas de la red. Cada capa tiene sus propias entradas.",
    en="In every layer you use the number of inputs of the network. Each layer has inputs of its own.",
)
def inputs_of_the_whole_network(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    deviation = 1 / np.sqrt(layer_sizes[0])
    return [(generator.normal(0, deviation, (n_in, n_out)), np.zeros(n_out)) for n_in, n_out in pairwise(layer_sizes)]


@mistake(
    "initialize",
    es="Los sesgos empiezan en 1. Se pide otro comienzo.",
    en="The biases start at 1. Another start is asked for.",
)
def biases_of_one(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [
        (generator.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)), np.ones(n_out)) for n_in, n_out in pairwise(layer_sizes)
    ]


@mistake(
    "layer_forward",
    es="Falta el sesgo: b llega a la función y no cambia nada.",
    en="The bias is missing: b comes into the function and changes nothing.",
)
def omits_the_bias(x, W, b, activation):
    return layer_of(np.asarray(x) @ np.asarray(W), activation)


@mistake(
    "layer_forward",
    es="Pones W antes que x. Con las muestras en filas las formas no encajan, y si encajan mezclas otras unidades.",
    en="You put W before x. With samples in rows the shapes do not fit, and where they do other units get mixed.",
)
def weights_on_the_left(x, W, b, activation):
    return layer_of(np.asarray(W) @ np.asarray(x) + np.asarray(b), activation)


@mistake(
    "layer_forward",
    es="El asterisco multiplica elemento por elemento. Cada unidad suma todas sus entradas, cada una con su peso.",
    en="The asterisk multiplies element by element. Each unit adds up all its inputs, each with its weight.",
)
def multiplies_element_by_element(x, W, b, activation):
    x = np.asarray(x)
    return layer_of(x[..., None] * np.asarray(W) + np.asarray(b), activation)


@mistake(
    "layer_forward",
    es="El sesgo llega después de la activación: ya no mueve el punto en el que la unidad responde, solo sube o baja "
    "la respuesta.",
    en="The bias comes after the activation: it no longer moves the point at which the unit responds, it only "
    "raises or lowers the answer.",
)
def bias_after_the_activation(x, W, b, activation):
    return layer_of(np.asarray(x) @ np.asarray(W), activation) + np.asarray(b)


@mistake(
    "layer_forward",
    es="Activas las entradas y después las combinas. En una capa la no linealidad viene al final.",
    en="You activate the inputs and then combine them. In a layer the non-linearity comes last.",
)
def activates_the_inputs(x, W, b, activation):
    return layer_of(np.asarray(x), activation) @ np.asarray(W) + np.asarray(b)


@mistake(
    "layer_forward",
    es="Sumas b a los pesos: el sesgo queda multiplicado por las entradas, y debía actuar aunque todas fueran cero.",
    en="You add b to the weights: the bias gets multiplied by the inputs, when it should act even if all were zero.",
)
def adds_the_bias_to_the_weights(x, W, b, activation):
    return layer_of(np.asarray(x) @ (np.asarray(W) + np.asarray(b)), activation)


@mistake(
    "layer_forward",
    es="Pones b en columna: así hay un sesgo por muestra, y los sesgos son de las unidades.",
    en="You stand b up as a column: that makes one bias a sample, and biases belong to units.",
)
def bias_as_a_column(x, W, b, activation):
    return layer_of(np.asarray(x) @ np.asarray(W) + np.asarray(b).reshape(-1, 1), activation)


@mistake(
    "layer_forward",
    es="Acumulas la suma encima de b: con una muestra cambias los sesgos de la red, y con un lote no cabe.",
    en="You gather the sum on top of b: for one sample you change the network's biases, and a batch does not fit.",
)
def sums_on_top_of_the_bias(x, W, b, activation):
    a = np.asarray(b)
    a += np.asarray(x) @ np.asarray(W)
    return layer_of(a, activation)


@mistake(
    "layer_forward",
    es="Aplicas la activación dos veces: la segunda trabaja con números que ya estaban transformados.",
    en="You apply the activation twice: the second time it works on numbers that were already transformed.",
)
def activates_twice(x, W, b, activation):
    return layer_of(layer_of(np.asarray(x) @ np.asarray(W) + np.asarray(b), activation), activation)


@mistake(
    "layer_forward",
    es="Usas siempre la sigmoide: el nombre que recibes no decide nada.",
    en="You always use the sigmoid: the name you are given decides nothing.",
)
def always_sigmoid(x, W, b, activation):
    a = np.asarray(x) @ np.asarray(W) + np.asarray(b)
    if activation not in ("linear", "sigmoid", "tanh", "relu", "softmax"):
        raise ValueError(activation)
    return sigmoid(a)


@mistake(
    "layer_forward",
    es="Devuelves las sumas tal como salen: falta la activación.",
    en="You return the sums as they come: the activation is missing.",
)
def without_activation(x, W, b, activation):
    if activation not in ("linear", "sigmoid", "tanh", "relu", "softmax"):
        raise ValueError(activation)
    return np.asarray(x) @ np.asarray(W) + np.asarray(b)


@mistake(
    "layer_forward",
    es="En softmax divides entre la suma de todo el lote: las probabilidades de una muestra dependen de las demás.",
    en="In softmax you divide by the sum of the whole batch: one sample's probabilities depend on the others.",
)
def softmax_of_the_whole_batch(x, W, b, activation):
    a = np.asarray(x) @ np.asarray(W) + np.asarray(b)
    if activation == "softmax":
        exponentials = np.exp(a - np.max(a))
        return exponentials / np.sum(exponentials)
    return layer_of(a, activation)


@mistake(
    "layer_forward",
    es="Escribes la exponencial directamente: con sumas grandes se desborda antes de llegar al cociente.",
    en="You write the exponential out directly: for large sums it overflows before the quotient is reached.",
)
def sigmoid_that_overflows(x, W, b, activation):
    a = np.asarray(x) @ np.asarray(W) + np.asarray(b)
    return 1 / (1 + np.exp(-a)) if activation == "sigmoid" else layer_of(a, activation)


@mistake(
    "layer_forward",
    es='Un nombre desconocido pasa como si fuera "linear": quien se equivoque al escribirlo no se enterará nunca.',
    en='An unknown name passes for "linear": whoever mistypes one will never find out.',
)
def unknown_name_is_linear(x, W, b, activation):
    a = np.asarray(x) @ np.asarray(W) + np.asarray(b)
    return layer_of(a, activation if activation in ("sigmoid", "tanh", "relu", "softmax") else "linear")


@mistake(
    "layer_forward",
    es="Con un nombre desconocido falla el diccionario, con un error que habla de él y no de la activación; se pide "
    "otro tipo de error.",
    en="For an unknown name the dictionary fails, with an error about itself and not about the activation; another "
    "kind of error is asked for.",
)
def the_dictionary_complains(x, W, b, activation):
    functions = {"linear": lambda a: a, "sigmoid": sigmoid, "tanh": tanh, "relu": relu, "softmax": softmax}
    return functions[activation](np.asarray(x) @ np.asarray(W) + np.asarray(b))


@mistake(
    "layer_forward",
    es="Escribes un mensaje y sigues: un print no detiene a nadie, y tu función devuelve None.",
    en="You print a message and go on: a print stops nobody, and your function returns None.",
)
def prints_instead_of_raising(x, W, b, activation):
    if activation in ("linear", "sigmoid", "tanh", "relu", "softmax"):
        return layer_of(np.asarray(x) @ np.asarray(W) + np.asarray(b), activation)
    print(f"ValueError: {activation}")
    return None


@mistake(
    "layer_forward",
    es="Guardas las sumas en un arreglo del tipo de los sesgos. Si los sesgos son enteros, los decimales se pierden.",
    en="You store the sums in an array of the biases' type. When the biases are integers, the decimals are lost.",
)
def whole_numbers_like_the_biases(x, W, b, activation):
    sums = np.asarray(x) @ np.asarray(W) + np.asarray(b)
    return layer_of(sums.astype(np.asarray(b).dtype), activation)


@mistake(
    "layer_forward",
    es="Redondeas a cuatro decimales, como se leen en el enunciado. Lo que devuelves debe llevar todas sus cifras.",
    en="You round to four decimals, as the assignment shows them. What you return must keep all its digits.",
)
def rounds_the_outputs(x, W, b, activation):
    return np.round(layer_of(np.asarray(x) @ np.asarray(W) + np.asarray(b), activation), 4)


@mistake(
    "layer_forward",
    es="Recortas los números muy grandes en el mismo arreglo de pesos que recibes: después de llamarte, los pesos ya "
    "no son los mismos.",
    en="You clip very large numbers in the very array of weights you are given: after the call the weights are not the "
    "same any more.",
)
def clips_the_callers_weights(x, W, b, activation):
    W = np.asarray(W)
    outputs = layer_of(np.asarray(x) @ W + np.asarray(b), activation)
    np.clip(W, -500, 500, out=W)
    return outputs


@mistake(
    "layer_forward",
    es="Compruebas el nombre con assert: ese error es de otra clase, y Python puede saltárselo.",
    en="You check the name with assert: that is an error of another kind, and Python may skip it.",
)
def asserts_the_name(x, W, b, activation):
    assert activation in ("linear", "sigmoid", "tanh", "relu", "softmax"), activation
    return layer_of(np.asarray(x) @ np.asarray(W) + np.asarray(b), activation)


@mistake(
    "layer_forward",
    es="En softmax sumas por columnas: se reparten la probabilidad las muestras, y debían ser las unidades.",
    en="In softmax you sum down the columns: it is the samples that share the probability, and it should be the units.",
)
def softmax_down_the_columns(x, W, b, activation):
    a = np.asarray(x) @ np.asarray(W) + np.asarray(b)
    if activation == "softmax":
        exponentials = np.exp(a - np.max(a, axis=0))
        return exponentials / np.sum(exponentials, axis=0)
    return layer_of(a, activation)


@mistake(
    "layer_forward",
    es='Con "linear" tu función se detiene. Una capa sin curva también es una capa, y su nombre está en la lista.',
    en='For "linear" your function stops. A layer without a curve is a layer too, and its name is on the list.',
)
def linear_is_unknown(x, W, b, activation):
    if activation == "linear":
        raise ValueError(f"unknown activation: {activation}")
    return layer_of(np.asarray(x) @ np.asarray(W) + np.asarray(b), activation)


@mistake(
    "forward",
    es="Devuelves solo la última salida. Para aprender harán falta también las de las capas de en medio.",
    en="You return only the last output. To learn, those of the layers in between will be needed too.",
)
def only_the_last_output(x, network, activations):
    y = np.asarray(x)
    for (W, b), activation in zip(network, activations, strict=True):
        y = layer_forward(y, W, b, activation)
    return y


@mistake(
    "forward",
    es="Falta la entrada al principio de la lista.",
    en="The input is missing from the start of the list.",
)
def forgets_the_input(x, network, activations):
    outputs, y = [], np.asarray(x)
    for (W, b), activation in zip(network, activations, strict=True):
        y = layer_forward(y, W, b, activation)
        outputs.append(y)
    return outputs


@mistake(
    "forward",
    es="La última capa se queda sin activación. También ella tiene un nombre en la lista.",
    en="The last layer goes without an activation. It too has a name in the list.",
)
def last_layer_without_activation(x, network, activations):
    outputs = [np.asarray(x)]
    for index, (W, b) in enumerate(network):
        activation = activations[index] if index < len(network) - 1 else "linear"
        outputs.append(layer_forward(outputs[-1], W, b, activation))
    return outputs


@mistake(
    "forward",
    es="Activas lo que la capa ya había activado: cada activación se aplica dos veces.",
    en="You activate what the layer had already activated: each activation is applied twice.",
)
def activates_twice_on_the_way(x, network, activations):
    outputs = [np.asarray(x)]
    for (W, b), activation in zip(network, activations, strict=True):
        outputs.append(layer_of(layer_forward(outputs[-1], W, b, activation), activation))
    return outputs


@mistake(
    "forward",
    es="Todas las capas reciben la entrada x. Lo que entra en una capa es lo que sale de la anterior.",
    en="All layers are given the input x. What goes into a layer is what comes out of the one before.",
)
def every_layer_gets_the_input(x, network, activations):
    outputs = [np.asarray(x)]
    for (W, b), activation in zip(network, activations, strict=True):
        outputs.append(layer_forward(x, W, b, activation))
    return outputs


@mistake(
    "forward",
    es="Usas la primera activación en todas las capas; cada capa tiene la suya.",
    en="You use the first activation in every layer; each layer has its own.",
)
def one_activation_for_all(x, network, activations):
    outputs = [np.asarray(x)]
    for W, b in network:
        outputs.append(layer_forward(outputs[-1], W, b, activations[0]))
    return outputs


@mistake(
    "forward",
    es="No usas los sesgos: de cada par solo llega W a la cuenta.",
    en="You do not use the biases: of each pair only W makes it into the computation.",
)
def omits_the_biases(x, network, activations):
    outputs = [np.asarray(x)]
    for (W, _), activation in zip(network, activations, strict=True):
        outputs.append(layer_of(outputs[-1] @ np.asarray(W), activation))
    return outputs


@mistake(
    "forward",
    es="Guardas las sumas de cada capa, antes de activarlas; se piden las salidas.",
    en="You keep each layer's sums, before they are activated; the outputs are asked for.",
)
def keeps_the_sums(x, network, activations):
    outputs, y = [np.asarray(x)], np.asarray(x)
    for (W, b), activation in zip(network, activations, strict=True):
        a = y @ np.asarray(W) + np.asarray(b)
        outputs.append(a)
        y = layer_of(a, activation)
    return outputs


@mistake(
    "forward",
    es="No hay ninguna activación: la red entera vuelve a ser una sola transformación lineal.",
    en="There is no activation at all: the whole network is a single linear transformation again.",
)
def forgets_all_activations(x, network, activations):
    outputs = [np.asarray(x)]
    for W, b in network:
        outputs.append(outputs[-1] @ np.asarray(W) + np.asarray(b))
    return outputs


@mistake(
    "forward",
    es="El return está dentro del bucle: la función termina en la primera capa.",
    en="The return is inside the loop: the function ends at the first layer.",
)
def returns_inside_the_loop(x, network, activations):
    outputs = [np.asarray(x)]
    for (W, b), activation in zip(network, activations, strict=True):
        outputs.append(layer_forward(outputs[-1], W, b, activation))
        return outputs
    return outputs


@mistake(
    "forward",
    es="La lista está al revés: se pide en el orden en que pasan las cosas, de la entrada a la salida.",
    en="The list is back to front: it is asked for in the order in which things happen, from input to output.",
)
def from_output_to_input(x, network, activations):
    outputs = [np.asarray(x)]
    for (W, b), activation in zip(network, activations, strict=True):
        outputs.insert(0, layer_forward(outputs[0], W, b, activation))
    return outputs


@mistake(
    "forward",
    es="Sacas las capas de la lista que te prestaron: al terminar, quien llamó a tu función se quedó sin red.",
    en="You take the layers out of the list you were lent: afterwards whoever called your function has no network.",
)
def empties_the_network(x, network, activations):
    outputs = [np.asarray(x)]
    for activation in activations:
        W, b = network.pop(0)
        outputs.append(layer_forward(outputs[-1], W, b, activation))
    return outputs


@mistake(
    "forward",
    es="Devuelves una lista por muestra; se pide una por capa, con todas las muestras del lote dentro.",
    en="You return a list for each sample; one for each layer is asked for, with all samples of the batch inside.",
)
def a_list_for_each_sample(x, network, activations):
    answers = []
    for sample in np.atleast_2d(x):
        outputs = [sample]
        for (W, b), activation in zip(network, activations, strict=True):
            outputs.append(layer_forward(outputs[-1], W, b, activation))
        answers.append(outputs)
    return answers if np.ndim(x) == 2 else answers[0]


@mistake(
    "forward",
    es="Redondeas lo que da cada capa a cuatro decimales, y la siguiente calcula con números que ya no son los suyos.",
    en="You round what each layer gives to four decimals, and the next computes with numbers that are not its own.",
)
def rounds_on_the_way(x, network, activations):
    outputs = [np.asarray(x)]
    for (W, b), activation in zip(network, activations, strict=True):
        outputs.append(np.round(layer_forward(outputs[-1], W, b, activation), 4))
    return outputs


@mistake(
    "forward",
    es="Guardas lo que da cada capa en arreglos del tipo de la entrada. Si la muestra son enteros, los decimales se "
    "pierden.",
    en="You store what each layer gives in arrays of the input's type. When the sample is integers, the decimals are "
    "lost.",
)
def whole_numbers_like_the_input(x, network, activations):
    outputs = [np.asarray(x)]
    for (W, b), activation in zip(network, activations, strict=True):
        outputs.append(layer_forward(outputs[-1], W, b, activation).astype(outputs[0].dtype))
    return outputs


@mistake(
    "forward",
    es="Tu bucle termina una capa antes: falta la respuesta de la red.",
    en="Your loop ends one layer early: the network's answer is missing.",
)
def stops_before_the_last_layer(x, network, activations):
    outputs = [np.asarray(x)]
    for layer in range(len(network) - 1):
        W, b = network[layer]
        outputs.append(layer_forward(outputs[-1], W, b, activations[layer]))
    return outputs


@mistake(
    "forward",
    es="Activas también la entrada. Las unidades de la capa de entrada no calculan nada: solo presentan los datos.",
    en="You activate the input too. The units of the input layer compute nothing: they only present the data.",
)
def activates_the_input_too(x, network, activations):
    outputs = [layer_of(np.asarray(x), activations[0])]
    for (W, b), activation in zip(network, activations, strict=True):
        outputs.append(layer_forward(outputs[-1], W, b, activation))
    return outputs


@mistake(
    "forward",
    es="De cada capa guardas una pareja, las sumas y la salida. Se pide solo la salida.",
    en="Of each layer you keep a pair, the sums and the output. Only the output is asked for.",
)
def pairs_of_sums_and_outputs(x, network, activations):
    y = np.asarray(x)
    kept = [(y, y)]
    for (W, b), activation in zip(network, activations, strict=True):
        a = y @ np.asarray(W) + np.asarray(b)
        y = layer_of(a, activation)
        kept.append((a, y))
    return kept


@mistake(
    "forward",
    es="Pones las salidas una detrás de otra en un solo arreglo: ya no se ve dónde acaba una capa y empieza otra.",
    en="You put the outputs one after another in a single array: where one layer ends and the next begins can no "
    "longer be seen.",
)
def joins_the_outputs(x, network, activations):
    outputs = [np.asarray(x)]
    for (W, b), activation in zip(network, activations, strict=True):
        outputs.append(layer_forward(outputs[-1], W, b, activation))
    return np.concatenate(outputs, axis=-1)


@mistake(
    "errors",
    es="El signo está al revés: un error positivo debe decir que la red se pasó.",
    en="The sign is reversed: a positive error should say that the network said too much.",
)
def reversed_sign(y, t):
    return np.asarray(t) - np.asarray(y)


@mistake(
    "errors",
    es="El valor absoluto borra el signo: ya no se sabe si la red se pasó o se quedó corta.",
    en="The absolute value wipes out the sign: one can no longer tell whether the network said too much or too little.",
)
def absolute_errors(y, t):
    return np.abs(np.asarray(y) - np.asarray(t))


@mistake(
    "errors",
    es="Elevas al cuadrado: eso es un paso hacia la pérdida; aquí se piden los errores tal cual.",
    en="You square: that is a step towards the loss; here the errors are asked for as they are.",
)
def squared_errors(y, t):
    return (np.asarray(y) - np.asarray(t)) ** 2


@mistake(
    "errors",
    es="Promedias sobre el lote: los errores de muestras distintas se compensan y desaparecen.",
    en="You average over the batch: the errors of different samples make up for each other and vanish.",
)
def averages_over_the_batch(y, t):
    return np.mean(np.atleast_2d(y) - np.atleast_2d(t), axis=0)


@mistake(
    "errors",
    es="Sumas los errores de cada muestra; se pide un error por cada salida.",
    en="You add up the errors of each sample; one error for each output is asked for.",
)
def sums_each_sample(y, t):
    return np.sum(np.asarray(y) - np.asarray(t), axis=-1)


@mistake(
    "errors",
    es="Solo anotas dónde hay una diferencia; falta saber cuánta y hacia qué lado.",
    en="You only note where there is a difference; how large it is and to which side is missing.",
)
def marks_the_differences(y, t):
    return (np.asarray(y) != np.asarray(t)).astype(float)


@mistake(
    "errors",
    es="Divides entre la meta, como en un error relativo; las metas suelen ser 0.",
    en="You divide by the target, as in a relative error; targets are often 0.",
)
def relative_errors(y, t):
    y, t = np.asarray(y, dtype=float), np.asarray(t, dtype=float)
    return (y - t) / np.where(t == 0, 1.0, t)


@mistake(
    "errors",
    es="Restas sobre el mismo arreglo que recibes: al terminar, las salidas de la red ya no existen.",
    en="You subtract on the very array you are given: afterwards the network's outputs are gone.",
)
def subtracts_in_place(y, t):
    y = np.asarray(y) if np.asarray(y).dtype.kind == "f" else np.array(y, dtype=float)
    y -= np.asarray(t)
    return y


@mistake(
    "errors",
    es="Funciona con arreglos, pero Python no sabe restar una lista de otra.",
    en="It works for arrays, but Python cannot subtract one list from another.",
)
def only_for_arrays(y, t):
    return y - t


@mistake(
    "errors",
    es="Tomas por 0 los errores pequeños. También son errores, y de ellos aprende la red cuando ya casi acierta.",
    en="You take small errors for 0. They are errors too, and from them the network learns when it is nearly right.",
)
def forgives_small_errors(y, t):
    e = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return np.where(np.abs(e) < 0.05, 0.0, e)


@mistake(
    "errors",
    es="Redondeas los errores a dos decimales. Lo que devuelves debe llevar todas sus cifras.",
    en="You round the errors to two decimals. What you return must keep all its digits.",
)
def rounds_the_errors(y, t):
    return np.round(np.asarray(y, dtype=float) - np.asarray(t, dtype=float), 2)


@mistake(
    "errors",
    es="Devuelves los errores en el tipo de las salidas. Si son enteras y las metas no, los decimales se pierden.",
    en="You return the errors in the type of the outputs. When they are whole and the targets are not, the decimals "
    "are lost.",
)
def whole_numbers_like_the_outputs(y, t):
    y = np.asarray(y)
    return (y - np.asarray(t)).astype(y.dtype)


@mistake(
    "errors",
    es="Con una sola muestra restas sobre el mismo arreglo que recibes: quien te llamó se queda sin las salidas.",
    en="For a single sample you subtract on the very array you are given: whoever called you loses the outputs.",
)
def subtracts_a_single_sample_in_place(y, t):
    y, t = np.asarray(y), np.asarray(t)
    if y.ndim != 1 or y.dtype != t.dtype:
        return y - t
    y -= t
    return y.copy()


@mistake(
    "errors",
    es="Conviertes primero las respuestas en ceros y unos. Una red que dice 0.7 no se equivoca lo mismo que una que "
    "dice 1.",
    en="You first turn the answers into zeros and ones. A network that says 0.7 is not as wrong as one that says 1.",
)
def decides_before_comparing(y, t):
    return (np.asarray(y) > 0.5).astype(float) - np.asarray(t)


@mistake(
    "errors",
    es="Solo cuentas lo que sobra: donde la red se quedó corta pones 0.",
    en="You count only what is too much: where the network said too little you put 0.",
)
def only_what_is_too_much(y, t):
    return np.maximum(np.asarray(y) - np.asarray(t), 0)


@mistake(
    "errors",
    es="Multiplicas por 2, como al derivar un cuadrado. Aquí no se deriva nada: se resta.",
    en="You multiply by 2, as in the derivative of a square. Here nothing is differentiated: it is a subtraction.",
)
def twice_the_difference(y, t):
    return 2 * (np.asarray(y) - np.asarray(t))


@mistake(
    "errors",
    es="Divides entre el número de muestras. Los errores no se promedian: cada muestra tiene los suyos.",
    en="You divide by the number of samples. Errors are not averaged: each sample has its own.",
)
def divides_by_the_samples(y, t):
    return (np.asarray(y) - np.asarray(t)) / len(np.atleast_2d(y))


@mistake(
    "squared_loss",
    es="Falta el ½ de la fórmula.",
    en="The ½ of the formula is missing.",
)
def without_the_half(y, t):
    return float(np.mean(np.sum(errors(y, t) ** 2, axis=-1)))


@mistake(
    "squared_loss",
    es="Promedias también sobre las salidas. En la fórmula las salidas se suman; solo se promedia sobre las muestras.",
    en="You average over the outputs too. In the formula outputs are added up; only samples are averaged over.",
)
def averages_over_the_outputs(y, t):
    return float(0.5 * np.mean(errors(y, t) ** 2))


@mistake(
    "squared_loss",
    es="Sumas las muestras en vez de promediarlas: un lote más grande parece peor solo por ser más grande.",
    en="You add up the samples instead of averaging them: a larger batch looks worse just for being larger.",
)
def sums_over_the_batch(y, t):
    return float(0.5 * np.sum(errors(y, t) ** 2))


@mistake(
    "squared_loss",
    es="Usas el valor absoluto donde la fórmula tiene un cuadrado.",
    en="You use the absolute value where the formula has a square.",
)
def absolute_loss(y, t):
    return float(np.mean(0.5 * np.sum(np.abs(errors(y, t)), axis=-1)))


@mistake(
    "squared_loss",
    es="Tomas len(y) por el número de muestras. En una sola muestra cuenta otra cosa.",
    en="You take len(y) for the number of samples. For a single sample it counts something else.",
)
def length_is_not_the_batch(y, t):
    return float(0.5 * np.sum(errors(y, t) ** 2) / len(y))


@mistake(
    "squared_loss",
    es="Devuelves una pérdida por muestra; falta el último paso, el que deja un solo número.",
    en="You return one loss a sample; the last step is missing, the one that leaves a single number.",
)
def one_loss_for_each_sample(y, t):
    return 0.5 * np.sum(errors(y, t) ** 2, axis=-1)


@mistake(
    "squared_loss",
    es="Promedias por columnas y devuelves una pérdida por salida; se pide un solo número.",
    en="You average down the columns and return one loss for each output; a single number is asked for.",
)
def one_loss_for_each_output(y, t):
    return 0.5 * np.mean(np.atleast_2d(errors(y, t)) ** 2, axis=0)


@mistake(
    "squared_loss",
    es="Primero sumas los errores y después elevas al cuadrado: los de signo contrario se borran entre sí.",
    en="You first add up the errors and then square: those of opposite sign wipe each other out.",
)
def squares_the_sum(y, t):
    return float(np.mean(0.5 * np.sum(errors(y, t), axis=-1) ** 2))


@mistake(
    "squared_loss",
    es="Sacas la raíz: eso es la distancia entre salida y meta, y la pérdida usa su cuadrado.",
    en="You take the root: that is the distance between output and target, and the loss uses its square.",
)
def half_the_distance(y, t):
    return float(np.mean(0.5 * np.linalg.norm(errors(y, t), axis=-1)))


@mistake(
    "squared_loss",
    es="Redondeas la pérdida a cuatro decimales. Lo que devuelves debe llevar todas sus cifras.",
    en="You round the loss to four decimals. What you return must keep all its digits.",
)
def rounds_the_loss(y, t):
    return round(float(np.mean(0.5 * np.sum(errors(y, t) ** 2, axis=-1))), 4)


@mistake(
    "squared_loss",
    es="Con una sola muestra elevas al cuadrado en el mismo arreglo que recibes: quien te llamó lo encuentra cambiado.",
    en="For a single sample you square in the very array you are given: whoever called you finds it changed.",
)
def squares_a_single_sample_in_place(y, t):
    y, t = np.asarray(y), np.asarray(t)
    if y.ndim != 1 or y.dtype != t.dtype:
        return float(np.mean(0.5 * np.sum(errors(y, t) ** 2, axis=-1)))
    y -= t
    y *= y
    return float(0.5 * np.sum(y))


@mistake(
    "squared_loss",
    es="Calculas la entropía cruzada, −Σ t log y. Es otra pérdida: esta compara salida y meta con un cuadrado.",
    en="You compute the cross-entropy, −Σ t log y. That is another loss: this one compares output and target by a "
    "square.",
)
def cross_entropy(y, t):
    y = np.clip(np.asarray(y, dtype=float), 1e-12, None)
    return float(np.mean(-np.sum(np.asarray(t) * np.log(y), axis=-1)))


@mistake(
    "squared_loss",
    es="Promedias los errores del lote y después elevas al cuadrado: los de muestras distintas se borran entre sí.",
    en="You average the errors of the batch and then square: those of different samples wipe each other out.",
)
def averages_before_squaring(y, t):
    return float(0.5 * np.sum(np.mean(np.atleast_2d(errors(y, t)), axis=0) ** 2))


@mistake(
    "squared_loss",
    es="Comparas cada salida con todas las metas, no solo con la suya.",
    en="You compare each output with all targets, not only with its own.",
)
def every_output_with_every_target(y, t):
    y, t = np.atleast_2d(y), np.atleast_2d(t)
    return float(0.5 * np.sum((y[:, :, None] - t[:, None, :]) ** 2) / len(y))


@mistake(
    "squared_loss",
    es="Calculas la varianza de los errores: quitas antes su media, y una red que siempre se pasa por lo mismo parece "
    "perfecta.",
    en="You compute the variance of the errors: you take their mean away first, and a network that always says too "
    "much by the same looks perfect.",
)
def spread_of_the_errors(y, t):
    return float(0.5 * np.mean(np.sum((errors(y, t) - np.mean(errors(y, t))) ** 2, axis=-1)))


def layer_of(a, activation):
    """Return the activation of that name of the sums ``a``."""
    functions = {"linear": np.asarray, "sigmoid": sigmoid, "tanh": tanh, "relu": relu, "softmax": softmax}
    if activation not in functions:
        raise ValueError(f"unknown activation {activation!r}")
    return functions[activation](a)
