#: Comentarios a tu entrega: Softmax: de números a probabilidades
#: 8.5 de 20 puntos
#:
#: Te faltan 11.5 puntos. Empieza por «Los gemelos de softmax»: es donde más hay que ganar.

"""Reference solution of stage 03: softmax, its derivative, and what it forgets.

Lecture: "Funciones comunes de activación" (the table) and "Activación Softmax".
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray


#: softmax_jacobian: 6 de 6 puntos
def softmax_jacobian(a: ArrayLike) -> NDArray:
    """Return all derivatives of softmax at a: σ_i (δ_ij − σ_j), with δ_ij = 1 if i = j, else 0.

    a: a single set of numbers, of shape (n,).
    Returns an array (n, n); entry ij is ∂σ_i/∂a_j.
    """
    probabilities = softmax(a)
    return np.diag(probabilities) - np.outer(probabilities, probabilities)


#: softmax: 2.5 de 7 puntos
#: Lo que parece que pasa: Divides entre la suma de todo el lote. Cada fila es un conjunto aparte, y
#:   sus probabilidades deben sumar 1 por sí solas.
#: ✔ Prueba 1
#: ✘ Prueba 2: softmax([[0., 0., 0., 0.], [1., 2., 3., 4.]]) devolvió [[0.0113, 0.0113, 0.0113,
#:   0.0113], [0.0306, 0.0832, 0.2262, 0.6149]]; se esperaba [[0.25, 0.25, 0.25, 0.25], [0.0321,
#:   0.0871, 0.2369, 0.6439]].
#: Pruebas ocultas: 1 de 6
#:   ✘ 5 de las ocultas: La forma es la esperada, los valores no.
#: Qué probar ahora:
#:   - Empieza por la prueba 2: repite esa llamada en una celda aparte, haz la cuenta a mano y busca
#:     el primer paso en que te separas.
#:   - Abre las pistas de «Softmax» en el enunciado, de una en una.
def softmax(a):
    exponentials = np.exp(a - np.max(a))
    return exponentials / np.sum(exponentials)


#: predict: 0 de 2 puntos
#: Lo que parece que pasa: Cuentas las clases desde 1. En Python el primer índice es 0.
#: ✘ Prueba 1: predict([0.1, 0.2, 0.7]) devolvió 3; se esperaba 2.
#: ✘ Prueba 2: predict([[0.7, 0.1, 0.1, 0.1], [0.1, 0.2, 0.3, 0.4], [0.2, 0.5, 0.2, 0.1]]) devolvió
#:   [1, 4, 2]; se esperaba [0, 3, 1].
#: Pruebas ocultas: 0 de 4
#:   ✘ 4 de las ocultas: La forma es la esperada, los valores no.
#: Qué probar ahora:
#:   - Empieza por la prueba 1: repite esa llamada en una celda aparte, haz la cuenta a mano y busca
#:     el primer paso en que te separas.
#:   - Abre las pistas de «La clase más probable» en el enunciado, de una en una.
def predict(probabilities):
    return np.argmax(probabilities, axis=-1) + 1


#: softmax_twin: 0 de 5 puntos
#: Lo que parece que pasa: Devuelves el mismo vector. Tiene el mismo softmax, claro, pero nadie es
#:   su propio gemelo.
#: ✘ Prueba 1: softmax_twin([-0.21, 0.47, 1.72]) devolvió un vector que apenas se distingue de a;
#:   debe separarse al menos 0.1.
#: Pruebas ocultas: 0 de 5
#:   ✘ 5 de las ocultas: El resultado no cumple una propiedad que el enunciado pide.
#: Qué probar ahora:
#:   - Empieza por la prueba 1: repite esa llamada en una celda aparte, haz la cuenta a mano y busca
#:     el primer paso en que te separas.
#:   - Abre las pistas de «Los gemelos de softmax» en el enunciado, de una en una.
def softmax_twin(a):
    return np.array(a, dtype=float)
