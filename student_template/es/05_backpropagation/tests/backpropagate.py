from otter.test_files import test_case

OK_FORMAT = False

name = "backpropagate"
points = None

@test_case(points=0.5, hidden=False)
def two_inputs_two_hidden_units_one_output(backpropagate):
    import numpy as np
    from capas_check import call
    network = [(np.array([[2.0, -2.0], [-1.0, 1.0]]), np.array([0.0, np.log(3.0)])), (np.array([[3.0], [-2.0]]), np.array([0.0]))]
    expected = [(np.array([[-0.09375, 0.046875], [-0.1875, 0.09375]]), np.array([-0.09375, 0.046875])), (np.array([[-0.0625], [-0.09375]]), np.array([-0.125]))]
    call(backpropagate, np.array([1.0, 2.0]), np.array([1.0]), network).returns(expected)

@test_case(points=0.5, hidden=False)
def two_samples_one_layer(backpropagate):
    import numpy as np
    from capas_check import call
    x, t = (np.array([[1.0, 0.0], [2.0, 1.0]]), np.array([[1.0], [0.0]]))
    network = [(np.array([[0.0], [np.log(3.0)]]), np.array([0.0]))]
    expected = [(np.array([[0.078125], [0.0703125]]), np.array([0.0078125]))]
    call(backpropagate, x, t, network).returns(expected)

