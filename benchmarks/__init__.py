"""Speed, measured: run `python -m benchmarks` (or `make bench`) on a quiet machine."""
