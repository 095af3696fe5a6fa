"""The sentences students read, one file a language in `texts/`."""

import functools
import json
from pathlib import Path


class Texts(dict[str, str]):
    """The sentences of the language ``texts["language"]``: ``texts("all_pass", total=3)`` is one of them, filled in."""

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence ``key`` with ``values`` filled in."""
        return self[key].format(**values)


@functools.cache
def load_texts(language: str) -> Texts:
    """Return the sentences of ``language``; ValueError where there are none in it."""
    folder = Path(__file__).with_name("texts")
    if language not in (languages := sorted(path.stem for path in folder.glob("*.json"))):
        raise ValueError(f"no sentences in {language!r}; there are {languages}")
    return Texts(json.loads((folder / f"{language}.json").read_text(encoding="utf-8")), language=language)
