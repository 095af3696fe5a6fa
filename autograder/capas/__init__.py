"""capas: an auto-graded course kit for the first steps of neural networks."""

__version__ = "0.1.0"
