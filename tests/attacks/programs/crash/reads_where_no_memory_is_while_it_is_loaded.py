"""A program that reads where no memory is while it is loaded.

keeps = false
"""

import ctypes

ctypes.string_at(0)
