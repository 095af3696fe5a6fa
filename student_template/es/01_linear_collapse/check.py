"""Comprueba linear_collapse.py con las pruebas públicas: python check.py [pregunta]. Necesita NumPy."""
import capas_check

capas_check.main()
