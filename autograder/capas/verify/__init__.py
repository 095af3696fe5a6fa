"""The proof of a course: samples, mutants, and `otter run` beside `capas grade`."""
