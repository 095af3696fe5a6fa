# Activaciones: romper la línea recta
# Completa cada pregunta y comprueba tu avance con: python check.py
# Entrega este archivo.

import numpy as np


def jacket(temperature, threshold):
    """Decide si hay que ponerse la chaqueta: 1 si temperature < threshold, 0 si no.

    temperature: un número, o un arreglo de cualquier forma, una decisión por elemento.
    threshold: un número; en el umbral justo todavía no hace falta.
    Devuelve ceros y unos, con la forma de temperature.
    """
    ...


def sigmoid(a):
    """Lleva cada número al intervalo (0, 1): σ(a) = 1 / (1 + e^−a).

    a: un número, o un arreglo de cualquier forma.
    Devuelve σ de cada elemento, con la forma de a.
    """
    ...


def sigmoid_derivative(a):
    """La derivada de la sigmoide en a: ∂σ/∂a = σ(a) (1 − σ(a)).

    a: el punto donde se deriva (no σ(a)); un número, o un arreglo de cualquier forma.
    Devuelve la derivada en cada elemento, con la forma de a.
    """
    ...


def tanh(a):
    """Lleva cada número al intervalo (−1, 1): (e^a − e^−a) / (e^a + e^−a).

    a: un número, o un arreglo de cualquier forma.
    Devuelve tanh de cada elemento, con la forma de a.
    """
    ...


def tanh_derivative(a):
    """La derivada de la tangente hiperbólica en a: ∂tanh/∂a = 4 / (e^a + e^−a)².

    a: el punto donde se deriva (no tanh(a)); un número, o un arreglo de cualquier forma.
    Devuelve la derivada en cada elemento, con la forma de a.
    """
    ...


def relu(a):
    """Deja pasar lo positivo y detiene lo demás: max(0, a).

    a: un número, o un arreglo de cualquier forma.
    Devuelve relu de cada elemento, con la forma de a.
    """
    ...


def relu_derivative(a):
    """La derivada de ReLU en a: 0 si a ≤ 0, 1 si a > 0.

    a: el punto donde se deriva (no relu(a)); un número, o un arreglo de cualquier forma.
    Devuelve ceros y unos, con la forma de a.
    """
    ...


def numerical_derivative(f, a, h=1e-05):
    """Aproxima la derivada de f en a con diferencias centrales: (f(a + h) − f(a − h)) / (2h).

    f: una función que actúa elemento a elemento sobre números o arreglos.
    a: un número, o un arreglo de cualquier forma.
    h: el paso que se da hacia cada lado.
    Devuelve la derivada aproximada en cada elemento, con la forma de a.
    """
    ...
