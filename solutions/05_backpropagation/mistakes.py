"""What students get wrong in stage 05, and what to tell them: each must lose points on its own question."""

import numpy as np
from reference import (
    backpropagate,
    bias_gradient,
    forward,
    hidden_delta,
    output_delta,
    sigmoid,
    squared_loss,
    update,
    weight_gradient,
)

from capas.course.solutions import mistake


@mistake(
    "output_delta",
    es="Devuelves el error sin más. Entre el error y lo que recibe la unidad está la sigmoide, y su pendiente "
    "también cuenta.",
    en="You return the bare error. Between the error and what the unit receives stands the sigmoid, and its "
    "slope counts too.",
)
def error_without_the_slope(y, t):
    return np.asarray(y, dtype=float) - np.asarray(t)


@mistake(
    "output_delta",
    es="El signo está al revés: con este δ, una salida demasiado alta parecería demasiado baja, y restar el "
    "gradiente alejaría la red de la meta.",
    en="The sign is reversed: with this δ an output that is too high would look too low, and subtracting the "
    "gradient would take the network away from the target.",
)
def target_minus_output(y, t):
    y = np.asarray(y, dtype=float)
    return (np.asarray(t) - y) * y * (1 - y)


@mistake(
    "output_delta",
    es="Vuelves a pasar y por la sigmoide. Esas salidas ya salieron de ella: la pendiente queda medida en otro punto.",
    en="You send y through the sigmoid again. Those outputs already came out of it: the slope is measured at "
    "another point.",
)
def sigmoid_of_the_output_again(y, t):
    slope_point = sigmoid(y)
    return (np.asarray(y) - np.asarray(t)) * slope_point * (1 - slope_point)


@mistake(
    "output_delta",
    es="Mides la pendiente en la meta, no en la salida. La unidad está donde está su respuesta, no donde debería.",
    en="You measure the slope at the target, not at the output. The unit stands where its answer is, not where "
    "it should be.",
)
def slope_at_the_target(y, t):
    t = np.asarray(t, dtype=float)
    return (np.asarray(y) - t) * t * (1 - t)


@mistake(
    "output_delta",
    es="Usas el error al cuadrado, que es la pérdida. El δ dice cómo cambia la pérdida, no cuánto vale, y tiene signo.",
    en="You use the squared error, which is the loss. δ says how the loss changes, not how large it is, and it "
    "has a sign.",
)
def squared_error(y, t):
    y = np.asarray(y, dtype=float)
    return (y - np.asarray(t)) ** 2 * y * (1 - y)


@mistake(
    "output_delta",
    es="Sale el doble: derivas una pérdida sin el ½. Con el ½ de esta pérdida, el 2 de la derivada se va.",
    en="It comes out double: you differentiate a loss that lacks the ½. With the ½ of this loss, the 2 of the "
    "derivative goes away.",
)
def derivative_of_a_loss_without_its_half(y, t):
    y = np.asarray(y, dtype=float)
    return 2 * (y - np.asarray(t)) * y * (1 - y)


@mistake(
    "output_delta",
    es="Usas la pendiente de la tangente hiperbólica. Las unidades de esta red son sigmoides.",
    en="You use the slope of the hyperbolic tangent. The units of this network are sigmoids.",
)
def slope_of_tanh(y, t):
    y = np.asarray(y, dtype=float)
    return (y - np.asarray(t)) * (1 - y**2)


@mistake(
    "output_delta",
    es="Divides ya entre el número de muestras. Aquí se pide un δ por muestra; la media del lote llega más "
    "tarde, y así se haría dos veces.",
    en="You already divide by the number of samples. Here one δ a sample is asked for; the mean over the batch "
    "comes later, and like this it would be taken twice.",
)
def divides_by_the_batch_too_soon(y, t):
    y = np.asarray(y, dtype=float)
    return (y - np.asarray(t)) * y * (1 - y) / len(np.atleast_2d(y))


@mistake(
    "output_delta",
    es="Sumas los δ de todas las unidades. Cada unidad de salida tiene el suyo: cada una se equivoca a su manera.",
    en="You add up the δ of all units. Each output unit has its own, because each is wrong in its own way.",
)
def adds_the_units_up(y, t):
    y = np.asarray(y, dtype=float)
    return np.sum((y - np.asarray(t)) * y * (1 - y), axis=-1)


@mistake(
    "output_delta",
    es="Haces la cuenta sobre el mismo arreglo que te dieron: al terminar, las salidas de la red ya no son sus "
    "salidas, y aún hacen falta.",
    en="You work on the very array you were given: afterwards the outputs of the network are no longer its "
    "outputs, and they are still needed.",
)
def overwrites_the_outputs(y, t):
    if not isinstance(y, np.ndarray) or y.dtype.kind != "f":
        y = np.array(y, dtype=float)
    slope = y * (1 - y)
    y -= np.asarray(t)
    y *= slope
    return y


@mistake(
    "output_delta",
    es="Redondeas los δ a cuatro decimales. Lo que devuelves debe llevar todas sus cifras.",
    en="You round the δ to four decimals. What you return must keep all its digits.",
)
def rounds_the_deltas(y, t):
    y, t = np.asarray(y, dtype=float), np.asarray(t, dtype=float)
    return np.round((y - t) * y * (1 - y), 4)


@mistake(
    "output_delta",
    es="Con una sola muestra calculas sobre el mismo arreglo que recibes: quien te llamó se queda sin las respuestas.",
    en="For a single sample you compute on the very array you are given: whoever called you loses the answers.",
)
def overwrites_a_single_sample(y, t):
    y, t = np.asarray(y), np.asarray(t)
    slope = y * (1 - y)
    if y.ndim != 1 or y.dtype.kind != "f":
        return (y - t) * slope
    y -= t
    y *= slope
    return y.copy()


@mistake(
    "output_delta",
    es="Vuelves con un logaritmo a lo que recibió la unidad para medir ahí la pendiente. Si la unidad responde justo 0 "
    "o 1, ese número es infinito.",
    en="You go back by a logarithm to what the unit received, to measure the slope there. When the unit answers "
    "exactly 0 or 1, that number is infinite.",
)
def back_through_the_logarithm(y, t):
    y = np.asarray(y, dtype=float)
    decay = np.exp(-np.log(y / (1 - y)))
    return (y - np.asarray(t)) * decay / (1 + decay) ** 2


@mistake(
    "output_delta",
    es="Nunca dejas que la pendiente llegue a 0. Una unidad saturada no se mueve por poco que se empuje, y su δ es 0.",
    en="You never let the slope reach 0. A saturated unit does not move when pushed a little, and its δ is 0.",
)
def slope_with_a_floor(y, t):
    y = np.asarray(y, dtype=float)
    return (y - np.asarray(t)) * np.maximum(y * (1 - y), 0.01)


@mistake(
    "hidden_delta",
    es="Multiplicas por los pesos sin darles la vuelta. Hacia atrás, cada unidad de esta capa reúne los δ de "
    "las unidades a las que ella envió su salida.",
    en="You multiply by the weights without turning them round. On the way back, each unit of this layer "
    "gathers the δ of the units to which it sent its output.",
)
def weights_not_transposed(delta_next, W_next, y):
    y = np.asarray(y, dtype=float)
    return np.asarray(delta_next) @ np.asarray(W_next) * y * (1 - y)


@mistake(
    "hidden_delta",
    es="Multiplicas elemento a elemento donde la fórmula suma sobre k. Cada unidad recibe de todas las de la capa "
    "siguiente, y eso se suma.",
    en="You multiply element by element where the formula sums over k. Each unit receives from all units of the "
    "next layer, and that is added up.",
)
def elementwise_product(delta_next, W_next, y):
    y = np.asarray(y, dtype=float)
    return (np.asarray(delta_next) * np.asarray(W_next)).T * y * (1 - y)


@mistake(
    "hidden_delta",
    es="Falta la pendiente de las unidades de esta capa: lo que llega desde adelante todavía tiene que "
    "atravesar su sigmoide.",
    en="The slope of this layer's own units is missing: what arrives from ahead still has to get through their "
    "sigmoid.",
)
def without_the_slope(delta_next, W_next, y):
    return np.asarray(delta_next, dtype=float) @ np.asarray(W_next).T


@mistake(
    "hidden_delta",
    es="Vuelves a pasar y por la sigmoide antes de medir la pendiente. Lo que recibes ya es la salida de la unidad.",
    en="You send y through the sigmoid again before measuring the slope. What you are given is the unit's "
    "output already.",
)
def sigmoid_applied_twice(delta_next, W_next, y):
    slope_point = sigmoid(y)
    return np.asarray(delta_next) @ np.asarray(W_next).T * slope_point * (1 - slope_point)


@mistake(
    "hidden_delta",
    es="Sumas los δ por un lado y los pesos por otro. Una suma de productos no es el producto de las sumas: cada "
    "δ_k viaja por su propio peso.",
    en="You add up the δ on one side and the weights on the other. A sum of products is not the product of the "
    "sums: each δ_k travels along its own weight.",
)
def product_of_sums(delta_next, W_next, y):
    y = np.asarray(y, dtype=float)
    return np.sum(delta_next, axis=-1, keepdims=True) * np.sum(W_next, axis=1) * y * (1 - y)


@mistake(
    "hidden_delta",
    es="Promedias sobre k en vez de sumar: quien influye en más unidades de la capa siguiente cuenta más, no igual.",
    en="You average over k instead of adding up: acting on more units of the next layer counts for more, not the same.",
)
def mean_over_the_next_layer(delta_next, W_next, y):
    y = np.asarray(y, dtype=float)
    return np.asarray(delta_next) @ np.asarray(W_next).T / np.shape(W_next)[1] * y * (1 - y)


@mistake(
    "hidden_delta",
    es="Tomas el valor absoluto de los pesos. Un peso negativo da la vuelta al signo de lo que vuelve por él.",
    en="You take the absolute value of the weights. A negative weight turns round the sign of what comes back "
    "along it.",
)
def weights_without_their_sign(delta_next, W_next, y):
    y = np.asarray(y, dtype=float)
    return np.asarray(delta_next) @ np.abs(W_next).T * y * (1 - y)


@mistake(
    "hidden_delta",
    es="La pendiente está incompleta: y_j (1 − y_j) tiene dos factores y falta uno.",
    en="The slope is incomplete: y_j (1 − y_j) has two factors, and one is missing.",
)
def half_of_the_slope(delta_next, W_next, y):
    return np.asarray(delta_next) @ np.asarray(W_next).T * (1 - np.asarray(y, dtype=float))


@mistake(
    "hidden_delta",
    es="Sumas las muestras del lote y queda un solo δ para todas. Aquí cada muestra conserva el suyo.",
    en="You add up the samples of the batch, and one δ is left for all. Here each sample keeps its own.",
)
def mixes_the_samples(delta_next, W_next, y):
    y = np.asarray(y, dtype=float)
    deltas = np.asarray(delta_next) @ np.asarray(W_next).T * y * (1 - y)
    return deltas if y.ndim == 1 else deltas.sum(axis=0)


@mistake(
    "hidden_delta",
    es="Multiplicas sobre el mismo arreglo y que te dieron: las salidas de la capa se pierden, y la capa de atrás "
    "las necesita.",
    en="You multiply on the very array y that you were given: the outputs of the layer are lost, and what comes "
    "after needs them.",
)
def overwrites_the_layer(delta_next, W_next, y):
    if not isinstance(y, np.ndarray) or y.dtype.kind != "f":
        y = np.array(y, dtype=float)
    y *= 1 - y
    y *= np.asarray(delta_next) @ np.asarray(W_next).T
    return y


@mistake(
    "hidden_delta",
    es="Redondeas los δ a cuatro decimales. Lo que devuelves debe llevar todas sus cifras.",
    en="You round the δ to four decimals. What you return must keep all its digits.",
)
def rounds_the_hidden_deltas(delta_next, W_next, y):
    y = np.asarray(y, dtype=float)
    return np.round((np.asarray(delta_next) @ np.asarray(W_next).T) * y * (1 - y), 4)


@mistake(
    "hidden_delta",
    es="Recortas los pesos muy grandes en el mismo arreglo que recibes: después de llamarte, los pesos ya no son los "
    "mismos.",
    en="You clip very large weights in the very array you are given: after the call the weights are not the same any "
    "more.",
)
def clips_the_callers_weights(delta_next, W_next, y):
    W_next, y = np.asarray(W_next), np.asarray(y, dtype=float)
    deltas = (np.asarray(delta_next) @ W_next.T) * y * (1 - y)
    np.clip(W_next, -100, 100, out=W_next)
    return deltas


@mistake(
    "hidden_delta",
    es="Das la vuelta a los pesos solo cuando las formas te obligan. Si esta capa y la siguiente son igual de anchas, "
    "las dos orientaciones encajan y solo una es la correcta.",
    en="You turn the weights round only when the shapes force you to. When this layer and the next are just as wide "
    "both ways fit, and only one is right.",
)
def turned_round_only_if_it_must(delta_next, W_next, y):
    delta_next, W_next, y = np.asarray(delta_next), np.asarray(W_next), np.asarray(y, dtype=float)
    weights = W_next if W_next.shape[0] == W_next.shape[1] else W_next.T
    return delta_next @ weights * y * (1 - y)


@mistake(
    "hidden_delta",
    es="Quitas los ejes de tamaño 1. Una sola fila sigue siendo un lote, y una capa de una unidad sigue siendo una "
    "capa.",
    en="You take away the axes of size 1. A single row is still a batch, and a layer of one unit still a layer.",
)
def squeezes_the_deltas(delta_next, W_next, y):
    y = np.asarray(y, dtype=float)
    return np.squeeze(np.asarray(delta_next) @ np.asarray(W_next).T * y * (1 - y))


@mistake(
    "weight_gradient",
    es="La matriz sale con filas y columnas intercambiadas. La entrada ij lleva la derivada del "
    "peso que va de i a j, igual que en W.",
    en="The matrix comes out with rows and columns exchanged. Entry ij holds the derivative of the weight that goes "
    "from i to j, as in W.",
)
def transposed_gradient(x, delta):
    x, delta = np.atleast_2d(x), np.atleast_2d(delta)
    return delta.T @ x / len(x)


@mistake(
    "weight_gradient",
    es="Sumas las muestras del lote sin hacer la media: el paso crecería con el tamaño del lote.",
    en="You add up the samples of the batch without taking the mean: the step would grow with the size of the batch.",
)
def sum_without_the_mean(x, delta):
    return np.atleast_2d(x).T @ np.atleast_2d(delta)


@mistake(
    "weight_gradient",
    es="Divides entre algo que no es el número de muestras: la cantidad de números que hay en delta. Las unidades no "
    "se promedian.",
    en="You divide by something that is not the number of samples: how many numbers there are in delta. Units are "
    "not averaged.",
)
def divides_by_all_entries(x, delta):
    return np.atleast_2d(x).T @ np.atleast_2d(delta) / np.size(delta)


@mistake(
    "weight_gradient",
    es="Con una sola muestra, .T no cambia nada: un arreglo (n,) no tiene filas ni columnas que intercambiar.",
    en="With a single sample .T changes nothing: an array (n,) has no rows and columns to exchange.",
)
def transposes_a_flat_sample(x, delta):
    x = np.asarray(x)
    return x.T @ np.asarray(delta) / (len(x) if x.ndim == 2 else 1)


@mistake(
    "weight_gradient",
    es="Con una sola muestra divides entre su número de entradas. Una muestra (n,) es una muestra, no n.",
    en="With a single sample you divide by its number of inputs. A sample (n,) is one sample, not n.",
)
def counts_inputs_as_samples(x, delta):
    return np.atleast_2d(x).T @ np.atleast_2d(delta) / len(x)


@mistake(
    "weight_gradient",
    es="Multiplicas elemento a elemento. Cada peso une una entrada con una unidad: hace falta cada pareja, no solo "
    "las que están en el mismo lugar.",
    en="You multiply element by element. Each weight joins an input with a unit: every pair is needed, not only those "
    "in the same place.",
)
def elementwise_with_the_inputs(x, delta):
    products = np.asarray(x) * np.asarray(delta)
    return products if products.ndim == 1 else products.mean(axis=0)


@mistake(
    "weight_gradient",
    es="Promedias primero las entradas y los δ, y después los multiplicas. La media de los productos no es el "
    "producto de las medias.",
    en="You first average the inputs and the δ, and then multiply. The mean of the products is not the product of "
    "the means.",
)
def product_of_the_means(x, delta):
    return np.outer(np.atleast_2d(x).mean(axis=0), np.atleast_2d(delta).mean(axis=0))


@mistake(
    "weight_gradient",
    es="Aplanas el lote y multiplicas todo con todo: mezclas entradas de una muestra con el δ de otra.",
    en="You flatten the batch and multiply all with all: that mixes inputs of one sample with the δ of another.",
)
def outer_product_of_the_batch(x, delta):
    return np.outer(x, delta) / len(np.atleast_2d(x))


@mistake(
    "weight_gradient",
    es="Solo cuentas la primera muestra del lote; las demás también tienen algo que decir.",
    en="You count only the first sample of the batch; the others have something to say too.",
)
def first_sample_alone(x, delta):
    return np.outer(np.atleast_2d(x)[0], np.atleast_2d(delta)[0])


@mistake(
    "weight_gradient",
    es="Dejas una matriz por muestra. Los pesos son los mismos para todo el lote, y su gradiente también es uno solo.",
    en="You leave one matrix a sample. The weights are the same for the whole batch, so there is a single gradient.",
)
def one_matrix_per_sample(x, delta):
    return np.asarray(x)[..., :, None] * np.asarray(delta)[..., None, :]


@mistake(
    "weight_gradient",
    es="Multiplicas además por la pendiente x (1 − x). El δ ya lleva dentro la pendiente que le toca.",
    en="You also multiply by the slope x (1 − x). δ already contains the slope that belongs to it.",
)
def slope_of_the_inputs_too(x, delta):
    x = np.atleast_2d(x)
    return (x * (1 - x)).T @ np.atleast_2d(delta) / len(x)


@mistake(
    "weight_gradient",
    es="Divides delta en el mismo arreglo que te dieron. Quien llamó a tu función aún lo necesita entero: para los "
    "sesgos y para la capa de atrás.",
    en="You divide delta in the very array you were given. Whoever called your function still needs it whole: for "
    "the biases and for the layer behind.",
)
def divides_the_callers_delta(x, delta):
    if not isinstance(delta, np.ndarray) or delta.dtype.kind != "f":
        delta = np.array(delta, dtype=float)
    x = np.atleast_2d(x)
    delta /= len(x)
    return x.T @ np.atleast_2d(delta)


@mistake(
    "weight_gradient",
    es="Redondeas el gradiente a tres decimales. Lo que devuelves debe llevar todas sus cifras.",
    en="You round the gradient to three decimals. What you return must keep all its digits.",
)
def rounds_the_gradient(x, delta):
    x, delta = np.atleast_2d(x), np.atleast_2d(delta)
    return np.round(x.T @ delta / len(x), 3)


@mistake(
    "weight_gradient",
    es="Guardas el gradiente en un arreglo del tipo de la entrada. Si son enteros, los decimales se pierden.",
    en="You store the gradient in an array of the input's type. When the input is integers, the decimals are lost.",
)
def whole_numbers_like_the_inputs(x, delta):
    x, delta = np.atleast_2d(x), np.atleast_2d(delta)
    return (x.T @ delta / len(x)).astype(x.dtype)


@mistake(
    "weight_gradient",
    es="El gradiente sale ya con el signo del descenso. Aquí se pide hacia dónde crece la pérdida; lo de restar viene "
    "después.",
    en="The gradient comes out with the sign of the descent already. Here it is asked where the loss grows; "
    "subtracting comes later.",
)
def already_with_the_minus_sign(x, delta):
    x = np.atleast_2d(x)
    return -x.T @ np.atleast_2d(delta) / len(x)


@mistake(
    "bias_gradient",
    es="Devuelves el δ de cada muestra por separado. El sesgo es el mismo para todo el lote, y su gradiente reúne las "
    "muestras.",
    en="You return the δ of each sample separately. The bias is the same for the whole batch, and its gradient "
    "brings the samples together.",
)
def one_row_per_sample(delta):
    return np.array(delta, dtype=float)


@mistake(
    "bias_gradient",
    es="Sumas las muestras sin hacer la media: los sesgos avanzarían más que los pesos cuanto mayor fuera el lote.",
    en="You add the samples up without taking the mean: the larger the batch, the further the biases would go "
    "compared with the weights.",
)
def sum_over_the_batch(delta):
    return np.atleast_2d(delta).sum(axis=0)


@mistake(
    "bias_gradient",
    es="Sale un solo número para toda la capa. Cada unidad tiene su propio sesgo, y cada sesgo su derivada.",
    en="One number comes out for the whole layer. Each unit has a bias of its own, and each bias its derivative.",
)
def one_number_for_the_layer(delta):
    return np.mean(delta)


@mistake(
    "bias_gradient",
    es="Promedias las unidades de cada muestra. Lo que se reúne son las muestras; cada unidad conserva su valor.",
    en="You average the units of each sample. It is the samples that come together; each unit keeps its own value.",
)
def mean_over_the_units(delta):
    return np.atleast_2d(delta).mean(axis=1)


@mistake(
    "bias_gradient",
    es="Con un lote va bien; con una sola muestra (n,) el primer eje son las unidades, y las promedias.",
    en="A batch works; with a single sample (n,) the first axis is the units, and you average those.",
)
def averages_a_single_sample(delta):
    return np.mean(delta, axis=0)


@mistake(
    "bias_gradient",
    es="El resultado conserva el eje de las muestras y sale con forma (1, n). El gradiente tiene la forma de b.",
    en="The result keeps the axis of the samples and has shape (1, n). The gradient is shaped like b.",
)
def keeps_the_samples_axis(delta):
    return np.atleast_2d(delta).mean(axis=0, keepdims=True)


@mistake(
    "bias_gradient",
    es="Solo miras la primera muestra del lote.",
    en="You look at the first sample of the batch only.",
)
def first_row_only(delta):
    return np.atleast_2d(delta)[0]


@mistake(
    "bias_gradient",
    es="Divides sobre el mismo arreglo que te dieron, y delta deja de valer lo que valía.",
    en="You divide on the very array you were given, and delta is no longer what it was.",
)
def divides_in_place(delta):
    if not isinstance(delta, np.ndarray) or delta.dtype.kind != "f":
        delta = np.array(delta, dtype=float)
    if delta.ndim == 1:
        return delta
    delta /= len(delta)
    return delta.sum(axis=0)


@mistake(
    "bias_gradient",
    es="Redondeas el gradiente a cuatro decimales. Lo que devuelves debe llevar todas sus cifras.",
    en="You round the gradient to four decimals. What you return must keep all its digits.",
)
def rounds_the_means(delta):
    return np.round(np.atleast_2d(delta).mean(axis=0), 4)


@mistake(
    "bias_gradient",
    es="Derivas x W + b respecto de b, que es 1, y ahí te quedas: falta lo que viene después de esa suma.",
    en="You differentiate x W + b with respect to b, which is 1, and stop there: what comes after that sum is missing.",
)
def ones_for_every_unit(delta):
    return np.ones(np.shape(delta)[-1])


@mistake(
    "bias_gradient",
    es="Quitas los ejes de tamaño 1. El gradiente de una capa de una sola unidad tiene forma (1,): no es un "
    "número suelto.",
    en="You take away the axes of size 1. A layer of a single unit has a gradient of shape (1,), not a bare number.",
)
def squeezes_the_gradient(delta):
    return np.squeeze(np.atleast_2d(delta).mean(axis=0))


@mistake(
    "backpropagate",
    es="Los gradientes salen en el orden en que los calculas, de la última capa a la primera. Se piden en el orden de "
    "la red.",
    en="The gradients come out in the order in which you compute them, from the last layer to the first. They are "
    "asked for in the order of the network.",
)
def from_last_to_first(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.append((weight_gradient(outputs[layer], delta), bias_gradient(delta)))
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="En cada vuelta del bucle guardas los gradientes encima de los anteriores, y al final solo queda una capa.",
    en="On each turn of the loop you store the gradients over those before, and in the end only one layer is left.",
)
def keeps_only_one_layer(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients = [(weight_gradient(outputs[layer], delta), bias_gradient(delta))]
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="Cambias los pesos de una capa antes de que el δ pase por ellos. El gradiente es de la red que hizo la "
    "predicción, no de otra.",
    en="You change the weights of a layer before δ goes back through them. The gradient belongs to the network that "
    "made the prediction, not to another.",
)
def weights_moved_before_delta_passes(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        dW = weight_gradient(outputs[layer], delta)
        gradients.insert(0, (dW, bias_gradient(delta)))
        delta = hidden_delta(delta, np.asarray(network[layer][0]) - dW, outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="Emparejas el δ de cada capa con la salida de esa misma capa. ¿Qué número entró por cada uno de sus pesos?",
    en="You pair the δ of each layer with the output of that same layer. What number came in along each weight?",
)
def pairs_with_the_wrong_outputs(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.insert(0, (weight_gradient(outputs[layer + 1], delta), bias_gradient(delta)))
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="El δ retrocede por los pesos de la capa equivocada. Debe volver por los mismos por los que salió la señal.",
    en="δ goes back through the weights of the wrong layer. It must return along those by which the signal left.",
)
def goes_back_through_the_wrong_weights(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.insert(0, (weight_gradient(outputs[layer], delta), bias_gradient(delta)))
        if layer > 0:
            delta = hidden_delta(delta, network[layer - 1][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="Empiezas con el error de la salida tal cual. Antes de retroceder hay que atravesar la sigmoide de la última "
    "capa.",
    en="You start with the bare error of the output. Before going back, the last layer's sigmoid has to be crossed.",
)
def starts_from_the_bare_error(x, t, network):
    outputs = forward(x, network)
    delta = outputs[-1] - np.asarray(t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.insert(0, (weight_gradient(outputs[layer], delta), bias_gradient(delta)))
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="En las capas escondidas falta la pendiente de la sigmoide: el δ pasa por los pesos y sigue como si la unidad "
    "fuera lineal.",
    en="In the hidden layers the slope of the sigmoid is missing: δ goes through the weights and on, as if the unit "
    "were linear.",
)
def hidden_layers_as_if_linear(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.insert(0, (weight_gradient(outputs[layer], delta), bias_gradient(delta)))
        delta = delta @ np.asarray(network[layer][0]).T
    return gradients


@mistake(
    "backpropagate",
    es="Pasas las salidas otra vez por la sigmoide al calcular su pendiente: la mides en un punto en el que la red no "
    "estuvo.",
    en="You send the outputs through the sigmoid again to find its slope: you measure it at a point where the network "
    "never was.",
)
def slopes_at_other_points(x, t, network):
    outputs = forward(x, network)
    arriving = outputs[-1] - np.asarray(t)
    gradients = []
    for layer in reversed(range(len(network))):
        slope_points = sigmoid(outputs[layer + 1])
        delta = arriving * slope_points * (1 - slope_points)
        gradients.insert(0, (weight_gradient(outputs[layer], delta), bias_gradient(delta)))
        arriving = delta @ np.asarray(network[layer][0]).T
    return gradients


@mistake(
    "backpropagate",
    es="Con varias muestras sumas sus gradientes sin hacer la media, y la pérdida sí es una media.",
    en="With several samples you add their gradients up without taking the mean, and the loss is a mean.",
)
def sums_the_samples(x, t, network):
    samples = len(np.atleast_2d(x))
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.insert(0, (samples * weight_gradient(outputs[layer], delta), samples * bias_gradient(delta)))
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="Las matrices dW salen traspuestas: cada una debe tener la forma de su W para poder restarse de ella.",
    en="The matrices dW come out transposed: each needs the shape of its W to be subtracted from it.",
)
def transposed_matrices(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.insert(0, (weight_gradient(outputs[layer], delta).T, bias_gradient(delta)))
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="Solo devuelves los gradientes de los pesos. Los sesgos también son parámetros, y también aprenden.",
    en="You return the gradients of the weights only. Biases are parameters too, and they learn too.",
)
def leaves_the_biases_out(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.insert(0, weight_gradient(outputs[layer], delta))
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="Devuelves dos listas, la de los pesos y la de los sesgos. Se pide una sola, con una pareja por capa.",
    en="You return two lists, one of weights and one of biases. A single one is asked for, with one pair a layer.",
)
def two_separate_lists(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    weights, biases = [], []
    for layer in reversed(range(len(network))):
        weights.insert(0, weight_gradient(outputs[layer], delta))
        biases.insert(0, bias_gradient(delta))
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return weights, biases


@mistake(
    "backpropagate",
    es="El gradiente tiene el signo cambiado: señala hacia donde la pérdida baja. El signo menos llega después, en la "
    "actualización.",
    en="The gradient has its sign reversed: it points to where the loss goes down. The minus sign comes later, in the "
    "update.",
)
def direction_of_descent(x, t, network):
    outputs = forward(x, network)
    delta = -output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.insert(0, (weight_gradient(outputs[layer], delta), bias_gradient(delta)))
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="De todo el lote solo usas la primera muestra: el gradiente no sabe nada de las otras.",
    en="Of the whole batch you use only the first sample: the gradient knows nothing of the others.",
)
def gradient_of_the_first_sample(x, t, network):
    outputs = forward(np.atleast_2d(x)[0], network)
    delta = output_delta(outputs[-1], np.atleast_2d(t)[0])
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.insert(0, (weight_gradient(outputs[layer], delta), bias_gradient(delta)))
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="En la pasada hacia adelante olvidas los sesgos, y el gradiente es el de otra red.",
    en="On the way forward you forget the biases, and the gradient is that of another network.",
)
def forward_without_biases(x, t, network):
    outputs = forward(x, [(W, np.zeros(np.shape(b))) for W, b in network])
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.insert(0, (weight_gradient(outputs[layer], delta), bias_gradient(delta)))
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="Escribes tu propia sigmoide, y con números grandes su exponencial se desborda.",
    en="You write a sigmoid of your own, and for large numbers its exponential overflows.",
)
def sigmoid_that_overflows(x, t, network):
    outputs = [np.asarray(x, dtype=float)]
    for W, b in network:
        outputs.append(1 / (1 + np.exp(-(outputs[-1] @ np.asarray(W) + np.asarray(b)))))
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.insert(0, (weight_gradient(outputs[layer], delta), bias_gradient(delta)))
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="Además de calcular el gradiente, das ya el paso sobre la red que te prestaron. Aquí solo se pregunta por la "
    "pendiente.",
    en="Besides computing the gradient you already take the step, on the network that was lent to you. Here only the "
    "slope is asked for.",
)
def steps_on_the_callers_network(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradients.insert(0, (weight_gradient(outputs[layer], delta), bias_gradient(delta)))
        delta = hidden_delta(delta, network[layer][0], outputs[layer])
    network[:] = update(network, gradients, 0.1)
    return gradients


@mistake(
    "backpropagate",
    es="Recortas los gradientes entre −1 y 1. Eso es otra técnica: aquí se pide la derivada tal como es.",
    en="You clip the gradients between −1 and 1. That is another technique: here the derivative is asked for as it is.",
)
def clips_the_gradients(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradient = (weight_gradient(outputs[layer], delta), bias_gradient(delta))
        gradients.insert(0, tuple(np.clip(each, -1, 1) for each in gradient))
        if layer > 0:
            delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="Redondeas los gradientes a cuatro decimales. Lo que devuelves debe llevar todas sus cifras.",
    en="You round the gradients to four decimals. What you return must keep all its digits.",
)
def rounds_the_gradients(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        gradient = (weight_gradient(outputs[layer], delta), bias_gradient(delta))
        gradients.insert(0, tuple(np.round(each, 4) for each in gradient))
        if layer > 0:
            delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients


@mistake(
    "backpropagate",
    es="Hacia atrás mandas el error de la salida, y por los pesos vuelve el δ: lo que ya atravesó la sigmoide de la "
    "última capa.",
    en="You send the error of the output back, and it is δ that returns along the weights: what has been through the "
    "last layer's sigmoid already.",
)
def sends_back_the_error(x, t, network):
    outputs = forward(x, network)
    arriving = outputs[-1] - np.asarray(t)
    gradients = []
    for layer in reversed(range(len(network))):
        delta = arriving * outputs[layer + 1] * (1 - outputs[layer + 1])
        gradients.insert(0, (weight_gradient(outputs[layer], delta), bias_gradient(delta)))
        arriving = arriving @ np.asarray(network[layer][0]).T
    return gradients


@mistake(
    "backpropagate",
    es="Tu función está escrita para una capa escondida. En una red más profunda, las primeras capas se quedan sin "
    "gradiente.",
    en="Your function is written for one hidden layer. In a deeper network the first layers are left without a "
    "gradient.",
)
def one_hidden_layer_at_most(x, t, network):
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = [(np.zeros(np.shape(W)), np.zeros(np.shape(b))) for W, b in network]
    gradients[-1] = (weight_gradient(outputs[-2], delta), bias_gradient(delta))
    if len(network) > 1:
        delta = hidden_delta(delta, network[-1][0], outputs[-2])
        gradients[-2] = (weight_gradient(outputs[-3], delta), bias_gradient(delta))
    return gradients


@mistake(
    "update",
    es="Sumas el gradiente. El gradiente señala hacia donde la pérdida crece: así se sube en vez de bajar.",
    en="You add the gradient. The gradient points to where the loss grows: this climbs instead of descending.",
)
def ascends(network, gradients, learning_rate):
    return [
        (np.asarray(W) + learning_rate * np.asarray(dW), np.asarray(b) + learning_rate * np.asarray(db))
        for (W, b), (dW, db) in zip(network, gradients, strict=True)
    ]


@mistake(
    "update",
    es="No usas la tasa de aprendizaje: restas el gradiente tal cual, y no se puede dar un paso más corto o más largo.",
    en="You do not use the learning rate: you subtract the whole gradient, and there is no way to take a shorter or a "
    "longer step.",
)
def ignores_the_learning_rate(network, gradients, learning_rate):
    return [
        (np.asarray(W) - np.asarray(dW), np.asarray(b) - np.asarray(db))
        for (W, b), (dW, db) in zip(network, gradients, strict=True)
    ]


@mistake(
    "update",
    es="La tasa de aprendizaje entra dos veces: el paso se multiplica por su cuadrado.",
    en="The learning rate comes in twice: the step is multiplied by its square.",
)
def squares_the_learning_rate(network, gradients, learning_rate):
    return [
        (np.asarray(W) - learning_rate**2 * np.asarray(dW), np.asarray(b) - learning_rate**2 * np.asarray(db))
        for (W, b), (dW, db) in zip(network, gradients, strict=True)
    ]


@mistake(
    "update",
    es="Divides entre la tasa de aprendizaje: cuanto más pequeña la eliges, más largo sale el paso.",
    en="You divide by the learning rate: the smaller you choose it, the longer the step becomes.",
)
def divides_by_the_learning_rate(network, gradients, learning_rate):
    return [
        (np.asarray(W) - np.asarray(dW) / learning_rate, np.asarray(b) - np.asarray(db) / learning_rate)
        for (W, b), (dW, db) in zip(network, gradients, strict=True)
    ]


@mistake(
    "update",
    es="Los sesgos salen como entraron. También son parámetros y también tienen su gradiente.",
    en="The biases come out as they went in. They are parameters too, and they have a gradient too.",
)
def biases_stay(network, gradients, learning_rate):
    return [
        (np.asarray(W) - learning_rate * np.asarray(dW), np.asarray(b))
        for (W, b), (dW, _) in zip(network, gradients, strict=True)
    ]


@mistake(
    "update",
    es="Solo cambia la última capa. Todas las capas tienen su gradiente, y todas dan el paso.",
    en="Only the last layer changes. Every layer has its gradient, and every layer takes the step.",
)
def only_the_last_layer(network, gradients, learning_rate):
    (W, b), (dW, db) = network[-1], gradients[-1]
    return [
        *network[:-1],
        (np.asarray(W) - learning_rate * np.asarray(dW), np.asarray(b) - learning_rate * np.asarray(db)),
    ]


@mistake(
    "update",
    es="Devuelves el paso, no la red después del paso.",
    en="You return the step, not the network after the step.",
)
def returns_the_step(network, gradients, learning_rate):
    return [(-learning_rate * np.asarray(dW), -learning_rate * np.asarray(db)) for dW, db in gradients]


@mistake(
    "update",
    es="Multiplicas cada parámetro por 1 − η dW, como si el paso fuera un porcentaje. El paso no depende de cuánto "
    "valía el parámetro.",
    en="You multiply each parameter by 1 − η dW, as if the step were a percentage. The step does not depend on how "
    "large the parameter was.",
)
def scales_the_parameters(network, gradients, learning_rate):
    return [
        (np.asarray(W) * (1 - learning_rate * np.asarray(dW)), np.asarray(b) * (1 - learning_rate * np.asarray(db)))
        for (W, b), (dW, db) in zip(network, gradients, strict=True)
    ]


@mistake(
    "update",
    es="Copias la lista, pero los arreglos de dentro siguen siendo los del que llamó, y los cambias en su sitio.",
    en="You copy the list, but the arrays inside are still the caller's, and you change them where they are.",
)
def copies_only_the_list(network, gradients, learning_rate):
    updated = list(network)
    for layer, (dW, db) in enumerate(gradients):
        W, b = (
            each if isinstance(each, np.ndarray) and each.dtype.kind == "f" else np.array(each, dtype=float)
            for each in updated[layer]
        )
        W -= learning_rate * np.asarray(dW)
        b -= learning_rate * np.asarray(db)
        updated[layer] = (W, b)
    return updated


@mistake(
    "update",
    es="Guardas el resultado en arreglos del mismo tipo que los recibidos: si eran enteros, pierdes los decimales.",
    en="You store the result in arrays of the type of those received: if they were integers, the decimals get lost.",
)
def keeps_whole_numbers(network, gradients, learning_rate):
    updated = []
    for (W, b), (dW, db) in zip(network, gradients, strict=True):
        W_new, b_new = np.empty_like(W), np.empty_like(b)
        W_new[...] = np.asarray(W) - learning_rate * np.asarray(dW)
        b_new[...] = np.asarray(b) - learning_rate * np.asarray(db)
        updated.append((W_new, b_new))
    return updated


@mistake(
    "update",
    es="Recortas el paso entre −1 y 1. Eso es otra técnica: aquí se resta el gradiente entero.",
    en="You clip the step between −1 and 1. That is another technique: here the whole gradient is subtracted.",
)
def clips_the_step(network, gradients, learning_rate):
    return [
        tuple(
            np.asarray(each) - np.clip(learning_rate * np.asarray(slope), -1, 1)
            for each, slope in zip(layer, gradient, strict=True)
        )
        for layer, gradient in zip(network, gradients, strict=True)
    ]


@mistake(
    "update",
    es="Redondeas los parámetros a cuatro decimales: los pasos pequeños se pierden, y la red deja de aprender.",
    en="You round the parameters to four decimals: small steps get lost, and the network stops learning.",
)
def rounds_the_parameters(network, gradients, learning_rate):
    return [
        tuple(
            np.round(np.asarray(each) - learning_rate * np.asarray(slope), 4)
            for each, slope in zip(layer, gradient, strict=True)
        )
        for layer, gradient in zip(network, gradients, strict=True)
    ]


@mistake(
    "update",
    es="Guardas el resultado en arreglos del tipo de los gradientes: si eran enteros, pierdes los decimales de la red.",
    en="You store the result in arrays of the gradients' type: if they were integers, the network's decimals get lost.",
)
def whole_numbers_like_the_gradients(network, gradients, learning_rate):
    return [
        tuple(
            (np.asarray(each) - learning_rate * np.asarray(slope)).astype(np.asarray(slope).dtype)
            for each, slope in zip(layer, gradient, strict=True)
        )
        for layer, gradient in zip(network, gradients, strict=True)
    ]


@mistake(
    "update",
    es="Cuando la tasa de aprendizaje es 0 usas otra. Un 0 también es una respuesta: no dar ningún paso.",
    en="When the learning rate is 0 you use another one. A 0 is an answer too: take no step at all.",
)
def zero_means_the_usual_rate(network, gradients, learning_rate):
    rate = learning_rate or 0.1
    return [
        (np.asarray(W) - rate * np.asarray(dW), np.asarray(b) - rate * np.asarray(db))
        for (W, b), (dW, db) in zip(network, gradients, strict=True)
    ]


@mistake(
    "update",
    es="Restas la tasa al parámetro y multiplicas después por el gradiente. Mira qué va primero en W − η dW.",
    en="You subtract the rate from the parameter and multiply by the gradient afterwards. Look at what comes first in "
    "W − η dW.",
)
def subtracts_before_multiplying(network, gradients, learning_rate):
    return [
        ((np.asarray(W) - learning_rate) * np.asarray(dW), (np.asarray(b) - learning_rate) * np.asarray(db))
        for (W, b), (dW, db) in zip(network, gradients, strict=True)
    ]


@mistake(
    "train",
    es="Mides la pérdida después de dar el paso: la primera que anotas no es la de la red con la que empezaste.",
    en="You measure the loss after taking the step: the first one is not that of the network you started with.",
)
def loss_after_the_step(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        network = update(network, backpropagate(x, t, network), learning_rate)
        losses.append(squared_loss(forward(x, network)[-1], t))
    return network, losses


@mistake(
    "train",
    es="Anotas una pérdida de más, la de la red ya entrenada. Se pide una por época.",
    en="You note one loss too many, that of the trained network. One an epoch is asked for.",
)
def one_loss_too_many(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        network = update(network, backpropagate(x, t, network), learning_rate)
    return network, [*losses, squared_loss(forward(x, network)[-1], t)]


@mistake(
    "train",
    es="Solo guardas la última pérdida. Se pide la lista entera: con ella se ve si la red aprende.",
    en="You keep only the last loss. The whole list is asked for: it shows whether the network learns.",
)
def only_the_last_loss(x, t, network, learning_rate, epochs):
    loss = squared_loss(forward(x, network)[-1], t)
    for _ in range(epochs):
        loss = squared_loss(forward(x, network)[-1], t)
        network = update(network, backpropagate(x, t, network), learning_rate)
    return network, loss


@mistake(
    "train",
    es="Calculas el gradiente una sola vez, antes de empezar. Tras cada paso la red es otra, y su gradiente también.",
    en="You compute the gradient only once, before you begin. After each step the network is another, and so is its "
    "gradient.",
)
def one_gradient_for_all_epochs(x, t, network, learning_rate, epochs):
    gradients, losses = backpropagate(x, t, network), []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        network = update(network, gradients, learning_rate)
    return network, losses


@mistake(
    "train",
    es="La red nueva se pierde: cada época vuelve a empezar con la primera, y la pérdida no se mueve.",
    en="The new network gets lost: each epoch begins again with the first one, and the loss does not move.",
)
def forgets_every_step(x, t, network, learning_rate, epochs):
    losses, trained = [], network
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        trained = update(network, backpropagate(x, t, network), learning_rate)
    return trained, losses


@mistake(
    "train",
    es="Entrenas con la primera muestra del lote y olvidas las demás.",
    en="You train on the first sample of the batch and forget the others.",
)
def trains_on_the_first_sample(x, t, network, learning_rate, epochs):
    first, target = np.atleast_2d(x)[0], np.atleast_2d(t)[0]
    losses = []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        network = update(network, backpropagate(first, target, network), learning_rate)
    return network, losses


@mistake(
    "train",
    es="Das un paso por muestra. Con el lote completo hay un solo paso por época, con la media de todas.",
    en="You take one step a sample. With the whole batch there is a single step an epoch, with the mean of all.",
)
def one_step_per_sample(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        for sample, target in zip(np.atleast_2d(x), np.atleast_2d(t), strict=True):
            network = update(network, backpropagate(sample, target, network), learning_rate)
    return network, losses


@mistake(
    "train",
    es="Actualizas los pesos de cada capa antes de que el δ vuelva por ellos: las capas anteriores reciben el δ de una "
    "red que no hizo la predicción.",
    en="You update the weights of each layer before δ goes back through them: the layers before get the δ of a network "
    "that did not make the prediction.",
)
def updates_on_the_way_back(x, t, network, learning_rate, epochs):
    network, losses = list(network), []
    for _ in range(epochs):
        outputs = forward(x, network)
        losses.append(squared_loss(outputs[-1], t))
        delta = output_delta(outputs[-1], t)
        for layer in reversed(range(len(network))):
            gradient = (weight_gradient(outputs[layer], delta), bias_gradient(delta))
            network[layer] = update([network[layer]], [gradient], learning_rate)[0]
            delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return network, losses


@mistake(
    "train",
    es="Entrenas sobre la red que te prestaron: al terminar, quien llamó a tu función ya no tiene la red con la que "
    "empezó.",
    en="You train on the network that was lent to you: afterwards whoever called your function no longer has the "
    "network they started with.",
)
def trains_the_callers_network(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        network[:] = update(network, backpropagate(x, t, network), learning_rate)
    return network, losses


@mistake(
    "train",
    es="El entrenamiento deja los sesgos como estaban: solo aprenden los pesos.",
    en="Training leaves the biases as they were: only the weights learn.",
)
def biases_never_learn(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        moved = update(network, backpropagate(x, t, network), learning_rate)
        network = [(W, b) for (W, _), (_, b) in zip(moved, network, strict=True)]
    return network, losses


@mistake(
    "train",
    es="Entrenas siempre con un paso fijo, sin hacer caso de la tasa de aprendizaje que te dan.",
    en="You always train with a fixed step, and take no notice of the learning rate you are given.",
)
def fixed_learning_rate(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        network = update(network, backpropagate(x, t, network), 0.1)
    return network, losses


@mistake(
    "train",
    es="Cada paso va en la dirección contraria: la pérdida sube época tras época.",
    en="Each step goes the opposite way: the loss rises epoch after epoch.",
)
def climbs_instead(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        network = update(network, backpropagate(x, t, network), -learning_rate)
    return network, losses


@mistake(
    "train",
    es="Falta una época: el bucle da una vuelta menos de las que se piden.",
    en="One epoch is missing: the loop turns once less than asked for.",
)
def one_epoch_short(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(1, epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        network = update(network, backpropagate(x, t, network), learning_rate)
    return network, losses


@mistake(
    "train",
    es="Devuelves primero las pérdidas y después la red; se pide al revés.",
    en="You return the losses first and then the network; it is asked for the other way round.",
)
def losses_first(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        network = update(network, backpropagate(x, t, network), learning_rate)
    return losses, network


@mistake(
    "train",
    es="Dejas de entrenar cuando la pérdida ya es pequeña. Se piden todas las épocas, y una pérdida por cada una.",
    en="You stop training when the loss is small already. All epochs are asked for, and a loss for each.",
)
def stops_when_the_loss_is_small(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        if losses[-1] < 1e-4:
            break
        network = update(network, backpropagate(x, t, network), learning_rate)
    return network, losses


@mistake(
    "train",
    es="Dejas de entrenar cuando la pérdida sube. Se piden todas las épocas, y una pérdida por cada una.",
    en="You stop training when the loss rises. All epochs are asked for, and a loss for each.",
)
def stops_when_the_loss_rises(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        loss = squared_loss(forward(x, network)[-1], t)
        if losses and loss > losses[-1]:
            break
        losses.append(loss)
        network = update(network, backpropagate(x, t, network), learning_rate)
    return network, losses


@mistake(
    "train",
    es="Entrenas a lo sumo diez épocas. Se piden las que dice `epochs`, y una pérdida por cada una.",
    en="You train for ten epochs at most. As many as `epochs` says are asked for, and a loss for each.",
)
def ten_epochs_at_most(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(min(epochs, 10)):
        losses.append(squared_loss(forward(x, network)[-1], t))
        network = update(network, backpropagate(x, t, network), learning_rate)
    return network, losses


@mistake(
    "train",
    es="Recortas los gradientes entre −1 y 1 antes de cada paso. Eso es otra técnica: aquí se restan enteros.",
    en="You clip the gradients between −1 and 1 before each step. That is another technique: here they are subtracted "
    "whole.",
)
def clips_the_gradients_of_each_step(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        gradients = [(np.clip(dW, -1, 1), np.clip(db, -1, 1)) for dW, db in backpropagate(x, t, network)]
        network = update(network, gradients, learning_rate)
    return network, losses


@mistake(
    "train",
    es="Redondeas las pérdidas a cuatro decimales, como se leen en el enunciado. Deben llevar todas sus cifras.",
    en="You round the losses to four decimals, as the assignment shows them. They must keep all their digits.",
)
def rounds_the_losses(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(round(squared_loss(forward(x, network)[-1], t), 4))
        network = update(network, backpropagate(x, t, network), learning_rate)
    return network, losses


@mistake(
    "train",
    es="Siempre entrenas al menos una época: preguntas si ya basta cuando el paso está dado. También se puede pedir "
    "ninguna.",
    en="You always train for at least one epoch: you ask whether it is enough when the step is taken. None may be "
    "asked for as well.",
)
def at_least_one_epoch(x, t, network, learning_rate, epochs):
    losses = []
    while True:
        losses.append(squared_loss(forward(x, network)[-1], t))
        network = update(network, backpropagate(x, t, network), learning_rate)
        if len(losses) >= epochs:
            return network, losses


@mistake(
    "train",
    es="Cuando la pérdida sube, acortas los pasos. La tasa de aprendizaje que te dan vale para todas las épocas.",
    en="When the loss rises you shorten the steps. The learning rate you are given holds for all epochs.",
)
def halves_the_rate_when_the_loss_rises(x, t, network, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        if len(losses) > 1 and losses[-1] > losses[-2]:
            learning_rate = learning_rate / 2
        network = update(network, backpropagate(x, t, network), learning_rate)
    return network, losses


@mistake(
    "train",
    es="Devuelves la mejor red que encontraste por el camino. Se pide la que queda al final, aunque sea peor.",
    en="You return the best network you found on the way. The one that is left at the end is asked for, even if it is "
    "worse.",
)
def keeps_the_best_network(x, t, network, learning_rate, epochs):
    losses, best = [], network
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        network = update(network, backpropagate(x, t, network), learning_rate)
        if squared_loss(forward(x, network)[-1], t) <= squared_loss(forward(x, best)[-1], t):
            best = network
    return best, losses


@mistake(
    "train",
    es="Empujas cada paso con los anteriores (momento). Eso es otra técnica: aquí cada paso mira solo su gradiente.",
    en="You push each step with those before (momentum). That is another technique: here each step looks only at its "
    "own gradient.",
)
def with_momentum(x, t, network, learning_rate, epochs):
    losses, push = [], [(0.0, 0.0) for _ in network]
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        gradients = backpropagate(x, t, network)
        push = [(0.9 * pW + dW, 0.9 * pb + db) for (pW, pb), (dW, db) in zip(push, gradients, strict=True)]
        network = update(network, push, learning_rate)
    return network, losses
