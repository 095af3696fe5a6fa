"""A program that reads where no memory is while it is loaded.

earns = 5.0
"""

import ctypes

ctypes.string_at(0)
