"""Mistakes of the person who uses the program: shown in one line, without a traceback."""


class UserError(Exception):
    """Something to put right. The text says what is wrong, where, and what to do."""
