"""A program that ends its process without a word while it is loaded.

keeps = false
"""

import os

os._exit(0)
