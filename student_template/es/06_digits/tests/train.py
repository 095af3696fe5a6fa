from otter.test_files import test_case

OK_FORMAT = False

name = "train"
points = None

@test_case(points=0.5, hidden=False)
def one_unit_two_batches(train):
    import numpy as np
    from capas_check import call
    training = (np.array([[1.0], [3.0]]), np.array([[1.0], [0.0]]))
    validation = (np.array([[2.0]]), np.array([[1.0]]))
    network = [(np.array([[0.0]]), np.array([0.0]))]
    epochs = [[np.array([0]), np.array([1])]]
    trained = [(np.array([[-0.313841]]), np.array([-0.02128]))]
    call(train, training, validation, network, 1.0, epochs).returns((trained, [0.104062], [0.215678]), rtol=0, atol=1e-05)

@test_case(points=0.5, hidden=False)
def three_epochs(train):
    from itertools import pairwise
    import numpy as np
    from capas_check import call

    def answer(x, network):
        """Return what the network answers, by a way of its own: tanh instead of the exponential."""
        for W, b in network:
            x = (1 + np.tanh((x @ W + b) / 2)) / 2
        return x

    def complex_loss(x, t, network):
        """Return the mean loss of a network of complex numbers."""
        for W, b in network:
            x = 1 / (1 + np.exp(-(x @ W + b)))
        return np.sum((x - t) ** 2) / 2 / len(t)

    def descend(training, validation, network, learning_rate, epochs):
        """Return (network, losses, losses) of gradient descent by complex steps: no formula for a derivative in it."""
        network = [tuple((np.array(parameters, dtype=complex) for parameters in layer)) for layer in network]
        losses = ([], [])
        for pieces in epochs:
            for rows in pieces:
                x, t = (np.asarray(array, dtype=float)[rows] for array in training)
                steps = [tuple((np.zeros(parameters.shape) for parameters in layer)) for layer in network]
                for layer, step in zip(network, steps, strict=True):
                    for parameters, changes in zip(layer, step, strict=True):
                        for place in np.ndindex(parameters.shape):
                            parameters[place] += 1e-30j
                            changes[place] = learning_rate * complex_loss(x, t, network).imag / 1e-30
                            parameters[place] = np.real(parameters[place])
                network = [(W - dW, b - db) for (W, b), (dW, db) in zip(network, steps, strict=True)]
            real = [(np.real(W), np.real(b)) for W, b in network]
            for kept, (x, t) in zip(losses, (training, validation), strict=True):
                differences = answer(np.asarray(x, dtype=float), real) - t
                kept.append(float(np.sum(differences ** 2) / 2 / len(t)))
        return ([(np.real(W), np.real(b)) for W, b in network], *losses)

    def made(seed, samples, layer_sizes):
        """Return inputs, targets and a network."""
        chance = np.random.default_rng(seed)
        network = [(chance.normal(0.1, 0.8, size=(n_in, n_out)), chance.normal(0.0, 0.4, size=n_out)) for n_in, n_out in pairwise(layer_sizes)]
        x = chance.uniform(0.0, 1.0, size=(samples, layer_sizes[0]))
        return (x, np.eye(layer_sizes[-1])[chance.integers(0, layer_sizes[-1], samples)], network)
    x, t, network = made(31, 6, (2, 3, 2))
    epochs = [[np.array([4, 0, 2]), np.array([1, 5, 3])]] * 2 + [[np.array([0, 1, 2, 3, 4, 5])]]
    training, validation = ((x[:6], t[:6]), (x[:2], t[:2]))
    call(train, training, validation, network, 0.7, epochs).returns(descend(training, validation, network, 0.7, epochs))

