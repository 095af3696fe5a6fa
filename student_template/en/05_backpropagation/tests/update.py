from otter.test_files import test_case

OK_FORMAT = False

name = "update"
points = None

@test_case(points=0.25, hidden=False)
def one_layer(update):
    import numpy as np
    from capas_check import call
    network = [(np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 0.5]]), np.array([0.5, -0.5]))]
    gradients = [(np.array([[0.2, -0.4], [0.0, 1.0], [-0.6, 0.0]]), np.array([0.1, -0.3]))]
    expected = [(np.array([[0.9, 2.2], [3.0, -1.5], [0.3, 0.5]]), np.array([0.45, -0.35]))]
    call(update, network, gradients, 0.5).returns(expected)

@test_case(points=0.25, hidden=False)
def two_layers(update):
    import numpy as np
    from capas_check import call
    network = [(np.array([[2.0, -2.0], [-1.0, 1.0]]), np.array([0.0, 1.0])), (np.array([[3.0], [-2.0]]), np.array([0.0]))]
    gradients = [(np.array([[-0.09375, 0.046875], [-0.1875, 0.09375]]), np.array([-0.09375, 0.046875])), (np.array([[-0.0625], [-0.09375]]), np.array([-0.125]))]
    expected = [(np.array([[2.075, -2.0375], [-0.85, 0.925]]), np.array([0.075, 0.9625])), (np.array([[3.05], [-1.925]]), np.array([0.1]))]
    call(update, network, gradients, 0.8).returns(expected)

