"""Checks backpropagation.py against the public cases: python check.py [question]. Needs NumPy."""
from capas_check.script import main

main()
