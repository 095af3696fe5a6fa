"""The sentences students read, one file a language in `texts/`."""

import functools
import json
from pathlib import Path


class Texts(dict[str, str]):
    """The sentences of one language: ``texts("all_pass", total=3)`` is the sentence of that key, filled in."""

    language = ""

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence ``key`` with ``values`` filled in."""
        return self[key].format(**values)


@functools.cache
def load_texts(language: str) -> Texts:
    """Return the sentences of ``language``; ValueError where there are none in it."""
    return read_texts(Path(__file__).with_name("texts"), language)


def read_texts(folder: Path, language: str) -> Texts:
    """Return the sentences in the file of ``language`` in ``folder``, with the same error."""
    file = folder / f"{language}.json"
    if not file.is_file():
        raise ValueError(
            f"no sentences in {language!r}; there are {sorted(path.stem for path in folder.glob('*.json'))}"
        )
    texts = Texts(json.loads(file.read_text(encoding="utf-8")))
    texts.language = language
    return texts
