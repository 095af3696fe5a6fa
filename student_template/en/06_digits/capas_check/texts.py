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
    """Return the sentences of ``language``; those that it lacks are the English ones."""
    folder, texts = Path(__file__).with_name("texts"), Texts(language=language)
    for file in filter(Path.is_file, (folder / "en.json", folder / f"{language}.json")):
        texts |= json.loads(file.read_text(encoding="utf-8"))
    return texts
