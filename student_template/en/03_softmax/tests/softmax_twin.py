from otter.test_files import test_case

OK_FORMAT = False

name = "softmax_twin"
points = None

@test_case(points=1, hidden=False)
def lecture_example(softmax_twin):
    import numpy as np
    from capas_check import call, require

    def softmax(a):
        """Return softmax of one vector."""
        exponentials = np.exp(np.asarray(a, dtype=float) - np.max(a))
        return exponentials / np.sum(exponentials)

    def check_twin(softmax_twin, a):
        """State that the result is a twin of ``a``; return the finished call."""
        finished = call(softmax_twin, a)
        b = finished.array(shape=np.shape(a))
        rtol = 1e-05 if np.asarray(finished.value).dtype == np.float32 else 1e-06
        require(bool(np.max(np.abs(b - np.asarray(a))) > 0.1 - 0.0001), es='{call} devolvió un vector que apenas se distingue de a; debe separarse al menos 0.1.', en='{call} returned a vector that can hardly be told from a; it must be at least 0.1 away.', call=finished)
        require(bool(np.allclose(softmax(b), softmax(a), rtol=rtol, atol=1e-09)), es='{call} devolvió un vector cuyo softmax es {of_b}; el de a es {of_a}.', en='{call} returned a vector whose softmax is {of_b}; that of a is {of_a}.', call=finished, of_a=softmax(a), of_b=softmax(b))
        return finished
    check_twin(softmax_twin, np.array([-0.21, 0.47, 1.72]))

