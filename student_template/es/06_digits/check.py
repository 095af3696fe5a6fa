"""Comprueba digits.py con las pruebas públicas: python check.py [pregunta | --watch]. Necesita NumPy."""
from capas_check.script import main

main()
