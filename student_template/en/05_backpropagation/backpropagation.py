# Backpropagation: the network learns
# Complete each question and see where you stand with: python check.py
# Hand in this file.

import numpy as np


def sigmoid(a):
    """Return the sigmoid of every number: 1 / (1 + exp(−a)), with no overflow.

    a: numbers of any shape.
    Returns an array of the same shape; its values lie between 0 and 1.
    """
    a = np.asarray(a, dtype=float)
    # The exponential of a negative number never exceeds 1; for a < 0 the quotient is exp(a) / (1 + exp(a)).
    exponentials = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, exponentials) / (1.0 + exponentials)


def forward(x, network):
    """Pass x through a network whose layers are all sigmoid: y = σ(x W + b), layer after layer.

    x: inputs; shape (n_in,) for one sample, (m, n_in) for m samples.
    network: list of (W, b), from the first layer to the last.
    Returns the list [x, y1, …, yL]: what goes into every layer, and at its end what the network
        answers.
    """
    outputs = [np.asarray(x, dtype=float)]
    for W, b in network:
        outputs.append(sigmoid(outputs[-1] @ np.asarray(W) + np.asarray(b)))
    return outputs


def squared_loss(y, t):
    """Return the squared loss ½ Σ_j (y_j − t_j)², averaged over the batch.

    y: outputs; shape (n,) for one sample, (m, n) for m samples.
    t: targets, of the same shape.
    Returns a number.
    """
    differences = np.asarray(y, dtype=float) - np.asarray(t, dtype=float)
    return float(np.mean(np.sum(differences**2, axis=-1) / 2))


def output_delta(y, t):
    """Return δ of the output layer: (y_j − t_j) y_j (1 − y_j).

    y: what the network answers; shape (n,) for one sample, (m, n) for m samples.
    t: targets, of the same shape.
    Returns an array of the same shape: one δ a unit and a sample.
    """
    ...


def hidden_delta(delta_next, W_next, y):
    """Return δ of a hidden layer: δ_j = Σ_k δ_k w_jk y_j (1 − y_j).

    delta_next: δ of the layer that follows; shape (n_next,) for one sample, (m, n_next) for m
        samples.
    W_next: weights from this layer to the one that follows, of shape (n, n_next).
    y: outputs of this layer; shape (n,) or (m, n).
    Returns an array of the shape of y.
    """
    ...


def weight_gradient(x, delta):
    """Return the derivatives of the loss with respect to the weights of a layer: ∂L/∂w_ij = δ_j x_i.

    x: inputs of the layer; shape (n_in,) for one sample, (m, n_in) for m samples.
    delta: δ of the layer; shape (n_out,) or (m, n_out).
    Returns an array (n_in, n_out), shaped like W; for a batch, the mean over its samples.
    """
    ...


def bias_gradient(delta):
    """Return the derivatives of the loss with respect to the biases of a layer: ∂L/∂b_j = δ_j.

    delta: δ of the layer; shape (n_out,) for one sample, (m, n_out) for m samples.
    Returns an array (n_out,), shaped like b; for a batch, the mean over its samples.
    """
    ...


def backpropagate(x, t, network):
    """Return the gradient of the loss: ∂L/∂W and ∂L/∂b of every layer of a network of sigmoid layers.

    x: inputs; shape (n_in,) for one sample, (m, n_in) for m samples.
    t: targets; shape (n_out,) or (m, n_out).
    network: list of (W, b), from the first layer to the last.
    Returns a list of (dW, db), one a layer, from the first to the last, each shaped like its (W, b).
    """
    ...


def update(network, gradients, learning_rate):
    """Return the network after one step of gradient descent: W − η dW and b − η db, with η the
    learning rate.

    network: list of (W, b), from the first layer to the last.
    gradients: list of (dW, db), in the same order.
    learning_rate: the number η that says how far to go.
    Returns a new list of (W, b); the network that was given stays as it was.
    """
    ...


def train(x, t, network, learning_rate, epochs):
    """Train a network by gradient descent with the whole batch: one step W − η dW, b − η db an epoch.

    x: inputs; shape (n_in,) for one sample, (m, n_in) for m samples.
    t: targets; shape (n_out,) or (m, n_out).
    network: list of (W, b), from the first layer to the last; it stays as it was.
    learning_rate: the number η that says how far each step goes.
    epochs: how many times the whole batch is used; 0 trains nothing.
    Returns (network, losses): the trained network, and one loss an epoch, measured before its step.
    """
    ...
