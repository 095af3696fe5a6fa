"""Checks softmax.py against the public cases: python check.py [question]. Needs NumPy."""
import capas_check

capas_check.main()
