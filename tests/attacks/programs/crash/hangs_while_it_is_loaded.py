"""A program that hangs while it is loaded.

earns = 5.0
hangs = true
"""

while True:
    pass
