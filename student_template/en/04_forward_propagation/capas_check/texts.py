"""The sentences students read, one file a language in `texts/`."""

import functools
import json
from collections.abc import Mapping
from pathlib import Path


class Texts(dict[str, str]):
    """The sentences of the language ``texts["language"]``: ``texts("all_pass", total=3)`` is one of them, filled in."""

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence ``key`` with ``values`` filled in."""
        return self[key].format(**values)

    def choose(self, sentences: Mapping[str, str]) -> str:
        """Return the one of ``sentences``, by language, in this language, else in English, else the first."""
        own = sentences.get(self["language"]) or sentences.get("en")
        return own or next(iter(sentences.values()))


@functools.cache
def load_texts(language: str) -> Texts:
    """Return the sentences of ``language``; those that it lacks are the English ones."""
    folder, texts = Path(__file__).with_name("texts"), Texts()
    for name in ("en", language):
        if (path := folder / f"{name}.json").is_file():
            texts |= json.loads(path.read_text(encoding="utf-8"))
    return Texts(texts, language=language)
