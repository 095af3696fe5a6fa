"""A program that raises hidden inputs as a note, a cause and a traceback."""


def double(x, label="", through=None):
    try:
        raise KeyError(f"{x} {label}")
    except KeyError as cause:
        error = ValueError("no")
        error.add_note(f"{x} {label}")
        source = f"def f(error, cause):\n  raise error from cause # {x} {label}"
        exec(compile(source, f"{label}{x}", "exec"), globals())
        f(error, cause)
