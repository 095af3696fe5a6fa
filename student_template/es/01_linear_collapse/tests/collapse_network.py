from otter.test_files import test_case

OK_FORMAT = False

name = "collapse_network"
points = None

@test_case(points=0.5, hidden=False)
def two_layers_by_hand(collapse_network):
    import numpy as np
    from capas_check import call
    WEIGHTS = [np.array([[1.0, 0.0, -1.0], [3.0, 1.0, 2.0]]), np.array([[2.0, 0.0], [1.0, 1.0], [1.0, -1.0]]), np.array([[1.0], [-2.0]])]
    BIASES = [np.array([0.5, -1.0, 2.0]), np.array([1.0, -1.0]), np.array([0.5])]
    expected = (np.array([[1, 1], [9, -1]]), np.array([3, -4]))
    call(collapse_network, WEIGHTS[:2], BIASES[:2]).returns(expected)

@test_case(points=0.5, hidden=False)
def three_layers_by_hand(collapse_network):
    import numpy as np
    from capas_check import call
    WEIGHTS = [np.array([[1.0, 0.0, -1.0], [3.0, 1.0, 2.0]]), np.array([[2.0, 0.0], [1.0, 1.0], [1.0, -1.0]]), np.array([[1.0], [-2.0]])]
    BIASES = [np.array([0.5, -1.0, 2.0]), np.array([1.0, -1.0]), np.array([0.5])]
    call(collapse_network, WEIGHTS, BIASES).returns((np.array([[-1], [11]]), np.array([11.5])))

@test_case(points=0.25, hidden=False)
def one_layer(collapse_network):
    import numpy as np
    from capas_check import call
    WEIGHTS = [np.array([[1.0, 0.0, -1.0], [3.0, 1.0, 2.0]]), np.array([[2.0, 0.0], [1.0, 1.0], [1.0, -1.0]]), np.array([[1.0], [-2.0]])]
    BIASES = [np.array([0.5, -1.0, 2.0]), np.array([1.0, -1.0]), np.array([0.5])]
    call(collapse_network, WEIGHTS[:1], BIASES[:1]).returns((WEIGHTS[0], BIASES[0]))

