"""A program that calls exit(0) while it is loaded.

earns = 5.0
"""

exit(0)
