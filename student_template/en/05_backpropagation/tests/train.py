from otter.test_files import test_case

OK_FORMAT = False

name = "train"
points = None

@test_case(points=0.25, hidden=False)
def one_epoch_by_hand(train):
    import numpy as np
    from capas_check import call
    network = [(np.array([[2.0, -2.0], [-1.0, 1.0]]), np.array([0.0, np.log(3.0)])), (np.array([[3.0], [-2.0]]), np.array([0.0]))]
    trained = [(np.array([[2.075, -2.0375], [-0.85, 0.925]]), np.array([0.075, np.log(3.0) - 0.0375])), (np.array([[3.05], [-1.925]]), np.array([0.1]))]
    call(train, np.array([1.0, 2.0]), np.array([1.0]), network, 0.8, 1).returns((trained, [0.125]))

@test_case(points=0.25, hidden=False)
def three_epochs_of_one_unit(train):
    import numpy as np
    from capas_check import call
    x, t = (np.array([[1.0], [3.0]]), np.array([[1.0], [0.0]]))
    network = [(np.array([[0.0]]), np.array([0.0]))]
    losses = [0.125, 0.11202597, 0.10616298]
    trained = [(np.array([[-0.25993211]]), np.array([0.04431161]))]
    call(train, x, t, network, 1.0, 3).returns((trained, losses), rtol=0, atol=1e-07)

