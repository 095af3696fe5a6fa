"""Where pandoc is, which comes from PyPI as it is."""

from capas.files import UserError


def pandoc_path(told: str) -> str:
    """Return the path of pandoc.

    Raises:
        UserError: when it is not installed: what is ``told``, and how to install it.
    """
    try:
        import pypandoc

        return pypandoc.get_pandoc_path()
    except (ImportError, OSError):
        raise UserError(f"{told}; run: pip install 'capas[publish]'") from None
