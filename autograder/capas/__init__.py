"""capas: an auto-graded course kit, and the course that it was made for: the first steps of neural networks."""

__version__ = "0.2.0"
