# Propagación hacia atrás: la red aprende
# Completa cada pregunta y comprueba tu avance con: python check.py
# Entrega este archivo.

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


def output_delta(y, t):
    """El δ de la capa de salida: (y_j − t_j) y_j (1 − y_j).

    y: lo que responde la red; forma (n,) para una muestra, (m, n) para m muestras.
    t: metas, de la misma forma.
    Devuelve un arreglo de la misma forma: un δ por unidad y por muestra.
    """
    ...


def hidden_delta(delta_next, W_next, y):
    """El δ de una capa escondida: δ_j = Σ_k δ_k w_jk y_j (1 − y_j).

    delta_next: el δ de la capa siguiente; forma (n_next,) para una muestra, (m, n_next) para m
        muestras.
    W_next: pesos de esta capa a la siguiente, de forma (n, n_next).
    y: salidas de esta capa; forma (n,) o (m, n).
    Devuelve un arreglo con la forma de y.
    """
    ...


def weight_gradient(x, delta):
    """Las derivadas de la pérdida respecto a los pesos de una capa: ∂L/∂w_ij = δ_j x_i.

    x: entradas de la capa; forma (n_in,) para una muestra, (m, n_in) para m muestras.
    delta: el δ de la capa; forma (n_out,) o (m, n_out).
    Devuelve un arreglo (n_in, n_out), como W; para un lote, la media de sus muestras.
    """
    ...


def bias_gradient(delta):
    """Las derivadas de la pérdida respecto a los sesgos de una capa: ∂L/∂b_j = δ_j.

    delta: el δ de la capa; forma (n_out,) para una muestra, (m, n_out) para m muestras.
    Devuelve un arreglo (n_out,), como b; para un lote, la media de sus muestras.
    """
    ...


def backpropagate(x, t, network):
    """El gradiente de la pérdida: ∂L/∂W y ∂L/∂b de cada capa de una red de capas sigmoides.

    x: entradas; forma (n_in,) para una muestra, (m, n_in) para m muestras.
    t: metas; forma (n_out,) o (m, n_out).
    network: lista de (W, b), de la primera capa a la última.
    Devuelve una lista de (dW, db), una pareja por capa, de la primera a la última, con las formas de
        (W, b).
    """
    ...


def update(network, gradients, learning_rate):
    """La red después de un paso de descenso por gradientes: W − η dW y b − η db, con η la tasa de
    aprendizaje.

    network: lista de (W, b), de la primera capa a la última.
    gradients: lista de (dW, db), en el mismo orden.
    learning_rate: el número η, que dice cuánto se avanza.
    Devuelve una lista nueva de (W, b); la red recibida se queda como estaba.
    """
    ...


def train(x, t, network, learning_rate, epochs):
    """Entrena una red por descenso por gradientes con el lote completo: un paso W − η dW, b − η db
    por época.

    x: entradas; forma (n_in,) para una muestra, (m, n_in) para m muestras.
    t: metas; forma (n_out,) o (m, n_out).
    network: lista de (W, b), de la primera capa a la última; se queda como estaba.
    learning_rate: el número η, que dice cuánto avanza cada paso.
    epochs: cuántas veces se usa el lote completo; con 0 no se entrena nada.
    Devuelve (network, losses): la red entrenada y una pérdida por época, medida antes de su paso.
    """
    ...
