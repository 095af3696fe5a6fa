"""A program that ends its process without a word while it is loaded.

earns = 5.0
"""

import os

os._exit(0)
