"""Reference solution of stage 05: from the δ of the output to a network that learns.

Lecture: "Propagación hacia atrás" and "Fórmula de la propagación hacia atrás".
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def sigmoid(a: ArrayLike) -> NDArray:
    """Return the sigmoid of every number: 1 / (1 + exp(−a)), with no overflow.

    a: numbers of any shape.
    Returns an array of the same shape; its values lie between 0 and 1.
    """
    a = np.asarray(a, dtype=float)
    # The exponential of a negative number never exceeds 1; for a < 0 the quotient is exp(a) / (1 + exp(a)).
    exponentials = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, exponentials) / (1.0 + exponentials)


def forward(x: ArrayLike, network: list[tuple[NDArray, NDArray]]) -> list[NDArray]:
    """Pass x through a network whose layers are all sigmoid: y = σ(x W + b), layer after layer.

    x: inputs; shape (n_in,) for one sample, (m, n_in) for m samples.
    network: list of (W, b), from the first layer to the last.
    Returns the list [x, y1, …, yL]: what goes into every layer, and at its end what the network answers.
    """
    outputs = [np.asarray(x, dtype=float)]
    for W, b in network:
        outputs.append(sigmoid(outputs[-1] @ np.asarray(W) + np.asarray(b)))
    return outputs


def squared_loss(y: ArrayLike, t: ArrayLike) -> float:
    """Return the squared loss ½ Σ_j (y_j − t_j)², averaged over the batch.

    y: outputs; shape (n,) for one sample, (m, n) for m samples.
    t: targets, of the same shape.
    Returns a number.
    """
    differences = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return float(np.mean(np.sum(differences**2, axis=-1) / 2))


def output_delta(y: ArrayLike, t: ArrayLike) -> NDArray:
    """Return δ of the output layer: (y_j − t_j) y_j (1 − y_j).

    y: what the network answers; shape (n,) for one sample, (m, n) for m samples.
    t: targets, of the same shape.
    Returns an array of the same shape: one δ a unit and a sample.
    """
    # BEGIN SOLUTION
    y, t = np.asarray(y, dtype=float), np.asarray(t, dtype=float)
    return (y - t) * y * (1 - y)
    # END SOLUTION


def hidden_delta(delta_next: ArrayLike, W_next: ArrayLike, y: ArrayLike) -> NDArray:
    """Return δ of a hidden layer: δ_j = Σ_k δ_k w_jk y_j (1 − y_j).

    delta_next: δ of the layer that follows; shape (n_next,) for one sample, (m, n_next) for m samples.
    W_next: weights from this layer to the one that follows, of shape (n, n_next).
    y: outputs of this layer; shape (n,) or (m, n).
    Returns an array of the shape of y.
    """
    # BEGIN SOLUTION
    y = np.asarray(y, dtype=float)
    return (np.asarray(delta_next) @ np.asarray(W_next).T) * y * (1 - y)
    # END SOLUTION


def weight_gradient(x: ArrayLike, delta: ArrayLike) -> NDArray:
    """Return the derivatives of the loss with respect to the weights of a layer: ∂L/∂w_ij = δ_j x_i.

    x: inputs of the layer; shape (n_in,) for one sample, (m, n_in) for m samples.
    delta: δ of the layer; shape (n_out,) or (m, n_out).
    Returns an array (n_in, n_out), shaped like W; for a batch, the mean over its samples.
    """
    # BEGIN SOLUTION
    x, delta = np.atleast_2d(x), np.atleast_2d(delta)
    return x.T @ delta / len(x)
    # END SOLUTION


def bias_gradient(delta: ArrayLike) -> NDArray:
    """Return the derivatives of the loss with respect to the biases of a layer: ∂L/∂b_j = δ_j.

    delta: δ of the layer; shape (n_out,) for one sample, (m, n_out) for m samples.
    Returns an array (n_out,), shaped like b; for a batch, the mean over its samples.
    """
    # BEGIN SOLUTION
    return np.atleast_2d(delta).mean(axis=0)
    # END SOLUTION


def backpropagate(x: ArrayLike, t: ArrayLike, network: list[tuple[NDArray, NDArray]]) -> list[tuple[NDArray, NDArray]]:
    """Return the gradient of the loss: ∂L/∂W and ∂L/∂b of every layer of a network of sigmoid layers.

    x: inputs; shape (n_in,) for one sample, (m, n_in) for m samples.
    t: targets; shape (n_out,) or (m, n_out).
    network: list of (W, b), from the first layer to the last.
    Returns a list of (dW, db), one a layer, from the first to the last, each shaped like its (W, b).
    """
    # BEGIN SOLUTION
    outputs = forward(x, network)
    delta = output_delta(outputs[-1], t)
    gradients = []
    for layer in reversed(range(len(network))):
        # outputs[layer] is what goes into this layer: the output of the one before.
        gradients.insert(0, (weight_gradient(outputs[layer], delta), bias_gradient(delta)))
        if layer > 0:
            delta = hidden_delta(delta, network[layer][0], outputs[layer])
    return gradients
    # END SOLUTION


def update(
    network: list[tuple[NDArray, NDArray]],
    gradients: list[tuple[NDArray, NDArray]],
    learning_rate: float,
) -> list[tuple[NDArray, NDArray]]:
    """Return the network after one step of gradient descent: W − η dW and b − η db, with η the learning rate.

    network: list of (W, b), from the first layer to the last.
    gradients: list of (dW, db), in the same order.
    learning_rate: the number η that says how far to go.
    Returns a new list of (W, b); the network that was given stays as it was.
    """
    # BEGIN SOLUTION
    return [
        (np.asarray(W) - learning_rate * np.asarray(dW), np.asarray(b) - learning_rate * np.asarray(db))
        for (W, b), (dW, db) in zip(network, gradients, strict=True)
    ]
    # END SOLUTION


def train(
    x: ArrayLike,
    t: ArrayLike,
    network: list[tuple[NDArray, NDArray]],
    learning_rate: float,
    epochs: int,
) -> tuple[list[tuple[NDArray, NDArray]], list[float]]:
    """Train a network by gradient descent with the whole batch: one step W − η dW, b − η db an epoch.

    x: inputs; shape (n_in,) for one sample, (m, n_in) for m samples.
    t: targets; shape (n_out,) or (m, n_out).
    network: list of (W, b), from the first layer to the last; it stays as it was.
    learning_rate: the number η that says how far each step goes.
    epochs: how many times the whole batch is used; 0 trains nothing.
    Returns (network, losses): the trained network, and one loss an epoch, measured before its step.
    """
    # BEGIN SOLUTION
    losses = []
    for _ in range(epochs):
        losses.append(squared_loss(forward(x, network)[-1], t))
        network = update(network, backpropagate(x, t, network), learning_rate)
    return network, losses
    # END SOLUTION
