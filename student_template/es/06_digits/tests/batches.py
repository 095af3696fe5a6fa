from otter.test_files import test_case

OK_FORMAT = False

name = "batches"
points = None

@test_case(points=0.25, hidden=False)
def ten_samples_by_four(batches):
    import numpy as np
    from capas_check import call, require

    def batches_of(batches, count, size, seed):
        """Return the finished call and its batches as lists, after looking at their sizes."""
        done = call(batches, count, size, seed)
        sizes = [min(size, count - start) for start in range(0, count, size)]
        value = done.value
        require(isinstance(value, list | tuple) and all((np.ndim(batch) == 1 for batch in value)), es='{done} no devuelve una lista de arreglos, uno por lote.', en='{done} does not return a list of arrays, one a batch.', done=done)
        found = [len(batch) for batch in value]
        require(found == sizes, es='{done}: los lotes tienen {found} muestras; se esperaban {sizes}.', en='{done}: the batches have {found} samples; {sizes} were expected.', done=done, found=found, sizes=sizes)
        lists = [np.asarray(batch).tolist() for batch in value]
        require(sorted((number for batch in lists for number in batch)) == list(range(count)), es='{done}: cada número de 0 a {last} debe salir una vez, en un solo lote.', en='{done}: each number from 0 to {last} is to come once, in one batch only.', done=done, last=count - 1)
        return (done, lists)
    batches_of(batches, 10, 4, 0)

