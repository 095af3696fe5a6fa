from otter.test_files import test_case

OK_FORMAT = False

name = "forward"
points = None

@test_case(points=0.5, hidden=False)
def two_layers_by_hand(forward):
    import numpy as np
    from capas_check import call
    network = [(np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]]), np.array([0.0, 0.0, 1.0])), (np.array([[5.0, 1.0], [1.0, -2.0], [-1.0, 1.0]]), np.array([0.0, 3.0]))]
    expected = [np.array([1, 2]), np.array([0, 2, 3]), np.array([0, 2])]
    call(forward, np.array([1.0, 2.0]), network, ['relu', 'relu']).returns(expected)

@test_case(points=0.5, hidden=False)
def exclusive_or(forward):
    import numpy as np
    from capas_check import call
    batch = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    network = [(np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])), (np.array([[1.0], [-2.0]]), np.array([0.0]))]
    expected = [batch, np.array([[0, 0], [1, 0], [1, 0], [2, 1]]), np.array([[0], [1], [1], [0]])]
    call(forward, batch, network, ['relu', 'linear']).returns(expected)

@test_case(points=0.5, hidden=False)
def three_activations(forward):
    import numpy as np
    from capas_check import call
    network = [(np.array([[-1.0, 2.0]]) * np.log(3.0), np.array([0.0, -1.0]) * np.log(3.0)), (np.array([[2.0, -4.0], [1.0, 0.0]]), np.array([0.75, 0.0])), (np.array([[0.5, 1.0], [7.0, 7.0]]) * np.log(3.0), np.array([0.0, -2.0]) * np.log(3.0))]
    expected = [np.array([1]), np.array([0.25, 0.75]), np.array([2, 0]), np.array([0.75, 0.25])]
    call(forward, np.array([1.0]), network, ['sigmoid', 'relu', 'softmax']).returns(expected)

