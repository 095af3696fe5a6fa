# Softmax: de números a probabilidades
# Completa cada pregunta y comprueba tu avance con: python check.py
# Entrega este archivo.

import numpy as np


def softmax(a):
    """Convierte números cualesquiera en probabilidades: exp(a_i) / Σ_j exp(a_j).

    a: números; forma (n,) para un conjunto, (m, n) para m conjuntos, uno por fila.
    Devuelve un arreglo de la misma forma; los valores del último eje suman 1.
    """
    ...


def softmax_jacobian(a):
    """Todas las derivadas de softmax en a: σ_i (δ_ij − σ_j), con δ_ij = 1 si i = j y 0 si no.

    a: un solo conjunto de números, de forma (n,).
    Devuelve un arreglo (n, n); la entrada ij es ∂σ_i/∂a_j.
    """
    ...


def predict(probabilities):
    """El índice de la clase más probable, a lo largo del último eje.

    probabilities: forma (n,) para una muestra, (m, n) para m muestras.
    Devuelve un índice, o un arreglo (m,) con un índice por muestra.
    """
    ...


def softmax_twin(a):
    """Un vector b claramente distinto de a que tiene el mismo softmax.

    a: números de forma (n,).
    Devuelve un arreglo (n,) que se separa de a al menos 0.1 en alguna posición.
    """
    ...
