from otter.test_files import test_case

OK_FORMAT = False

name = "layer_forward"
points = None

@test_case(points=0.25, hidden=False)
def sums_by_hand(layer_forward):
    import numpy as np
    from capas_check import call
    W = np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]])
    call(layer_forward, np.array([1.0, 2.0]), W, np.array([0.0, -2.0, 0.0]), 'linear').returns([-1, 0, 2])

@test_case(points=0.25, hidden=False)
def sigmoid_by_hand(layer_forward):
    import numpy as np
    from capas_check import call
    W = np.log(3.0) * np.array([[2.0, 2.0, -1.0], [0.0, -1.0, 1.0]])
    b = np.log(3.0) * np.array([-1.0, 0.0, -2.0])
    call(layer_forward, np.array([1.0, 2.0]), W, b, 'sigmoid').returns([0.75, 0.5, 0.25])

@test_case(points=0.25, hidden=False)
def softmax_of_the_lecture(layer_forward):
    import numpy as np
    from capas_check import call
    W = np.array([[-0.62, 0.24, 1.44], [0.21, 0.03, 0.08]])
    b = np.array([-0.01, 0.17, 0.12])
    expected = [[0.1014, 0.2001, 0.6985], [0.3333, 0.3333, 0.3333]]
    call(layer_forward, np.array([[1.0, 2.0], [0.0, 1.0]]), W, b, 'softmax').returns(expected, rtol=0, atol=0.0001)

@test_case(points=0.25, hidden=False)
def relu_and_an_unknown_name(layer_forward):
    import numpy as np
    from capas_check import call
    batch = np.array([[1.0, 2.0], [0.0, 3.0], [2.0, 1.0]])
    W = np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]])
    b = np.array([0.0, -2.0, 0.0])
    call(layer_forward, batch, W, b, 'relu').returns([[0, 0, 2], [0, 0, 3], [1, 2, 1]])
    call(layer_forward, batch, W, b, 'swish').raises(ValueError)

