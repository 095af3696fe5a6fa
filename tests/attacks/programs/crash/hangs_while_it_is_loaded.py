"""A program that hangs while it is loaded.

keeps = false
hangs = true
"""

while True:
    pass
