from otter.test_files import test_case

OK_FORMAT = False

name = "initialize"
points = None

@test_case(points=0.5, hidden=False)
def shapes_and_zero_biases(initialize):
    import numpy as np
    from capas_check import call, require

    def check_network(finished, shapes):
        """State that the result is a network with weights of these shapes and biases zero; return the weights."""
        stand_ins = [(np.linspace(-0.5, 0.5, n_in * n_out).reshape(n_in, n_out), np.zeros(n_out)) for n_in, n_out in shapes]
        finished.returns(stand_ins, rtol=0, atol=1000000.0)
        for layer, (_, b) in enumerate(finished.value):
            require(not np.any(b), es='{call}: los sesgos del par {layer} son {b}; se esperaban solo ceros.', en='{call}: the biases of pair {layer} are {b}; only zeros were expected.', call=finished, layer=layer, b=b)
        return [np.asarray(W, dtype=float) for W, _ in finished.value]
    check_network(call(initialize, [3, 5, 4, 2], 7), [(3, 5), (5, 4), (4, 2)])

@test_case(points=0.5, hidden=False)
def same_seed_same_network(initialize):
    import numpy as np
    from capas_check import call, require

    def check_network(finished, shapes):
        """State that the result is a network with weights of these shapes and biases zero; return the weights."""
        stand_ins = [(np.linspace(-0.5, 0.5, n_in * n_out).reshape(n_in, n_out), np.zeros(n_out)) for n_in, n_out in shapes]
        finished.returns(stand_ins, rtol=0, atol=1000000.0)
        for layer, (_, b) in enumerate(finished.value):
            require(not np.any(b), es='{call}: los sesgos del par {layer} son {b}; se esperaban solo ceros.', en='{call}: the biases of pair {layer} are {b}; only zeros were expected.', call=finished, layer=layer, b=b)
        return [np.asarray(W, dtype=float) for W, _ in finished.value]

    def check_all_unlike(finished, weights):
        """State that the weights of each layer are different numbers, as drawn numbers are."""
        for layer, W in enumerate(weights):
            different = len(np.unique(W))
            require(different > 0.99 * W.size, es='{call}: la W del par {layer} tiene {size} pesos; números distintos entre ellos: {different}. Los pesos se sacan al azar, uno por uno.', en='{call}: the W of pair {layer} has {size} weights; different numbers among them: {different}. Weights are drawn at random, one by one.', call=finished, layer=layer, size=W.size, different=different)

    def equal(weights, others):
        """Tell whether two networks have the same weights."""
        return all((np.array_equal(W, other) for W, other in zip(weights, others, strict=True)))
    shapes = [(3, 4), (4, 2)]
    first, other, again = (call(initialize, [3, 4, 2], seed) for seed in (7, 8, 7))
    weights = check_network(first, shapes)
    check_all_unlike(first, weights)
    require(equal(weights, check_network(again, shapes)), es='{first} devolvió dos redes distintas al llamarla dos veces; con la misma semilla debe ser la misma.', en='{first} returned two different networks when called twice; the same seed must give the same one.', first=first)
    require(not equal(weights, check_network(other, shapes)), es='{first} y {other} devolvieron la misma red; otra semilla debe dar otra red.', en='{first} and {other} returned the same network; another seed must give another one.', first=first, other=other)

