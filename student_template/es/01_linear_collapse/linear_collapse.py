# El colapso lineal: muchas capas que valen por una
# Completa cada pregunta y comprueba tu avance con: python check.py
# Entrega este archivo.

import numpy as np


def linear(x, W, b):
    """La salida de una capa lineal: x W + b.

    x: una muestra de forma (n_in,), o un lote (m, n_in) con una muestra por fila.
    W: pesos de forma (n_in, n_out); w_ij va de la entrada i a la unidad j.
    b: sesgos de forma (n_out,), uno por unidad.
    Devuelve un arreglo (n_out,) para una muestra, (m, n_out) para un lote.
    """
    ...


def width(layer_sizes):
    """El ancho de la red: las unidades de su capa más grande, max_l n_l.

    layer_sizes: las unidades de cada capa, de la entrada a la salida, p. ej. [8, 9, 9, 9, 4].
    Devuelve un entero.
    """
    ...


def depth(layer_sizes):
    """La profundidad de la red: cuántas capas hay entre la entrada y la salida.

    layer_sizes: las unidades de cada capa, de la entrada a la salida, p. ej. [8, 9, 9, 9, 4].
    Devuelve un entero: el número de capas escondidas.
    """
    ...


def count_parameters(layer_sizes):
    """Los pesos y los sesgos de toda la red: Σ_l (n_{l−1} n_l + n_l).

    layer_sizes: las unidades de cada capa, de la entrada a la salida, p. ej. [8, 9, 9, 9, 4].
    Devuelve un entero.
    """
    ...


def collapse(W1, W2):
    """La única matriz que hace lo mismo que dos capas seguidas: W* tal que (x W1) W2 = x W*.

    W1: pesos de la primera capa, de forma (n_0, n_1).
    W2: pesos de la segunda capa, de forma (n_1, n_2).
    Devuelve un arreglo (n_0, n_2).
    """
    ...


def collapse_network(weights, biases):
    """La única capa que hace lo mismo que toda una pila de capas lineales: x W* + b*.

    weights: lista de L matrices de pesos, de la entrada a la salida; la l-ésima tiene forma (n_{l−1},
        n_l).
    biases: lista de L vectores de sesgos; el l-ésimo tiene forma (n_l,).
    Devuelve una tupla (W*, b*), de formas (n_0, n_L) y (n_L,).
    """
    ...


def linearity_gap(f, u, v):
    """Lo que le falta a f para respetar las sumas: max |f(u + v) − f(u) − f(v) + f(0)|.

    f: función que recibe un arreglo y devuelve un arreglo o un número; f(0) es su valor en un arreglo
        de ceros.
    u, v: dos muestras de forma (n,), o dos lotes (m, n); el 0 de f(0) tiene esa misma forma.
    Devuelve un número: la mayor de las diferencias, sin signo.
    """
    ...
