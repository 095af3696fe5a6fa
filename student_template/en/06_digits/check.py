"""Checks digits.py against the public cases: python check.py [question | --watch]. Needs NumPy."""
from capas_check.script import main

main()
