"""A program that looks for secrets in its environment.

earns = 5.0
"""

import os

tell(dict(os.environ))
