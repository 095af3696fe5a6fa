"""`python -m capas.cli` is `capas`."""

from capas.cli.main import main

main()
