from otter.test_files import test_case

OK_FORMAT = False

name = "initialize"
points = None

@test_case(points=0.25, hidden=False)
def shapes_of_each_layer(initialize):
    from itertools import pairwise
    import numpy as np
    from capas_check import call, require

    def layers_of(initialize, layer_sizes, seed):
        """Return the finished call and its layers, after looking at their shapes."""
        done = call(initialize, layer_sizes, seed)
        network = done.value
        wanted = [((n_in, n_out), (n_out,)) for n_in, n_out in pairwise(layer_sizes)]
        pairs = isinstance(network, list | tuple) and all((isinstance(layer, list | tuple) and len(layer) == 2 for layer in network))
        require(pairs, es='{done} no devuelve una lista de parejas (W, b).', en='{done} does not return a list of pairs (W, b).', done=done)
        found = [(np.shape(W), np.shape(b)) for W, b in network]
        require(found == wanted, es='{done}: las formas de (W, b) son {found}; se esperaban {wanted}.', en='{done}: the shapes of (W, b) are {found}; {wanted} were expected.', done=done, found=found, wanted=wanted)
        network = [(np.asarray(W, dtype=float), np.asarray(b, dtype=float)) for W, b in network]
        require(all((np.all(np.isfinite(W)) and np.all(np.isfinite(b)) for W, b in network)), es='{done}: hay pesos o sesgos que no son números finitos.', en='{done}: some weights or biases are no finite numbers.', done=done)
        return (done, network)
    layers_of(initialize, [64, 32, 10], 0)
    layers_of(initialize, [3, 2], 1)

@test_case(points=0.25, hidden=False)
def biases_at_zero(initialize):
    from itertools import pairwise
    import numpy as np
    from capas_check import call, require

    def layers_of(initialize, layer_sizes, seed):
        """Return the finished call and its layers, after looking at their shapes."""
        done = call(initialize, layer_sizes, seed)
        network = done.value
        wanted = [((n_in, n_out), (n_out,)) for n_in, n_out in pairwise(layer_sizes)]
        pairs = isinstance(network, list | tuple) and all((isinstance(layer, list | tuple) and len(layer) == 2 for layer in network))
        require(pairs, es='{done} no devuelve una lista de parejas (W, b).', en='{done} does not return a list of pairs (W, b).', done=done)
        found = [(np.shape(W), np.shape(b)) for W, b in network]
        require(found == wanted, es='{done}: las formas de (W, b) son {found}; se esperaban {wanted}.', en='{done}: the shapes of (W, b) are {found}; {wanted} were expected.', done=done, found=found, wanted=wanted)
        network = [(np.asarray(W, dtype=float), np.asarray(b, dtype=float)) for W, b in network]
        require(all((np.all(np.isfinite(W)) and np.all(np.isfinite(b)) for W, b in network)), es='{done}: hay pesos o sesgos que no son números finitos.', en='{done}: some weights or biases are no finite numbers.', done=done)
        return (done, network)
    done, network = layers_of(initialize, [8, 5, 3], 0)
    require(all((np.all(b == 0) for _, b in network)), es='{done}: los sesgos empiezan en cero.', en='{done}: biases begin at zero.', done=done)

@test_case(points=0.25, hidden=False)
def no_two_units_alike(initialize):
    from itertools import pairwise
    import numpy as np
    from capas_check import call, require

    def layers_of(initialize, layer_sizes, seed):
        """Return the finished call and its layers, after looking at their shapes."""
        done = call(initialize, layer_sizes, seed)
        network = done.value
        wanted = [((n_in, n_out), (n_out,)) for n_in, n_out in pairwise(layer_sizes)]
        pairs = isinstance(network, list | tuple) and all((isinstance(layer, list | tuple) and len(layer) == 2 for layer in network))
        require(pairs, es='{done} no devuelve una lista de parejas (W, b).', en='{done} does not return a list of pairs (W, b).', done=done)
        found = [(np.shape(W), np.shape(b)) for W, b in network]
        require(found == wanted, es='{done}: las formas de (W, b) son {found}; se esperaban {wanted}.', en='{done}: the shapes of (W, b) are {found}; {wanted} were expected.', done=done, found=found, wanted=wanted)
        network = [(np.asarray(W, dtype=float), np.asarray(b, dtype=float)) for W, b in network]
        require(all((np.all(np.isfinite(W)) and np.all(np.isfinite(b)) for W, b in network)), es='{done}: hay pesos o sesgos que no son números finitos.', en='{done}: some weights or biases are no finite numbers.', done=done)
        return (done, network)
    done, network = layers_of(initialize, [6, 4, 3], 2)
    alike = any((len({tuple(unit) for unit in W.T.tolist()}) < W.shape[1] for W, _ in network))
    require(not alike, es='{done}: hay unidades con los mismos pesos, y seguirán iguales para siempre.', en='{done}: some units have the same weights, and will stay alike for ever.', done=done)

