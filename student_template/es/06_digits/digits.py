# Dígitos: tu propia red aprende a leer
# Completa cada pregunta y comprueba tu avance con: python check.py
# Entrega este archivo.

from itertools import pairwise
import matplotlib.pyplot as plt
import numpy as np


def sigmoid(a):
    """La sigmoide de cada número: 1 / (1 + exp(−a)), sin desbordamientos.

    a: números, de cualquier forma.
    Devuelve un arreglo de la misma forma; sus valores están entre 0 y 1.
    """
    a = np.asarray(a, dtype=float)
    # The exponential of a negative number never exceeds 1; for a < 0 the quotient is exp(a) / (1 + exp(a)).
    exponentials = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, exponentials) / (1.0 + exponentials)


def forward(x, network):
    """Pasa x por una red de capas sigmoides: y = σ(x W + b), capa tras capa.

    x: entradas; forma (n_in,) para una muestra, (m, n_in) para m muestras.
    network: lista de (W, b), de la primera capa a la última.
    Devuelve la lista [x, y1, …, yL]: lo que entra a cada capa y, al final, lo que responde la red.
    """
    outputs = [np.asarray(x, dtype=float)]
    for W, b in network:
        outputs.append(sigmoid(outputs[-1] @ np.asarray(W) + np.asarray(b)))
    return outputs


def squared_loss(y, t):
    """La pérdida cuadrática ½ Σ_j (y_j − t_j)², promediada sobre el lote.

    y: salidas; forma (n,) para una muestra, (m, n) para m muestras.
    t: metas, de la misma forma.
    Devuelve un número.
    """
    differences = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return float(np.mean(np.sum(differences**2, axis=-1) / 2))


def backpropagate(x, t, network):
    """El gradiente de la pérdida cuadrática: ∂L/∂W y ∂L/∂b de cada capa de una red de capas
    sigmoides.

    x: entradas; forma (m, n_in).
    t: metas; forma (m, n_out).
    network: lista de (W, b), de la primera capa a la última.
    Devuelve una lista de (dW, db), una pareja por capa, de la primera a la última, con las formas de
        (W, b).
    """
    outputs = forward(x, network)
    y = outputs[-1]
    delta = (y - np.asarray(t)) * y * (1 - y)
    gradients = []
    for layer in reversed(range(len(network))):
        y = outputs[layer]  # what goes into this layer: the output of the one before
        gradients.insert(0, (y.T @ delta / len(y), delta.mean(axis=0)))
        delta = delta @ np.asarray(network[layer][0]).T * y * (1 - y)
    return gradients


def update(network, gradients, learning_rate):
    """La red después de un paso de descenso por gradientes: W − η dW y b − η db, con η la tasa de
    aprendizaje.

    network: lista de (W, b), de la primera capa a la última.
    gradients: lista de (dW, db), en el mismo orden.
    learning_rate: el número η, que dice cuánto se avanza.
    Devuelve una lista nueva de (W, b); la red recibida se queda como estaba.
    """
    return [
        (np.asarray(W) - learning_rate * np.asarray(dW), np.asarray(b) - learning_rate * np.asarray(db))
        for (W, b), (dW, db) in zip(network, gradients, strict=True)
    ]


def scale(pictures):
    """La tinta de las imágenes entre 0 y 1, en lugar de entre 0 y 16.

    pictures: números de 0 a 16; forma (64,) para una imagen, (m, 64) para m imágenes.
    Devuelve un arreglo de la misma forma: el 0 sigue siendo 0 y el 16 pasa a ser 1.
    """
    ...


def one_hot(digits, classes=10):
    """Las metas de los dígitos: una fila para cada uno, con un 1 en la columna de su dígito y 0 en
    las demás.

    digits: enteros de 0 a classes − 1; forma (m,).
    classes: cuántas clases hay.
    Devuelve un arreglo (m, classes).
    """
    ...


def split(pictures, digits, count, seed):
    """Reparte al azar imágenes y dígitos: count para validación y los demás para entrenamiento.

    pictures: forma (m, n), una imagen por fila.
    digits: forma (m,), lo que muestra cada imagen.
    count: cuántas van a validación, de 0 a m.
    seed: un entero, 0 o mayor; la misma semilla da el mismo reparto.
    Devuelve (training_pictures, training_digits, validation_pictures, validation_digits).
    """
    ...


def initialize(layer_sizes, seed):
    """Una red para empezar: W uniforme entre −r y r, con r = sqrt(6 / (n_in + n_out)), y b cero.

    layer_sizes: unidades de cada capa, de la entrada a la salida; [64, 32, 10] son 64 entradas, 32
        escondidas, 10 salidas.
    seed: un entero, 0 o mayor; la misma semilla da la misma red.
    Devuelve una lista de (W, b), una pareja por cada paso de una capa a la siguiente: W (n_in,
        n_out), b (n_out,).
    """
    ...


def batches(count, size, seed):
    """Los lotes pequeños de una época: los números de 0 a count − 1, barajados y cortados en trozos.

    count: cuántas muestras hay.
    size: cuántas van en cada lote; el último lleva las que quedan.
    seed: un entero, 0 o mayor; la misma semilla da los mismos lotes.
    Devuelve una lista de arreglos de enteros: qué muestras van en cada lote.
    """
    ...


def train(training, validation, network, learning_rate, epochs):
    """Entrena una red con lotes pequeños: un paso W − η dW, b − η db por lote, lote tras lote, época
    tras época.

    training, validation: parejas (x, t) de entradas (m, n_in) y metas (m, n_out).
    network: lista de (W, b), de la primera capa a la última; se queda como estaba.
    learning_rate: el número η, que dice cuánto avanza cada paso.
    epochs: los lotes de cada época; cada lote es un arreglo de enteros, filas de la pareja de
        entrenamiento.
    Devuelve (network, training_losses, validation_losses): la red entrenada y su pérdida al final de
        cada época,
    sobre toda la pareja de entrenamiento y sobre toda la de validación.
    """
    ...


def learning_curve(training_losses, validation_losses):
    """Dibuja las dos pérdidas según la época, y un punto donde empieza el sobreajuste.

    training_losses, validation_losses: un número por época; la primera época es la número 1.
    Dibuja dos líneas con leyenda, etiquetas en los dos ejes y un punto en la época de menor pérdida
        de validación.
    """
    ...


def confusion_matrix(digits, guesses, classes=10):
    """Cuántas veces se toma cada dígito por cada otro: la entrada ij son las imágenes de i que se
    tomaron por j.

    digits: lo que muestran las imágenes, enteros de 0 a classes − 1; forma (m,).
    guesses: por qué se tomaron; forma (m,).
    classes: cuántas clases hay.
    Devuelve un arreglo (classes, classes) de enteros.
    """
    ...


def numerical_gradient(loss, W, h=1e-05):
    """Halla ∂L/∂w_ij de cada peso moviéndolo: (L(w_ij + h) − L(w_ij − h)) / (2h).

    loss: una función que recibe un arreglo con la forma de W y devuelve un número.
    W: un arreglo de cualquier forma; se queda como estaba.
    h: cuánto se mueve un peso.
    Devuelve un arreglo con la forma de W.
    """
    ...


def train_own(pictures, digits, seed):
    """Entrena tu propia red: como mucho 5000 números, como mucho 20 segundos.

    pictures: números de 0 a 16; forma (m, 64).
    digits: lo que muestran, de 0 a 9; forma (m,).
    seed: un entero, 0 o mayor: empieza con él todo lo que saques al azar.
    Devuelve (parameters, losses): una lista de arreglos, todo lo que aprendió la red, y una pérdida
        por época.
    """
    ...


def predict_own(parameters, pictures):
    """Dice qué muestran las imágenes, con nada más que los parámetros que devolvió tu entrenamiento.

    parameters: la lista de arreglos que devolvió train_own.
    pictures: números de 0 a 16; forma (m, 64).
    Devuelve un arreglo (m,) de enteros, de 0 a 9.
    """
    ...
