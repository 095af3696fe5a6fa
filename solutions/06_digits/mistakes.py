"""What students get wrong in stage 06, and what to tell them: each must lose points on its own question."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from reference import (
    backpropagate,
    batches,
    forward,
    initialize,
    one_hot,
    scale,
    sigmoid,
    squared_loss,
    train,
    update,
)

from capas.course.solutions import mistake


@mistake(
    "scale",
    es="Divides entre 255, que es lo más que vale un punto en una foto. En estas imágenes lo más es otra cosa.",
    en="You divide by 255, which is the most that a dot of a photograph is. In these pictures the most is another "
    "number.",
)
def as_if_it_were_a_photograph(pictures):
    return np.asarray(pictures) / 255


@mistake(
    "scale",
    es="Divides entre el número más grande que te dan. Las mismas imágenes, con otras al lado, saldrían distintas.",
    en="You divide by the largest number you are given. The same pictures would come out different beside others.",
)
def by_the_largest_of_all(pictures):
    pictures = np.asarray(pictures)
    return pictures / max(np.max(pictures), 1)


@mistake(
    "scale",
    es="Divides cada imagen entre su propio máximo: una imagen con poca tinta acaba tan negra como las demás.",
    en="You divide each picture by its own largest number: a picture with little ink gets as black as the others.",
)
def each_picture_by_its_own_largest(pictures):
    pictures = np.asarray(pictures)
    return pictures / np.maximum(pictures.max(axis=-1, keepdims=True), 1)


@mistake(
    "scale",
    es="Restas la media y divides entre la desviación. Es otra manera de preparar datos: aquí el blanco debe seguir "
    "siendo 0, y lo que toca a un número no depende de los otros.",
    en="You subtract the mean and divide by the deviation. That is another way to prepare data: here white is to "
    "stay 0, and what becomes of a number does not depend on the others.",
)
def standardizes(pictures):
    pictures = np.asarray(pictures, dtype=float)
    return (pictures - pictures.mean()) / (pictures.std() + 1e-9)


@mistake(
    "scale",
    es="Con // se pierden los decimales: entre blanco y negro no queda ningún gris.",
    en="With // the decimals get lost: between white and black no grey is left.",
)
def whole_division(pictures):
    return np.asarray(pictures) // 16


@mistake(
    "scale",
    es="Pasas cada punto a blanco o negro. Los grises también dicen algo.",
    en="You turn each dot into white or black. The greys say something, too.",
)
def black_or_white(pictures):
    return np.where(np.asarray(pictures) > 8, 1.0, 0.0)


@mistake(
    "scale",
    es="Cuentas 16 valores posibles y divides entre el último, 15. ¿Cuánto vale lo más negro?",
    en="You count 16 possible values and divide by the last, 15. How much is the blackest?",
)
def as_if_fifteen_were_the_most(pictures):
    return np.asarray(pictures) / 15


@mistake(
    "scale",
    es="Das la vuelta a la tinta: lo blanco sale 1 y lo negro 0.",
    en="You turn the ink round: white comes out as 1 and black as 0.",
)
def as_a_negative(pictures):
    return 1 - np.asarray(pictures) / 16


@mistake(
    "scale",
    es="Divides en el mismo arreglo que recibes: después de llamarte, las imágenes de quien te llamó ya no son las "
    "mismas.",
    en="You divide in the very array you are given: after the call, the pictures of whoever called you are no longer "
    "the same.",
)
def scales_the_callers_pictures(pictures):
    if not isinstance(pictures, np.ndarray) or pictures.dtype.kind != "f":
        pictures = np.array(pictures, dtype=float)
    pictures /= 16
    return pictures


@mistake(
    "one_hot",
    es="El 1 está una columna a la izquierda de la suya, y el 0 cae en la última. Las columnas se cuentan desde 0.",
    en="The 1 is one column to the left of its own, and 0 falls into the last. Columns are counted from 0.",
)
def columns_counted_from_one(digits, classes=10):
    return np.eye(classes)[np.asarray(digits) - 1]


@mistake(
    "one_hot",
    es="Hay tantas columnas como pide el dígito más grande que te dan. Las clases que no salen también tienen la suya.",
    en="There are as many columns as the largest digit that you are given needs. Classes that do not come have "
    "one, too.",
)
def as_many_columns_as_the_largest_needs(digits, classes=10):
    digits = np.asarray(digits)
    return np.eye(digits.max() + 1)[digits]


@mistake(
    "one_hot",
    es="Numeras las clases según las que salen: si falta una, las siguientes se corren de columna.",
    en="You number the classes by those that come: where one is missing, the next ones move to another column.",
)
def columns_of_those_that_come(digits, classes=10):
    _, places = np.unique(digits, return_inverse=True)
    targets = np.zeros((len(places), classes))
    targets[np.arange(len(places)), places] = 1
    return targets


@mistake(
    "one_hot",
    es="Las filas son las clases y las columnas las muestras. En este curso cada muestra es una fila.",
    en="The rows are the classes and the columns the samples. In this course each sample is a row.",
)
def a_column_for_each_sample(digits, classes=10):
    return np.eye(classes)[:, np.asarray(digits)]


@mistake(
    "one_hot",
    es="Pones el dígito en su columna. Una meta dice cuál es la clase, no cuánto vale: un 9 no es más que un 1.",
    en="You put the digit into its column. A target says which class it is, not how large: a 9 is no more than a 1.",
)
def the_digit_in_its_column(digits, classes=10):
    digits = np.asarray(digits)
    return np.eye(classes)[digits] * digits[:, None]


@mistake(
    "one_hot",
    es="Siempre haces diez columnas, sin hacer caso de `classes`.",
    en="You always make ten columns, and take no notice of `classes`.",
)
def always_ten_columns(digits, classes=10):
    return np.eye(10)[np.asarray(digits)]


@mistake(
    "one_hot",
    es="Pones −1 donde no es la clase. Una sigmoide no puede llegar a −1: ahí va un 0.",
    en="You put −1 where it is not the class. A sigmoid cannot get to −1: a 0 belongs there.",
)
def minus_one_elsewhere(digits, classes=10):
    return 2 * np.eye(classes)[np.asarray(digits)] - 1


@mistake(
    "one_hot",
    es="Llenas columnas enteras: todas las filas llevan los unos de todas las muestras. Cada fila tiene un solo 1.",
    en="You fill whole columns: all rows have the ones of all samples. Each row has a single 1.",
)
def fills_whole_columns(digits, classes=10):
    targets = np.zeros((len(digits), classes))
    targets[:, digits] = 1
    return targets


@mistake(
    "one_hot",
    es="Juntas todos los dígitos en una sola fila. Hace falta una fila por muestra.",
    en="You put all digits into a single row. There is a row for each sample.",
)
def one_row_for_all(digits, classes=10):
    targets = np.zeros(classes)
    targets[np.asarray(digits)] = 1
    return targets


@mistake(
    "split",
    es="Barajas las imágenes por un lado y los dígitos por otro: ya nadie sabe qué muestra cada imagen.",
    en="You shuffle the pictures on one side and the digits on the other: nobody knows any more what a picture shows.",
)
def shuffles_pictures_and_digits_apart(pictures, digits, count, seed):
    generator = np.random.default_rng(seed)
    pictures, digits = generator.permutation(np.asarray(pictures)), generator.permutation(np.asarray(digits))
    return pictures[count:], digits[count:], pictures[:count], digits[:count]


@mistake(
    "split",
    es="Barajas las imágenes y dejas los dígitos en su orden: la fila i de unas ya no es la de los otros.",
    en="You shuffle the pictures and leave the digits in their order: row i of the ones is no longer that of the "
    "others.",
)
def shuffles_the_pictures_only(pictures, digits, count, seed):
    order = np.random.default_rng(seed).permutation(len(digits))
    pictures, digits = np.asarray(pictures)[order], np.asarray(digits)
    return pictures[count:], digits[count:], pictures[:count], digits[:count]


@mistake(
    "split",
    es="El entrenamiento se queda con todo, también con lo de validación: la red se examinaría con lo que ya vio.",
    en="Training keeps everything, the validation part too: the network would be examined on what it has seen.",
)
def trains_on_validation_too(pictures, digits, count, seed):
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    chosen = np.random.default_rng(seed).permutation(len(digits))[:count]
    return pictures, digits, pictures[chosen], digits[chosen]


@mistake(
    "split",
    es="Sorteas cada lado por separado, y hay imágenes que salen en los dos.",
    en="You draw each side by itself, and some pictures come out on both.",
)
def draws_each_side_by_itself(pictures, digits, count, seed):
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    generator, total = np.random.default_rng(seed), len(digits)
    training = generator.choice(total, total - count, replace=False)
    validation = generator.choice(total, count, replace=False)
    return pictures[training], digits[training], pictures[validation], digits[validation]


@mistake(
    "split",
    es="Sorteas con repetición: hay imágenes de validación que salen dos veces, y otras que no salen en ningún lado.",
    en="You draw with repetition: some pictures of validation come twice, and others come on neither side.",
)
def draws_the_same_picture_twice(pictures, digits, count, seed):
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    validation = np.random.default_rng(seed).integers(0, len(digits), count)
    training = np.delete(np.arange(len(digits)), validation)
    return pictures[training], digits[training], pictures[validation], digits[validation]


@mistake(
    "split",
    es="Cortas sin barajar. Si el archivo está ordenado, por ejemplo por quién escribió, los dos lados no se parecen.",
    en="You cut without shuffling. If the file is in some order, such as by who wrote, the two sides are not alike.",
)
def cuts_without_shuffling(pictures, digits, count, seed):
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    return pictures[count:], digits[count:], pictures[:count], digits[:count]


@mistake(
    "split",
    es="No haces caso de la semilla: con cualquiera sale el mismo reparto.",
    en="You take no notice of the seed: with any of them the split is the same.",
)
def the_same_split_for_every_seed(pictures, digits, count, seed):
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    order = np.random.default_rng(0).permutation(len(digits))
    return pictures[order[count:]], digits[order[count:]], pictures[order[:count]], digits[order[:count]]


@mistake(
    "split",
    es="Devuelves los cuatro arreglos en otro orden: primero las imágenes de los dos lados y después los dígitos. "
    "Míralo en el enunciado.",
    en="You return the four arrays in another order: first the pictures of both sides, then the digits. Look it up in "
    "the assignment.",
)
def pictures_first_then_digits(pictures, digits, count, seed):
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    order = np.random.default_rng(seed).permutation(len(digits))
    validation, training = order[:count], order[count:]
    return pictures[training], pictures[validation], digits[training], digits[validation]


@mistake(
    "split",
    es="Los lados están cambiados: `count` imágenes quedan para entrenar y las demás para validar.",
    en="The sides are exchanged: `count` pictures are left for training, and the others for validation.",
)
def exchanges_the_sides(pictures, digits, count, seed):
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    order = np.random.default_rng(seed).permutation(len(digits))
    return pictures[order[:count]], digits[order[:count]], pictures[order[count:]], digits[order[count:]]


@mistake(
    "split",
    es="Cuentas desde el final con un índice negativo. Si `count` es 0, −0 es el principio, y los lados se cambian.",
    en="You count from the end with a negative index. Where `count` is 0, −0 is the beginning, and the sides "
    "change over.",
)
def counts_from_the_end(pictures, digits, count, seed):
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    order = np.random.default_rng(seed).permutation(len(digits))
    return pictures[order[:-count]], digits[order[:-count]], pictures[order[-count:]], digits[order[-count:]]


@mistake(
    "split",
    es="Entre los dos lados se pierde una imagen: el segundo empieza uno más allá de donde acaba el primero.",
    en="Between the two sides one picture gets lost: the second begins one further than where the first ends.",
)
def loses_the_picture_between(pictures, digits, count, seed):
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    order = np.random.default_rng(seed).permutation(len(digits))
    return pictures[order[count + 1 :]], digits[order[count + 1 :]], pictures[order[:count]], digits[order[:count]]


@mistake(
    "split",
    es="Barajas los arreglos que te prestaron: quien te llamó se encuentra sus datos en otro orden.",
    en="You shuffle the arrays that were lent to you: whoever called you finds their data in another order.",
)
def shuffles_the_callers_arrays(pictures, digits, count, seed):
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    order = np.random.default_rng(seed).permutation(len(digits))
    pictures[:], digits[:] = pictures[order], digits[order]
    return pictures[count:].copy(), digits[count:].copy(), pictures[:count].copy(), digits[:count].copy()


@mistake(
    "initialize",
    es="Todos los pesos empiezan en cero. Entonces todas las unidades de una capa calculan lo mismo, reciben el mismo "
    "gradiente y siguen iguales para siempre.",
    en="All weights begin at zero. Then all units of a layer compute the same, get the same gradient, and stay alike "
    "for ever.",
)
def all_zero(layer_sizes, seed):
    return [(np.zeros((n_in, n_out)), np.zeros(n_out)) for n_in, n_out in pairwise(layer_sizes)]


@mistake(
    "initialize",
    es="Todos los pesos de una capa empiezan con el mismo número. Que no sea cero no basta: unidades iguales siguen "
    "iguales.",
    en="All weights of a layer begin with the same number. That it is not zero is not enough: units alike stay alike.",
)
def all_the_same_number(layer_sizes, seed):
    network = []
    for n_in, n_out in pairwise(layer_sizes):
        bound = np.sqrt(6 / (n_in + n_out))
        weight = np.random.default_rng(seed).uniform(-bound, bound)
        network.append((np.full((n_in, n_out), weight), np.zeros(n_out)))
    return network


@mistake(
    "initialize",
    es="Sorteas los pesos de una unidad y se los das a todas las de la capa: siguen iguales para siempre.",
    en="You draw the weights of one unit and give them to all of the layer: they stay alike for ever.",
)
def one_unit_copied(layer_sizes, seed):
    generator, network = np.random.default_rng(seed), []
    for n_in, n_out in pairwise(layer_sizes):
        bound = np.sqrt(6 / (n_in + n_out))
        unit = generator.uniform(-bound, bound, size=(n_in, 1))
        network.append((np.repeat(unit, n_out, axis=1), np.zeros(n_out)))
    return network


@mistake(
    "initialize",
    es="Empiezas de nuevo con la semilla en cada capa: las capas de la misma forma salen con los mismos pesos.",
    en="You begin with the seed again in each layer: layers of one shape come out with the same weights.",
)
def the_seed_again_in_each_layer(layer_sizes, seed):
    network = []
    for n_in, n_out in pairwise(layer_sizes):
        generator, bound = np.random.default_rng(seed), np.sqrt(6 / (n_in + n_out))
        network.append((generator.uniform(-bound, bound, size=(n_in, n_out)), np.zeros(n_out)))
    return network


@mistake(
    "initialize",
    es="En r solo cuentas lo que entra a la capa. Mira qué más hay bajo la raíz.",
    en="In r you count only what goes into the layer. Look at what else is under the root.",
)
def counts_only_what_goes_in(layer_sizes, seed):
    generator, network = np.random.default_rng(seed), []
    for n_in, n_out in pairwise(layer_sizes):
        bound = np.sqrt(6 / n_in)
        network.append((generator.uniform(-bound, bound, size=(n_in, n_out)), np.zeros(n_out)))
    return network


@mistake(
    "initialize",
    es="Sacas los pesos de una campana. Se piden repartidos por igual, y ninguno más allá de r.",
    en="You draw the weights from a bell curve. They are to lie evenly, and none beyond r.",
)
def from_a_bell_curve(layer_sizes, seed):
    generator, network = np.random.default_rng(seed), []
    for n_in, n_out in pairwise(layer_sizes):
        deviation = np.sqrt(2 / (n_in + n_out))
        network.append((generator.normal(0, deviation, size=(n_in, n_out)), np.zeros(n_out)))
    return network


@mistake(
    "initialize",
    es="Todos los pesos salen positivos: el intervalo empieza en 0. ¿Dónde empieza el que se pide?",
    en="All weights come out positive: the interval begins at 0. Where does the one asked for begin?",
)
def only_positive_weights(layer_sizes, seed):
    generator, network = np.random.default_rng(seed), []
    for n_in, n_out in pairwise(layer_sizes):
        bound = np.sqrt(6 / (n_in + n_out))
        network.append((generator.uniform(0, bound, size=(n_in, n_out)), np.zeros(n_out)))
    return network


@mistake(
    "initialize",
    es="Sorteas también los sesgos. Aquí empiezan en cero.",
    en="You draw the biases too. Here they begin at zero.",
)
def draws_the_biases_too(layer_sizes, seed):
    generator, network = np.random.default_rng(seed), []
    for n_in, n_out in pairwise(layer_sizes):
        bound = np.sqrt(6 / (n_in + n_out))
        W = generator.uniform(-bound, bound, size=(n_in, n_out))
        network.append((W, generator.uniform(-bound, bound, size=n_out)))
    return network


@mistake(
    "initialize",
    es="Las matrices salen con filas y columnas intercambiadas: en este curso la fila i son los pesos que salen de i.",
    en="The matrices come out with rows and columns exchanged: in this course row i has the weights that leave i.",
)
def a_row_for_each_unit(layer_sizes, seed):
    generator, network = np.random.default_rng(seed), []
    for n_in, n_out in pairwise(layer_sizes):
        bound = np.sqrt(6 / (n_in + n_out))
        network.append((generator.uniform(-bound, bound, size=(n_out, n_in)), np.zeros(n_out)))
    return network


@mistake(
    "initialize",
    es="Los sesgos salen con forma (1, n). La de b es (n,).",
    en="The biases come out with shape (1, n). That of b is (n,).",
)
def biases_as_a_row(layer_sizes, seed):
    generator, network = np.random.default_rng(seed), []
    for n_in, n_out in pairwise(layer_sizes):
        bound = np.sqrt(6 / (n_in + n_out))
        network.append((generator.uniform(-bound, bound, size=(n_in, n_out)), np.zeros((1, n_out))))
    return network


@mistake(
    "initialize",
    es="No haces caso de la semilla: con cualquiera sale la misma red.",
    en="You take no notice of the seed: with any of them the network is the same.",
)
def the_same_network_for_every_seed(layer_sizes, seed):
    generator, network = np.random.default_rng(42), []
    for n_in, n_out in pairwise(layer_sizes):
        bound = np.sqrt(6 / (n_in + n_out))
        network.append((generator.uniform(-bound, bound, size=(n_in, n_out)), np.zeros(n_out)))
    return network


@mistake(
    "initialize",
    es="Sacas los pesos entre −1 y 1 en todas las capas. Con muchas entradas, las sigmoides empiezan casi paradas; por "
    "eso r depende del tamaño de la capa.",
    en="You draw the weights between −1 and 1 in all layers. With many inputs the sigmoids begin all but stuck; that "
    "is why r depends on the size of the layer.",
)
def between_minus_one_and_one(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [(generator.uniform(-1, 1, size=sizes), np.zeros(sizes[1])) for sizes in pairwise(layer_sizes)]


@mistake(
    "initialize",
    es="A r le falta la raíz.",
    en="r lacks its root.",
)
def without_the_root(layer_sizes, seed):
    generator, network = np.random.default_rng(seed), []
    for n_in, n_out in pairwise(layer_sizes):
        bound = 6 / (n_in + n_out)
        network.append((generator.uniform(-bound, bound, size=(n_in, n_out)), np.zeros(n_out)))
    return network


@mistake(
    "batches",
    es="No barajas: cada época ve las muestras en el mismo orden, y los lotes son siempre los mismos.",
    en="You do not shuffle: each epoch sees the samples in the same order, and the batches are always the same.",
)
def in_order(count, size, seed):
    return [np.arange(start, min(start + size, count)) for start in range(0, count, size)]


@mistake(
    "batches",
    es="Dejas fuera el último lote si no está lleno: en cada época hay muestras que la red no ve.",
    en="You leave out the last batch when it is not full: in each epoch there are samples that the network does "
    "not see.",
)
def drops_the_incomplete_batch(count, size, seed):
    order = np.random.default_rng(seed).permutation(count)
    return [order[start : start + size] for start in range(0, count - size + 1, size)]


@mistake(
    "batches",
    es="Sorteas con repetición: unas muestras salen varias veces en la época y otras ninguna.",
    en="You draw with repetition: some samples come several times in the epoch, and others not at all.",
)
def draws_with_repetition(count, size, seed):
    order = np.random.default_rng(seed).integers(0, count, count)
    return [order[start : start + size] for start in range(0, count, size)]


@mistake(
    "batches",
    es="Sorteas cada lote entre todas las muestras, sin quitar las que ya salieron.",
    en="You draw each batch from all samples, without taking away those that have come already.",
)
def draws_each_batch_from_all(count, size, seed):
    generator = np.random.default_rng(seed)
    sizes = [min(size, count - start) for start in range(0, count, size)]
    return [generator.choice(count, number, replace=False) for number in sizes]


@mistake(
    "batches",
    es="Barajas los lotes, pero cada uno tiene muestras seguidas: las que están juntas en el archivo siempre van "
    "juntas.",
    en="You shuffle the batches, but each has samples in a row: those that lie together in the file always go "
    "together.",
)
def shuffles_only_whole_batches(count, size, seed):
    pieces = [np.arange(start, min(start + size, count)) for start in range(0, count, size)]
    # The incomplete one stays last.
    full = len(pieces) if count % size == 0 else len(pieces) - 1
    return [pieces[place] for place in np.random.default_rng(seed).permutation(full)] + pieces[full:]


@mistake(
    "batches",
    es="Barajas solo dentro de cada lote: siempre van juntas las mismas muestras.",
    en="You shuffle only inside each batch: the same samples always go together.",
)
def shuffles_inside_each_batch(count, size, seed):
    generator = np.random.default_rng(seed)
    return [generator.permutation(np.arange(start, min(start + size, count))) for start in range(0, count, size)]


@mistake(
    "batches",
    es="No haces caso de la semilla: todas las épocas tendrían los mismos lotes.",
    en="You take no notice of the seed: all epochs would have the same batches.",
)
def the_same_batches_for_every_seed(count, size, seed):
    order = np.random.default_rng(7).permutation(count)
    return [order[start : start + size] for start in range(0, count, size)]


@mistake(
    "batches",
    es="Repartes las muestras en lotes casi iguales. Se piden de `size`, y en el último lo que queda.",
    en="You share the samples out among batches that are nearly equal. They are to have `size`, and the last what "
    "is left.",
)
def nearly_equal_batches(count, size, seed):
    order = np.random.default_rng(seed).permutation(count)
    return np.array_split(order, max(count // size, 1))


@mistake(
    "batches",
    es="Haces `size` lotes. `size` dice cuántas muestras van en cada uno, no cuántos lotes hay.",
    en="You make `size` batches. `size` says how many samples are in each, not how many batches there are.",
)
def size_as_the_number_of_batches(count, size, seed):
    return np.array_split(np.random.default_rng(seed).permutation(count), size)


@mistake(
    "batches",
    es="Los números van de 1 a count. Las filas de un arreglo se cuentan desde 0.",
    en="The numbers go from 1 to count. The rows of an array are counted from 0.",
)
def samples_counted_from_one(count, size, seed):
    order = np.random.default_rng(seed).permutation(np.arange(1, count + 1))
    return [order[start : start + size] for start in range(0, count, size)]


@mistake(
    "batches",
    es="Al final sobra un lote vacío cuando las muestras caben justas. La media de ninguna muestra no es un número.",
    en="At the end there is an empty batch when the samples fit exactly. The mean of no samples is no number.",
)
def an_empty_batch_at_the_end(count, size, seed):
    order = np.random.default_rng(seed).permutation(count)
    return [order[start : start + size] for start in range(0, count + 1, size)]


@mistake(
    "train",
    es="Mides las pérdidas antes de los pasos de la época, y no al final: la primera es la de la red sin entrenar.",
    en="You measure the losses before the epoch's steps, not at its end: the first is that of the untrained network.",
)
def losses_before_the_epoch(training, validation, network, learning_rate, epochs):
    training_losses, validation_losses = [], []
    for epoch in epochs:
        training_losses.append(squared_loss(forward(training[0], network)[-1], training[1]))
        validation_losses.append(squared_loss(forward(validation[0], network)[-1], validation[1]))
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network = update(network, gradients, learning_rate)
    return network, training_losses, validation_losses


@mistake(
    "train",
    es="Mides las dos pérdidas con lo de entrenamiento. La curva de validación no diría nada de lo que la red no "
    "ha visto.",
    en="You measure both losses on the training pair. The validation curve would say nothing of what the network has "
    "not seen.",
)
def validation_measured_on_training(training, validation, network, learning_rate, epochs):
    losses = []
    for epoch in epochs:
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network = update(network, gradients, learning_rate)
        losses.append(squared_loss(forward(training[0], network)[-1], training[1]))
    return network, losses, list(losses)


@mistake(
    "train",
    es="La pérdida de entrenamiento es solo la del último lote. Se pide sobre toda la pareja.",
    en="The training loss is that of the last batch only. It is asked for over the whole pair.",
)
def loss_of_the_last_batch(training, validation, network, learning_rate, epochs):
    losses = []
    for epoch in epochs:
        for batch in epoch:
            x, t = training[0][batch], training[1][batch]
            network = update(network, backpropagate(x, t, network), learning_rate)
        pairs = ((x, t), validation)
        losses.append([squared_loss(forward(inputs, network)[-1], targets) for inputs, targets in pairs])
    return network, [both[0] for both in losses], [both[1] for both in losses]


@mistake(
    "train",
    es="Tu pérdida de entrenamiento es la media de las que ibas viendo lote a lote, cada una de una red distinta. Se "
    "pide la de la red al final de la época.",
    en="Your training loss is the mean of those seen batch by batch, each of another network. That of the network at "
    "the end of the epoch is asked for.",
)
def mean_of_the_losses_on_the_way(training, validation, network, learning_rate, epochs):
    training_losses, validation_losses = [], []
    for epoch in epochs:
        seen = []
        for batch in epoch:
            x, t = training[0][batch], training[1][batch]
            seen.append(squared_loss(forward(x, network)[-1], t))
            network = update(network, backpropagate(x, t, network), learning_rate)
        training_losses.append(float(np.mean(seen)))
        validation_losses.append(squared_loss(forward(validation[0], network)[-1], validation[1]))
    return network, training_losses, validation_losses


@mistake(
    "train",
    es="Anotas una pérdida por lote. Se pide una por época.",
    en="You note a loss for each batch. One an epoch is asked for.",
)
def a_loss_for_each_batch(training, validation, network, learning_rate, epochs):
    losses = [], []
    for batch in [batch for epoch in epochs for batch in epoch]:
        gradients = backpropagate(training[0][batch], training[1][batch], network)
        network = update(network, gradients, learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Devuelves las dos listas cambiadas: primero la de validación.",
    en="You return the two lists exchanged: validation first.",
)
def validation_losses_first(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network = update(network, gradients, learning_rate)
        for kept, (x, t) in zip(losses, (validation, training), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Das un solo paso por época, con todas las muestras. Con lotes pequeños hay un paso por cada lote.",
    en="You take a single step an epoch, with all samples. With mini-batches there is a step for each batch.",
)
def one_step_an_epoch(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        rows = np.concatenate(epoch)
        network = update(network, backpropagate(training[0][rows], training[1][rows], network), learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Calculas los gradientes de todos los lotes con la red del principio de la época. Después de cada paso la "
    "red es otra, y el lote siguiente se mira con esa.",
    en="You compute the gradients of all batches with the network of the epoch's beginning. After each step the "
    "network is another, and the next batch is looked at with that one.",
)
def gradients_of_the_epochs_first_network(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        of_batches = [backpropagate(training[0][batch], training[1][batch], network) for batch in epoch]
        for gradients in of_batches:
            network = update(network, gradients, learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Das un paso por cada muestra. Se da uno por lote, con la media de sus muestras.",
    en="You take a step for each sample. There is one a batch, with the mean of its samples.",
)
def one_step_a_sample(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        for sample in np.concatenate(epoch):
            x, t = training[0][[sample]], training[1][[sample]]
            network = update(network, backpropagate(x, t, network), learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Cambias una capa antes de que el δ vuelva por sus pesos: las capas anteriores aprenden de una red que no hizo "
    "la predicción.",
    en="You change a layer before δ goes back through its weights: the layers before learn from a network that did not "
    "make the prediction.",
)
def updates_during_the_backward_pass(training, validation, network, learning_rate, epochs):
    network, losses = list(network), ([], [])
    for epoch in epochs:
        for batch in epoch:
            outputs = forward(training[0][batch], network)
            delta = (outputs[-1] - training[1][batch]) * outputs[-1] * (1 - outputs[-1])
            for layer in reversed(range(len(network))):
                y = outputs[layer]
                gradient = (y.T @ delta / len(y), delta.mean(axis=0))
                network[layer] = update([network[layer]], [gradient], learning_rate)[0]
                delta = delta @ network[layer][0].T * y * (1 - y)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Los sesgos no aprenden: salen como entraron.",
    en="The biases do not learn: they come out as they went in.",
)
def biases_not_trained(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network = update(network, [(dW, np.zeros(db.shape)) for dW, db in gradients], learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Sumas los gradientes de las muestras en lugar de promediarlos: cuanto mayor es el lote, más largo es el paso.",
    en="You add up the gradients of the samples instead of taking their mean: the larger the batch, the longer the "
    "step.",
)
def sum_over_the_batch(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network = update(network, gradients, learning_rate * len(batch))
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Divides la tasa de aprendizaje entre el tamaño del lote, y el gradiente ya es una media: se divide dos veces.",
    en="You divide the learning rate by the size of the batch, and the gradient is a mean already: it is divided "
    "twice.",
)
def divided_by_the_batch_twice(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network = update(network, gradients, learning_rate / len(batch))
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Entrenas también con lo de validación: al final, la red ya ha visto aquello con lo que la mides.",
    en="You train on the validation pair, too: in the end the network has seen what you measure it with.",
)
def learns_from_validation_too(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network = update(network, gradients, learning_rate)
        network = update(network, backpropagate(validation[0], validation[1], network), learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Dejas de entrenar cuando la pérdida de validación sube. Se piden todas las épocas; dónde parar se ve "
    "después, en la curva.",
    en="You stop training when the validation loss rises. All epochs are asked for; where to stop is seen afterwards, "
    "on the curve.",
)
def stops_when_validation_rises(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network = update(network, gradients, learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
        if len(losses[1]) > 1 and losses[1][-1] > losses[1][-2]:
            break
    return network, *losses


@mistake(
    "train",
    es="Devuelves la red que mejor iba en validación. Se pide la que queda al final de todas las épocas.",
    en="You return the network that did best on validation. The one left at the end of all epochs is asked for.",
)
def keeps_the_best_on_validation(training, validation, network, learning_rate, epochs):
    losses, best = ([], []), network
    for epoch in epochs:
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network = update(network, gradients, learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
        if losses[1][-1] <= min(losses[1]):
            best = network
    return best, *losses


@mistake(
    "train",
    es="Tomas las primeras filas, tantas como hay en el lote. El lote dice cuáles son.",
    en="You take the first rows, as many as the batch has. The batch says which they are.",
)
def first_rows_instead_of_the_batch(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        for batch in epoch:
            gradients = backpropagate(training[0][: len(batch)], training[1][: len(batch)], network)
            network = update(network, gradients, learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Tomas las entradas del lote, pero no sus metas: cada imagen aprende la respuesta de otra.",
    en="You take the inputs of the batch, but not its targets: each picture learns the answer of another.",
)
def inputs_without_their_targets(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][: len(batch)], network)
            network = update(network, gradients, learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Te saltas los lotes más pequeños que el primero de su época. Lo que queda también se aprende.",
    en="You skip batches smaller than the first of their epoch. What is left is to be learnt, too.",
)
def skips_the_incomplete_batch(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        for batch in [batch for batch in epoch if len(batch) == len(epoch[0])]:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network = update(network, gradients, learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Usas los lotes de la primera época en todas. Cada época trae los suyos.",
    en="You use the batches of the first epoch in all. Each epoch brings its own.",
)
def batches_of_the_first_epoch(training, validation, network, learning_rate, epochs):
    losses = [], []
    for _ in epochs:
        for batch in epochs[0]:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network = update(network, gradients, learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Cada época vuelve a empezar con la red del principio, y lo aprendido en la anterior se pierde.",
    en="Each epoch begins again with the first network, and what was learnt in the one before gets lost.",
)
def begins_again_each_epoch(training, validation, network, learning_rate, epochs):
    losses, trained = ([], []), network
    for epoch in epochs:
        trained = network
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], trained)
            trained = update(trained, gradients, learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, trained)[-1], t))
    return trained, *losses


@mistake(
    "train",
    es="Acortas la tasa de aprendizaje en cada época. Es otra técnica: aquí vale lo mismo siempre.",
    en="You shorten the learning rate with each epoch. That is another technique: here it stays the same.",
)
def shortens_the_rate(training, validation, network, learning_rate, epochs):
    losses = [], []
    for number, epoch in enumerate(epochs, start=1):
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network = update(network, gradients, learning_rate / number)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Empujas cada paso con los anteriores (momento). Guárdalo para tu propia red: aquí cada paso mira solo su lote.",
    en="You push each step with those before (momentum). Keep it for your own network: here each step looks only "
    "at its own batch.",
)
def pushes_with_momentum(training, validation, network, learning_rate, epochs):
    losses, push = ([], []), [(0.0, 0.0) for _ in network]
    for epoch in epochs:
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            push = [(0.9 * pW + dW, 0.9 * pb + db) for (pW, pb), (dW, db) in zip(push, gradients, strict=True)]
            network = update(network, push, learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return network, *losses


@mistake(
    "train",
    es="Entrenas la red que te prestaron: al terminar, quien te llamó ya no tiene la red con la que empezó.",
    en="You train the network that was lent to you: afterwards whoever called you no longer has the one they began "
    "with.",
)
def trains_the_callers_network(training, validation, network, learning_rate, epochs):
    losses = [], []
    for epoch in epochs:
        for batch in epoch:
            gradients = backpropagate(training[0][batch], training[1][batch], network)
            network[:] = update(network, gradients, learning_rate)
        for kept, (x, t) in zip(losses, (training, validation), strict=True):
            kept.append(squared_loss(forward(x, network)[-1], t))
    return list(network), *losses


@mistake(
    "learning_curve",
    es="Las épocas empiezan en 0. La primera pérdida es la del final de la época 1.",
    en="The epochs begin at 0. The first loss is that of the end of epoch 1.",
)
def epochs_counted_from_zero(training_losses, validation_losses):
    best = int(np.argmin(validation_losses))
    plt.plot(training_losses, label="training")
    plt.plot(validation_losses, label="validation")
    plt.scatter([best], [validation_losses[best]])
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()


@mistake(
    "learning_curve",
    es="Las líneas van bien, pero el punto está una época antes: el lugar en la lista no es el número de la época.",
    en="The lines are right, but the point is one epoch early: the place in the list is not the epoch's number.",
)
def place_in_the_list_as_the_epoch(training_losses, validation_losses):
    epochs, best = np.arange(1, len(training_losses) + 1), int(np.argmin(validation_losses))
    plt.plot(epochs, training_losses, label="training")
    plt.plot(epochs, validation_losses, label="validation")
    plt.scatter([best], [validation_losses[best]])
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()


@mistake(
    "learning_curve",
    es="Marcas la menor pérdida de entrenamiento, que suele bajar hasta el final. El sobreajuste se ve en la otra "
    "curva.",
    en="You mark the least training loss, which mostly falls to the end. Overfitting shows on the other curve.",
)
def point_by_the_training_loss(training_losses, validation_losses):
    epochs, best = np.arange(1, len(training_losses) + 1), int(np.argmin(training_losses))
    plt.plot(epochs, training_losses, label="training")
    plt.plot(epochs, validation_losses, label="validation")
    plt.scatter([epochs[best]], [training_losses[best]])
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()


@mistake(
    "learning_curve",
    es="La época es la buena, pero el punto está a la altura de la curva de entrenamiento.",
    en="The epoch is right, but the point is at the height of the training curve.",
)
def point_on_the_training_curve(training_losses, validation_losses):
    epochs, best = np.arange(1, len(training_losses) + 1), int(np.argmin(validation_losses))
    plt.plot(epochs, training_losses, label="training")
    plt.plot(epochs, validation_losses, label="validation")
    plt.scatter([epochs[best]], [training_losses[best]])
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()


@mistake(
    "learning_curve",
    es="Cada línea lleva el nombre de la otra.",
    en="Each line bears the name of the other.",
)
def names_exchanged(training_losses, validation_losses):
    epochs, best = np.arange(1, len(training_losses) + 1), int(np.argmin(validation_losses))
    plt.plot(epochs, training_losses, label="validation")
    plt.plot(epochs, validation_losses, label="training")
    plt.scatter([epochs[best]], [validation_losses[best]])
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()


@mistake(
    "learning_curve",
    es="Te quedas con la primera vez que sube la pérdida de validación. Con lotes pequeños sube y baja un poco: mira "
    "toda la curva.",
    en="You settle for the first time that the validation loss rises. With mini-batches it goes up and down a little: "
    "look at the whole curve.",
)
def the_first_time_it_rises(training_losses, validation_losses):
    epochs, best = np.arange(1, len(training_losses) + 1), 0
    while best + 1 < len(validation_losses) and validation_losses[best + 1] < validation_losses[best]:
        best += 1
    plt.plot(epochs, training_losses, label="training")
    plt.plot(epochs, validation_losses, label="validation")
    plt.scatter([epochs[best]], [validation_losses[best]])
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()


@mistake(
    "learning_curve",
    es="Marcas la época siguiente, en la que ya es peor. Se pide la última buena.",
    en="You mark the epoch after it, in which it is worse already. The last good one is asked for.",
)
def the_epoch_after_the_best(training_losses, validation_losses):
    epochs = np.arange(1, len(training_losses) + 1)
    after = min(int(np.argmin(validation_losses)) + 1, len(training_losses) - 1)
    plt.plot(epochs, training_losses, label="training")
    plt.plot(epochs, validation_losses, label="validation")
    plt.scatter([epochs[after]], [validation_losses[after]])
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()


@mistake(
    "learning_curve",
    es="Marcas donde las dos curvas están más cerca. Que se separen es normal; lo que cuenta es cuándo empeora lo "
    "no visto.",
    en="You mark where both curves are nearest. That they part is normal; what counts is when the unseen gets worse.",
)
def where_the_curves_are_nearest(training_losses, validation_losses):
    epochs = np.arange(1, len(training_losses) + 1)
    best = int(np.argmin(np.abs(np.subtract(training_losses, validation_losses))))
    plt.plot(epochs, training_losses, label="training")
    plt.plot(epochs, validation_losses, label="validation")
    plt.scatter([epochs[best]], [validation_losses[best]])
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()


@mistake(
    "learning_curve",
    es="Das nombre a las líneas, pero el dibujo no los enseña: falta la leyenda.",
    en="You give names to the lines, but the plot does not show them: the legend is missing.",
)
def without_a_legend(training_losses, validation_losses):
    epochs, best = np.arange(1, len(training_losses) + 1), int(np.argmin(validation_losses))
    plt.plot(epochs, training_losses, label="training")
    plt.plot(epochs, validation_losses, label="validation")
    plt.scatter([epochs[best]], [validation_losses[best]])
    plt.xlabel("epoch")
    plt.ylabel("loss")


@mistake(
    "learning_curve",
    es="Las etiquetas de los ejes están cambiadas.",
    en="The labels of the axes are exchanged.",
)
def labels_exchanged(training_losses, validation_losses):
    epochs, best = np.arange(1, len(training_losses) + 1), int(np.argmin(validation_losses))
    plt.plot(epochs, training_losses, label="training")
    plt.plot(epochs, validation_losses, label="validation")
    plt.scatter([epochs[best]], [validation_losses[best]])
    plt.xlabel("loss")
    plt.ylabel("epoch")
    plt.legend()


@mistake(
    "learning_curve",
    es="Dibujas una pérdida contra la otra. Lo que va en horizontal son las épocas.",
    en="You draw one loss against the other. What goes across are the epochs.",
)
def one_loss_against_the_other(training_losses, validation_losses):
    best = int(np.argmin(validation_losses))
    plt.plot(training_losses, validation_losses, label="training, validation")
    plt.scatter([training_losses[best]], [validation_losses[best]])
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()


@mistake(
    "confusion_matrix",
    es="Las filas son lo que dijo la red, y las columnas lo que había: está traspuesta.",
    en="The rows are what the network said, and the columns what was there: it is transposed.",
)
def rows_are_the_guesses(digits, guesses, classes=10):
    counts = np.zeros((classes, classes), dtype=int)
    for digit, guess in zip(digits, guesses, strict=True):
        counts[guess, digit] += 1
    return counts


@mistake(
    "confusion_matrix",
    es="Sumas con todos los índices a la vez, y NumPy cuenta cada pareja una sola vez aunque venga repetida.",
    en="You add with all indices at once, and NumPy counts each pair only once even where it comes again.",
)
def each_pair_counted_once(digits, guesses, classes=10):
    counts = np.zeros((classes, classes), dtype=int)
    counts[np.asarray(digits), np.asarray(guesses)] += 1
    return counts


@mistake(
    "confusion_matrix",
    es="Devuelves partes de cada fila en lugar de cuántas veces.",
    en="You return shares of each row instead of how often.",
)
def shares_instead_of_counts(digits, guesses, classes=10):
    counts = np.zeros((classes, classes))
    np.add.at(counts, (np.asarray(digits), np.asarray(guesses)), 1)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


@mistake(
    "confusion_matrix",
    es="Solo apuntas los fallos. Los aciertos también se cuentan: están en la diagonal.",
    en="You note only what was wrong. What was right counts, too: it is on the diagonal.",
)
def only_what_was_wrong(digits, guesses, classes=10):
    counts = np.zeros((classes, classes), dtype=int)
    for digit, guess in zip(digits, guesses, strict=True):
        counts[digit, guess] += int(digit != guess)
    return counts


@mistake(
    "confusion_matrix",
    es="Solo apuntas los aciertos. Por qué otro dígito se toma cada uno es justo lo que se quiere ver.",
    en="You note only what was right. Which other digit each is taken for is just what one wants to see.",
)
def only_what_was_right(digits, guesses, classes=10):
    digits, guesses = np.asarray(digits), np.asarray(guesses)
    return np.diag(np.bincount(digits[digits == guesses], minlength=classes))


@mistake(
    "confusion_matrix",
    es="La tabla tiene el tamaño del dígito más grande que viene. Las clases que no salen también tienen fila y "
    "columna.",
    en="The table has the size of the largest digit that comes. Classes that do not come have a row and a column, too.",
)
def as_large_as_the_largest(digits, guesses, classes=10):
    size = max(*digits, *guesses) + 1
    counts = np.zeros((size, size), dtype=int)
    np.add.at(counts, (np.asarray(digits), np.asarray(guesses)), 1)
    return counts


@mistake(
    "confusion_matrix",
    es="La tabla siempre es de diez por diez, sin hacer caso de `classes`.",
    en="The table is always ten by ten; you take no notice of `classes`.",
)
def always_ten_by_ten(digits, guesses, classes=10):
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (np.asarray(digits), np.asarray(guesses)), 1)
    return counts


@mistake(
    "confusion_matrix",
    es="Cuentas cada fallo en los dos sentidos. Tomar un 4 por un 9 no es lo mismo que tomar un 9 por un 4.",
    en="You count each fault both ways. Taking a 4 for a 9 is not the same as taking a 9 for a 4.",
)
def both_ways(digits, guesses, classes=10):
    counts = np.zeros((classes, classes), dtype=int)
    for digit, guess in zip(digits, guesses, strict=True):
        counts[digit, guess] += 1
        if digit != guess:
            counts[guess, digit] += 1
    return counts


@mistake(
    "numerical_gradient",
    es="Mueves el peso hacia un solo lado. Así el error es mucho mayor; la fórmula pide los dos.",
    en="You move the weight to one side only. The error is much larger that way; the formula asks for both.",
)
def to_one_side_only(loss, W, h=1e-5):
    W = np.array(W, dtype=float)
    gradient, here = np.zeros(W.shape), loss(W)
    for place in np.ndindex(W.shape):
        moved = W.copy()
        moved[place] += h
        gradient[place] = (loss(moved) - here) / h
    return gradient


@mistake(
    "numerical_gradient",
    es="Divides entre lo que mueves el peso hacia un lado. ¿Qué distancia hay entre los dos puntos?",
    en="You divide by how far you move the weight to one side. How far apart are the two points?",
)
def divided_by_half_the_distance(loss, W, h=1e-5):
    W = np.array(W, dtype=float)
    gradient = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[place] = h
        gradient[place] = (loss(W + step) - loss(W - step)) / h
    return gradient


@mistake(
    "numerical_gradient",
    es="Te falta un paréntesis: / 2 * h divide entre dos y multiplica por h.",
    en="You lack brackets: / 2 * h divides by two and multiplies by h.",
)
def without_the_brackets(loss, W, h=1e-5):
    W = np.array(W, dtype=float)
    gradient = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[place] = h
        gradient[place] = (loss(W + step) - loss(W - step)) / 2 * h
    return gradient


@mistake(
    "numerical_gradient",
    es="Cambias el arreglo que te dieron y no lo dejas como estaba.",
    en="You change the array that you were given, and do not leave it as it was.",
)
def moves_the_callers_weights(loss, W, h=1e-5):
    if not isinstance(W, np.ndarray) or W.dtype.kind != "f":
        W = np.array(W, dtype=float)
    before, gradient = W.copy(), np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        W[...] = before
        W[place] += h
        above = loss(W)
        W[place] -= 2 * h
        gradient[place] = (above - loss(W)) / (2 * h)
    return gradient


@mistake(
    "numerical_gradient",
    es="No devuelves cada peso a su sitio antes de mover el siguiente: los de antes siguen movidos.",
    en="You do not put each weight back before you move the next: those before are still moved.",
)
def leaves_each_weight_moved(loss, W, h=1e-5):
    moved = np.array(W, dtype=float)
    gradient = np.zeros(moved.shape)
    for place in np.ndindex(moved.shape):
        moved[place] += h
        above = loss(moved)
        moved[place] -= 2 * h
        gradient[place] = (above - loss(moved)) / (2 * h)
    return gradient


@mistake(
    "numerical_gradient",
    es="Mueves todos los pesos a la vez: eso dice cuánto cambia la pérdida con todos juntos, no con cada uno.",
    en="You move all weights at once: that says how the loss changes with all together, not with each.",
)
def moves_all_at_once(loss, W, h=1e-5):
    W = np.asarray(W, dtype=float)
    return np.full(W.shape, (loss(W + h) - loss(W - h)) / (2 * h))


@mistake(
    "numerical_gradient",
    es="Mueves filas enteras. Cada derivada es de un solo peso, con los demás quietos.",
    en="You move whole rows. Each derivative is of a single weight, while the others stay.",
)
def moves_whole_rows(loss, W, h=1e-5):
    W = np.array(W, dtype=float)
    gradient = np.zeros(W.shape)
    for row in range(len(W)):
        step = np.zeros(W.shape)
        step[row] = h
        gradient[row] = (loss(W + step) - loss(W - step)) / (2 * h)
    return gradient


@mistake(
    "numerical_gradient",
    es="Usas siempre el mismo h, sin hacer caso del que te dan.",
    en="You always use the same h, and take no notice of the one you are given.",
)
def always_the_same_step(loss, W, h=1e-5):
    W = np.array(W, dtype=float)
    gradient = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[place] = 1e-5
        gradient[place] = (loss(W + step) - loss(W - step)) / 2e-5
    return gradient


@mistake(
    "numerical_gradient",
    es="Si los pesos son enteros, lo que les sumas se pierde al guardarlo: no se han movido.",
    en="Where weights are integers, what you add to them gets lost when it is stored: they have not moved.",
)
def whole_numbers_do_not_move(loss, W, h=1e-5):
    W = np.asarray(W)
    gradient = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        above, below = W.copy(), W.copy()
        above[place], below[place] = W[place] + h, W[place] - h
        gradient[place] = (loss(above) - loss(below)) / (2 * h)
    return gradient


@mistake(
    "numerical_gradient",
    es="El signo está al revés: comparas hacia atrás con hacia adelante.",
    en="The sign is reversed: you compare backwards with forwards.",
)
def back_minus_forth(loss, W, h=1e-5):
    W = np.array(W, dtype=float)
    gradient = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[place] = h
        gradient[place] = (loss(W - step) - loss(W + step)) / (2 * h)
    return gradient


@mistake(
    "numerical_gradient",
    es="Mueves cada peso una parte de lo que vale. h es cuánto se mueve, valga lo que valga, y un 0 también se mueve.",
    en="You move each weight by a part of what it is. h is how far it moves, whatever it is, and a 0 moves as well.",
)
def a_part_of_each_weight(loss, W, h=1e-5):
    W = np.array(W, dtype=float)
    gradient = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[place] = h * W[place] or 1e-12
        gradient[place] = (loss(W + step) - loss(W - step)) / (2 * step[place])
    return gradient


@mistake(
    "train_own",
    es="Devuelves la red con la que empezaste: la entrenada se queda por el camino, y los aciertos son los del azar.",
    en="You return the network that you began with: the trained one is left behind, and it is right as often as "
    "chance.",
)
def returns_the_untrained_network(pictures, digits, seed):
    pair, network = (scale(pictures), one_hot(digits)), initialize([64, 32, 10], seed)
    _, losses, _ = train(pair, pair, network, 2.5, [batches(len(pair[0]), 16, seed)])
    return [array for layer in network for array in layer], losses


@mistake(
    "train_own",
    es="Entrenas una sola época: la pérdida todavía bajaba deprisa.",
    en="You train for a single epoch: the loss was still falling fast.",
)
def a_single_epoch(pictures, digits, seed):
    pair = (scale(pictures), one_hot(digits))
    epochs = [batches(len(pair[0]), 16, seed)]
    network, losses, _ = train(pair, pair, initialize([64, 32, 10], seed), 2.5, epochs)
    return [array for layer in network for array in layer], losses


@mistake(
    "train_own",
    es="Sumas los gradientes del lote sin cambiar la tasa de aprendizaje: los pasos son tan largos que las sigmoides "
    "se quedan clavadas en un extremo.",
    en="You add up the gradients of the batch without changing the learning rate: the steps are so long that the "
    "sigmoids get stuck at one end.",
)
def sums_the_gradients_of_the_batch(pictures, digits, seed):
    x, t = scale(pictures), one_hot(digits)
    network, losses = initialize([64, 32, 10], seed), []
    for epoch in range(6):
        for batch in batches(len(x), 16, 1000 * seed + epoch):
            gradients = [(len(batch) * dW, len(batch) * db) for dW, db in backpropagate(x[batch], t[batch], network)]
            network = update(network, gradients, 2.5)
        losses.append(squared_loss(forward(x, network)[-1], t))
    return [array for layer in network for array in layer], losses


@mistake(
    "train_own",
    es="La tasa de aprendizaje es muy pequeña para tan pocas épocas: la pérdida apenas se mueve.",
    en="The learning rate is very small for so few epochs: the loss hardly moves.",
)
def crawls(pictures, digits, seed):
    pair = (scale(pictures), one_hot(digits))
    epochs = [batches(len(pair[0]), 16, 1000 * seed + epoch) for epoch in range(6)]
    network, losses, _ = train(pair, pair, initialize([64, 32, 10], seed), 0.05, epochs)
    return [array for layer in network for array in layer], losses


@mistake(
    "train_own",
    es="La softmax de tu lote va por el eje equivocado: compara unas imágenes con otras, y no unas clases con otras.",
    en="The softmax of your batch goes along the wrong axis: it compares pictures with pictures, not classes with "
    "classes.",
)
def softmax_over_the_batch(pictures, digits, seed):
    x, t = scale(pictures), one_hot(digits)
    network, losses = initialize([64, 32, 10], seed), []
    for epoch in range(6):
        for batch in batches(len(x), 16, 1000 * seed + epoch):
            hidden = sigmoid(x[batch] @ network[0][0] + network[0][1])
            scores = hidden @ network[1][0] + network[1][1]
            exponentials = np.exp(scores - scores.max(axis=0))
            delta = exponentials / exponentials.sum(axis=0) - t[batch]
            before = delta @ network[1][0].T * hidden * (1 - hidden)
            slopes = [(x[batch].T @ before, before.sum(axis=0)), (hidden.T @ delta, delta.sum(axis=0))]
            network = update(network, slopes, 1.0 / len(batch))
        losses.append(squared_loss(forward(x, network)[-1], t))
    return [array for layer in network for array in layer], losses


@mistake(
    "train_own",
    es="Las exponenciales de tu softmax se desbordan, y los parámetros acaban en números que no lo son (nan). Los "
    "puntos de las imágenes llegan a 16: ¿qué tan grandes se hacen las sumas?",
    en="The exponentials of your softmax overflow, and parameters end as what is no number (nan). The dots of pictures "
    "go up to 16: how large do the sums get?",
)
def softmax_that_overflows(pictures, digits, seed):
    x, t = np.asarray(pictures, dtype=float), one_hot(digits)
    (W, b), losses = initialize([64, 10], seed)[0], []
    with np.errstate(all="ignore"):
        for batch in batches(len(x), 16, seed):
            exponentials = np.exp(x[batch] @ W + b)
            delta = exponentials / exponentials.sum(axis=1, keepdims=True) - t[batch]
            W, b = W - x[batch].T @ delta, b - delta.sum(axis=0)
            losses.append(float(np.mean(delta**2)))
    return [W, b], losses


@mistake(
    "train_own",
    es="Aprendes con las primeras imágenes nada más. Cuantas más escrituras distintas ve la red, mejor lee las nuevas.",
    en="You learn from the first pictures only. The more different hands the network sees, the better it reads new "
    "ones.",
)
def only_the_first_pictures(pictures, digits, seed):
    pair = (scale(pictures[:200]), one_hot(digits[:200]))
    epochs = [batches(200, 16, 1000 * seed + epoch) for epoch in range(30)]
    network, losses, _ = train(pair, pair, initialize([64, 32, 10], seed), 2.5, epochs)
    return [array for layer in network for array in layer], losses


@mistake(
    "train_own",
    es="Tu red tiene más números de los que permite el presupuesto. Cuéntalos: pesos y sesgos de todas las capas.",
    en="Your network has more numbers than the budget allows. Count them: weights and biases of all layers.",
)
def more_numbers_than_allowed(pictures, digits, seed):
    pair = (scale(pictures), one_hot(digits))
    epochs = [batches(len(pair[0]), 16, 1000 * seed + epoch) for epoch in range(4)]
    network, losses, _ = train(pair, pair, initialize([64, 128, 10], seed), 2.5, epochs)
    return [array for layer in network for array in layer], losses


@mistake(
    "train_own",
    es="Barajas las imágenes sin barajar con ellas los dígitos: la red aprende respuestas de otras imágenes.",
    en="You shuffle the pictures without shuffling the digits with them: the network learns answers of other pictures.",
)
def shuffles_pictures_without_digits(pictures, digits, seed):
    pair = (np.random.default_rng(seed).permutation(scale(pictures)), one_hot(digits))
    epochs = [batches(len(pair[0]), 16, 1000 * seed + epoch) for epoch in range(4)]
    network, losses, _ = train(pair, pair, initialize([64, 32, 10], seed), 2.5, epochs)
    return [array for layer in network for array in layer], losses


@mistake(
    "train_own",
    es="Empiezas con todos los pesos en cero: las unidades escondidas siguen siendo una sola, repetida.",
    en="You begin with all weights at zero: the hidden units remain a single one, repeated.",
)
def begins_at_zero(pictures, digits, seed):
    pair = (scale(pictures), one_hot(digits))
    zeros = [(np.zeros((64, 32)), np.zeros(32)), (np.zeros((32, 10)), np.zeros(10))]
    epochs = [batches(len(pair[0]), 16, 1000 * seed + epoch) for epoch in range(6)]
    network, losses, _ = train(pair, pair, zeros, 2.5, epochs)
    return [array for layer in network for array in layer], losses


@mistake(
    "train_own",
    es="Entrenas con la tinta sin escalar, de 0 a 16, y al leer la divides: la red ve otra cosa que la que aprendió.",
    en="You train on ink as it is, 0 to 16, and divide it when you read: the network sees something other than it "
    "learnt.",
)
def trains_on_ink_as_it_is(pictures, digits, seed):
    pair = (np.asarray(pictures, dtype=float), one_hot(digits))
    epochs = [batches(len(pair[0]), 16, 1000 * seed + epoch) for epoch in range(6)]
    network, losses, _ = train(pair, pair, initialize([64, 32, 10], seed), 0.5, epochs)
    return [array for layer in network for array in layer], losses


@mistake(
    "train_own",
    es="No devuelves las pérdidas. Se pide una por época: con ellas se dibuja la curva.",
    en="You do not return the losses. One an epoch is asked for: the curve is drawn from them.",
)
def without_losses(pictures, digits, seed):
    pair = (scale(pictures), one_hot(digits))
    epochs = [batches(len(pair[0]), 16, 1000 * seed + epoch) for epoch in range(8)]
    network, _, _ = train(pair, pair, initialize([64, 32, 10], seed), 2.5, epochs)
    return [array for layer in network for array in layer], None


@mistake(
    "predict_own",
    es="Con una sola imagen quitas el eje del lote y sale un número suelto. Una fila sigue siendo un lote.",
    en="With a single picture you take away the batch's axis, and a bare number comes out. One row is still a batch.",
)
def squeezes_the_answers(parameters, pictures):
    network = list(zip(parameters[::2], parameters[1::2], strict=True))
    return np.squeeze(np.argmax(forward(scale(pictures), network)[-1], axis=1))


@mistake(
    "predict_own",
    es="Sacas los parámetros de la lista que te dan: después de leer una vez, la red de quien te llamó está vacía.",
    en="You take the parameters out of the list you are given: after one reading the network of whoever called you is "
    "empty.",
)
def empties_the_list_of_parameters(parameters, pictures):
    network = []
    while parameters:
        network.append((parameters.pop(0), parameters.pop(0)))
    return np.argmax(forward(scale(pictures), network)[-1], axis=1)


@mistake(
    "predict_own",
    es="Cambias los parámetros que te dan, y la segunda lectura se hace con otra red.",
    en="You change the parameters you are given, and the second reading is made with another network.",
)
def scales_the_first_layer_for_good(parameters, pictures):
    parameters[0][...] = parameters[0] / 16
    network = list(zip(parameters[::2], parameters[1::2], strict=True))
    return np.argmax(forward(np.asarray(pictures), network)[-1], axis=1)


@mistake(
    "predict_own",
    es="Comparas cada respuesta con la media del lote: lo que lees en una imagen depende de cuáles la acompañan, y "
    "una imagen sola no se distingue de nada.",
    en="You compare each answer with the batch's mean: what you read in a picture depends on those that come with it, "
    "and a picture alone differs from nothing.",
)
def compares_with_the_batch(parameters, pictures):
    network = list(zip(parameters[::2], parameters[1::2], strict=True))
    y = forward(scale(pictures), network)[-1]
    return np.argmax(y - y.mean(axis=0), axis=1)


@mistake(
    "predict_own",
    es="Escalas las imágenes con los máximos de su propio lote. Se preparan como las de entrenamiento, vengan con "
    "quien vengan.",
    en="You scale the pictures by the largest numbers of their own batch. They are prepared like those of training, "
    "whichever they come with.",
)
def scaled_by_their_own_batch(parameters, pictures):
    network = list(zip(parameters[::2], parameters[1::2], strict=True))
    pictures = np.asarray(pictures, dtype=float)
    least, range_of_each = pictures.min(axis=0), np.maximum(np.ptp(pictures, axis=0), 12)
    return np.argmax(forward((pictures - least) / range_of_each, network)[-1], axis=1)


@mistake(
    "predict_own",
    es="Borras la tinta débil en las mismas imágenes que recibes: quien te llamó ya no tiene las suyas.",
    en="You erase faint ink in the very pictures you are given: whoever called you no longer has theirs.",
)
def erases_faint_ink_for_good(parameters, pictures):
    network = list(zip(parameters[::2], parameters[1::2], strict=True))
    pictures = np.asarray(pictures)
    pictures[pictures < 2] = 0
    return np.argmax(forward(scale(pictures), network)[-1], axis=1)
