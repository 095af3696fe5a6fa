# Propagación hacia adelante: una red que responde
# Completa cada pregunta y comprueba tu avance con: python check.py
# Entrega este archivo.

import numpy as np


def initialize(layer_sizes, seed):
    """Una red para empezar: W normal con desviación estándar 1 / sqrt(n_in), b cero.

    layer_sizes: unidades de cada capa, de la entrada a la salida; [8, 9, 4] son 8 entradas, 9
        unidades escondidas, 4 salidas.
    seed: un entero, 0 o mayor; la misma semilla da la misma red.
    Devuelve una lista de pares (W, b), uno por cada paso de una capa a la siguiente: W (n_in, n_out),
        b (n_out,).
    """
    ...


def sigmoid(a):
    """Lleva cada número a (0, 1): 1 / (1 + exp(−a)).

    a: números de cualquier forma.
    Devuelve un arreglo de la misma forma.
    """
    a = np.asarray(a, dtype=float)
    # exp(−|a|) is at most 1, so it cannot overflow; for negative a, the quotient is exp(a) / (1 + exp(a)).
    decay = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, decay) / (1.0 + decay)


def tanh(a):
    """Lleva cada número a (−1, 1): (exp(a) − exp(−a)) / (exp(a) + exp(−a)).

    a: números de cualquier forma.
    Devuelve un arreglo de la misma forma.
    """
    return np.tanh(a)


def relu(a):
    """Deja pasar los números positivos y pone 0 en lugar de los demás: max(0, a).

    a: números de cualquier forma.
    Devuelve un arreglo de la misma forma.
    """
    return np.maximum(0.0, a)


def softmax(a):
    """Convierte números cualesquiera en probabilidades: exp(a_i) / Σ_j exp(a_j).

    a: números; forma (n,) para un conjunto, (m, n) para m conjuntos, uno por fila.
    Devuelve un arreglo de la misma forma; los valores del último eje suman 1.
    """
    a = np.asarray(a, dtype=float)
    # Taking the largest away changes nothing in the quotient, and no exponential can overflow.
    exponentials = np.exp(a - a.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def layer_forward(x, W, b, activation):
    """Pasa x por una capa: f(x W + b), donde f es la activación que lleva ese nombre.

    x: forma (n_in,) para una muestra, (m, n_in) para m muestras, una por fila.
    W, b: pesos (n_in, n_out) y sesgos (n_out,).
    activation: "linear", "sigmoid", "tanh", "relu" o "softmax"; otro nombre lanza ValueError.
    Devuelve un arreglo (n_out,), o (m, n_out).
    """
    ...


def forward(x, network, activations):
    """Pasa x por la red: y_l = f_l(y_(l-1) W_l + b_l), empezando en y_0 = x.

    x: forma (n_in,) para una muestra, (m, n_in) para m muestras, una por fila.
    network: lista de pares (W, b), uno por capa, de la entrada a la salida.
    activations: lista de nombres, uno por capa.
    Devuelve la lista [x, y_1, …, y_L]: la entrada y la salida de cada capa, activación incluida.
    """
    ...


def errors(y, t):
    """Lo que separa las salidas de las metas: y − t, elemento por elemento.

    y, t: salidas y metas, las dos de forma (n_out,) o (m, n_out).
    Devuelve un arreglo de la misma forma; es positivo donde la red se pasó.
    """
    ...


def squared_loss(y, t):
    """La pérdida cuadrática de una muestra, ½ Σ_j (y_j − t_j)², promediada sobre el lote.

    y, t: salidas y metas; forma (n_out,) para una muestra, (m, n_out) para m muestras.
    Devuelve un solo número, un float.
    """
    ...
