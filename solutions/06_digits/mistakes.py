"""What students get wrong in stage 06, and what to tell them: each must lose points on its own question."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from reference import backpropagate, batches, forward, initialize, one_hot, scale, squared_loss, train, update

from capas.course.solutions import mistake


@mistake(
    "scale",
    es="Divides entre el número mayor de lo que recibes. Con otras imágenes la misma tinta daría otro número: la regla "
    "debe ser la misma para todas.",
    en="You divide by the largest number that you are given. With other pictures the same ink would give another "
    "number: the rule must be the same for all.",
)
def by_the_largest_that_comes(pictures):
    pictures = np.asarray(pictures, dtype=float)
    return pictures / max(pictures.max(), 1)


@mistake(
    "one_hot",
    es="Haces tantas columnas como dígitos distintos hay en lo que recibes. Las clases son classes, vengan o no.",
    en="You make as many columns as there are different digits in what you are given. There are as many as classes "
    "says, whether they come or not.",
)
def as_many_columns_as_digits_that_come(digits, classes=10):
    found = np.unique(digits)
    return (np.asarray(digits)[:, None] == found).astype(float)


@mistake(
    "split",
    es="Barajas las imágenes y los dígitos cada uno por su lado: la fila i de unas ya no es la de los otros.",
    en="You shuffle pictures and digits each on its own: row i of the ones is no longer that of the others.",
)
def shuffles_pictures_without_their_digits(pictures, digits, count, seed):
    generator = np.random.default_rng(seed)
    pictures, digits = generator.permutation(np.asarray(pictures)), generator.permutation(np.asarray(digits))
    return pictures[count:], digits[count:], pictures[:count], digits[:count]


@mistake(
    "split",
    es="La validación sale de imágenes que también se quedan en entrenamiento: la red se examina con lo que ya vio.",
    en="Validation is drawn from pictures that stay in training, too: the network is examined on what it has seen.",
)
def validation_stays_in_training(pictures, digits, count, seed):
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    order = np.random.default_rng(seed).permutation(len(digits))
    return pictures[order], digits[order], pictures[order[:count]], digits[order[:count]]


@mistake(
    "split",
    es="Cortas sin barajar: a validación van las primeras del archivo, que pueden ser todas de los mismos dígitos.",
    en="You cut without shuffling: the first of the file go to validation, and may all be of the same digits.",
)
def cuts_without_shuffling(pictures, digits, count, seed):
    pictures, digits = np.asarray(pictures), np.asarray(digits)
    return pictures[count:], digits[count:], pictures[:count], digits[:count]


@mistake(
    "initialize",
    es="Empiezas con todos los pesos en cero. Todas las unidades de una capa reciben lo mismo, aprenden lo mismo y "
    "siguen iguales: valen por una sola.",
    en="You begin with all weights at zero. All units of a layer receive the same, learn the same and stay alike: "
    "they are worth a single one.",
)
def all_zeros(layer_sizes, seed):
    return [(np.zeros((n_in, n_out)), np.zeros(n_out)) for n_in, n_out in pairwise(layer_sizes)]


@mistake(
    "initialize",
    es="Sacas los pesos de 0 a r, todos positivos. Deben repartirse a los dos lados del cero.",
    en="You draw the weights from 0 to r, all of them positive. They are to lie on both sides of zero.",
)
def positive_only(layer_sizes, seed):
    generator = np.random.default_rng(seed)
    return [
        (generator.uniform(0, np.sqrt(6 / (n_in + n_out)), (n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in pairwise(layer_sizes)
    ]


@mistake(
    "batches",
    es="Dejas fuera las muestras que no llenan un lote. El último lote lleva las que quedan.",
    en="You leave out the samples that do not fill a batch. The last batch has what is left.",
)
def drops_the_last_batch(count, size, seed):
    order = np.random.default_rng(seed).permutation(count)
    return [order[start : start + size] for start in range(0, count - size + 1, size)]


@mistake(
    "batches",
    es="Cada lote sale al azar por su cuenta: unas muestras vienen varias veces en una época y otras nunca.",
    en="Each batch is drawn on its own: some samples come several times in an epoch, and others never.",
)
def draws_each_batch_anew(count, size, seed):
    generator = np.random.default_rng(seed)
    return [generator.integers(0, count, min(size, count - start)) for start in range(0, count, size)]


@mistake(
    "train",
    es="Tomas las entradas del lote, pero las metas en el orden de antes: cada imagen aprende el dígito de otra.",
    en="You take the batch's inputs, and the targets in their old order: each picture learns another one's digit.",
)
def targets_not_of_the_batch(training, validation, network, learning_rate, epochs):
    x, t = training
    losses = []
    for epoch in epochs:
        for batch in epoch:
            network = update(network, backpropagate(x[batch], t[: len(batch)], network), learning_rate)
        losses.append(
            [squared_loss(forward(inputs, network)[-1], targets) for inputs, targets in (training, validation)]
        )
    return network, [both[0] for both in losses], [both[1] for both in losses]


@mistake(
    "train",
    es="Das un paso por época con todas las muestras. Aquí se da uno con cada lote, y el siguiente lote ya encuentra "
    "otra red.",
    en="You take one step an epoch with all samples. Here there is one with each batch, and the next batch already "
    "finds another network.",
)
def one_step_an_epoch(training, validation, network, learning_rate, epochs):
    x, t = training
    losses = []
    for epoch in epochs:
        if epoch:
            rows = np.concatenate(epoch)
            network = update(network, backpropagate(x[rows], t[rows], network), learning_rate)
        losses.append(
            [squared_loss(forward(inputs, network)[-1], targets) for inputs, targets in (training, validation)]
        )
    return network, [both[0] for both in losses], [both[1] for both in losses]


@mistake(
    "train",
    es="Das pasos también con la pareja de validación. Entonces ya no mide nada: la red aprendió sus respuestas.",
    en="You take steps with the validation pair, too. Then it no longer measures anything: the network has learnt "
    "its answers.",
)
def learns_from_validation(training, validation, network, learning_rate, epochs):
    x, t = training
    losses = []
    for epoch in epochs:
        for batch in epoch:
            network = update(network, backpropagate(x[batch], t[batch], network), learning_rate)
        network = update(network, backpropagate(*validation, network), learning_rate)
        losses.append(
            [squared_loss(forward(inputs, network)[-1], targets) for inputs, targets in (training, validation)]
        )
    return network, [both[0] for both in losses], [both[1] for both in losses]


@mistake(
    "learning_curve",
    es="Marcas la menor pérdida de entrenamiento, que baja casi siempre hasta el final. El sobreajuste se ve en la de "
    "validación.",
    en="You mark the least training loss, which nearly always falls to the end. Overfitting shows in that of "
    "validation.",
)
def marks_the_training_loss(training_losses, validation_losses):
    epochs = np.arange(1, len(training_losses) + 1)
    best = int(np.argmin(training_losses))
    plt.plot(epochs, training_losses, label="training")
    plt.plot(epochs, validation_losses, label="validation")
    plt.scatter([epochs[best]], [training_losses[best]])
    plt.xlabel("epoch")
    plt.ylabel("loss")
    plt.legend()


@mistake(
    "confusion_matrix",
    es="Las filas y las columnas están cambiadas: la fila es lo que muestra la imagen y la columna, por qué se tomó.",
    en="Rows and columns are exchanged: the row is what the picture shows, and the column what it was taken for.",
)
def rows_are_guesses(digits, guesses, classes=10):
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (np.asarray(guesses), np.asarray(digits)), 1)
    return counts


@mistake(
    "numerical_gradient",
    es="Mueves todos los pesos a la vez. Cada derivada pregunta por un solo peso, con los demás quietos.",
    en="You move all weights at once. Each derivative asks about one weight, while the others stay.",
)
def moves_all_weights_at_once(loss, W, h=1e-5):
    W = np.asarray(W, dtype=float)
    return np.full(W.shape, (loss(W + h) - loss(W - h)) / (2 * h))


@mistake(
    "train_own",
    es="Devuelves la red con la que empiezas, sin entrenarla: acierta una imagen de cada diez, como el azar.",
    en="You return the network that you begin with, untrained: it reads one picture in ten right, as chance does.",
)
def returns_it_untrained(pictures, digits, seed):
    return [array for layer in initialize([64, 32, 10], seed) for array in layer], [0.45]


@mistake(
    "train_own",
    es="Entrenas muy pocas épocas: la pérdida todavía baja deprisa cuando lo dejas.",
    en="You train for very few epochs: the loss is still falling fast when you stop.",
)
def stops_too_soon(pictures, digits, seed):
    pair = (scale(pictures), one_hot(digits))
    epochs = [batches(len(pair[0]), 16, seed)] * 2
    network, losses, _ = train(pair, pair, initialize([64, 32, 10], seed), 0.5, epochs)
    return [array for layer in network for array in layer], losses


@mistake(
    "predict_own",
    es="Eliges a lo largo del lote y no de las clases: cada clase responde qué imagen le va mejor.",
    en="You choose along the batch and not along the classes: each class says which picture suits it best.",
)
def best_picture_of_each_class(parameters, pictures):
    network = list(zip(parameters[::2], parameters[1::2], strict=True))
    return np.argmax(forward(scale(pictures), network)[-1], axis=0)


@mistake(
    "predict_own",
    es="Divides las imágenes entre el número mayor del lote: una misma imagen se lee de otro modo según cuáles la "
    "acompañan.",
    en="You divide the pictures by the largest number of the batch: one picture is read in another way depending on "
    "which others come with it.",
)
def normalizes_by_the_batch(parameters, pictures):
    network = list(zip(parameters[::2], parameters[1::2], strict=True))
    pictures = np.asarray(pictures, dtype=float)
    centred = (pictures - pictures.mean(axis=0)) / (pictures.std(axis=0) + 1e-9)
    return np.argmax(forward(centred, network)[-1], axis=1)
