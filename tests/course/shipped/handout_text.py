"""The prose of a stage in both languages, and what must hold of it whatever its numbers are."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
LANGUAGES = ("es", "en")
PLACES = re.compile(r"^<!-- [^\n]* -->$|^\$\$.*?\$\$$", re.MULTILINE | re.DOTALL)
WORDS = r"\\text\{[^}]*\}"


@dataclass(frozen=True)
class Prose:
    """The ``handout`` of a stage, or another of its texts."""

    stage: str
    name: str = "handout"

    def source(self, language: str) -> str:
        """Return the file as it is."""
        return (ROOT / "assignments" / self.stage / f"{self.name}.{language}.md").read_text(encoding="utf-8")

    def text(self, language: str) -> str:
        """Return it with every run of blanks as one, so that a broken line hides nothing, quoted or not."""
        return " ".join(re.sub(r"^> ", "", self.source(language), flags=re.MULTILINE).split())

    def check(self, *texts: str) -> None:
        """State that each of the texts stands there in both languages."""
        for language in LANGUAGES:
            for text in texts:
                assert text in self.text(language), f"{text!r} does not stand in {self.name}.{language}.md"

    def check_each(self, es: str, en: str) -> None:
        """State that each language has its own text."""
        assert es in self.text("es")
        assert en in self.text("en")

    def check_decimals(self, expected: str) -> None:
        """State that no other decimals than the expected ones stand there."""
        for language in LANGUAGES:
            assert set(re.findall(r"-?\d+\.\d+", self.text(language).replace("−", "-"))) == set(expected.split())

    def check_questions(self, language: str) -> None:
        """State that each question has its place and says what it costs, and that what is given has its place."""
        stage = tomllib.loads((ROOT / "assignments" / self.stage / "assignment.toml").read_text(encoding="utf-8"))
        text = self.source(language)
        assert text.startswith(f"# {stage['title'][language]}\n")
        assert re.findall(r"^<!-- question: (\w+) -->$", text, re.M) == [q["name"] for q in stage["questions"]]
        assert " ".join(re.findall(r"^<!-- given: (.+) -->$", text, re.M)).split() == list(stage.get("given", []))
        points, difficulty = {"es": ("puntos", "dificultad"), "en": ("points", "difficulty")}[language]
        minutes = {"es": "minutos", "en": "minutes"}[language]
        for question in stage["questions"]:
            dots = "●" * question["difficulty"] + "○" * (3 - question["difficulty"])
            worth = f"{question['points']} {points[:-1] if question['points'] == 1 else points}"
            costs = f"*{worth} · {question['minutes']} {minutes} · {difficulty} {dots}*"
            assert f"\n## {question['title'][language]}\n\n{costs}\n" in text

    def check_same_places(self, words: str = WORDS) -> list[str]:
        """State that both languages have the same places and formulas, but for ``words`` in them; return them."""
        spanish, english = (
            [re.sub(words, "", place) for place in PLACES.findall(self.source(language))] for language in LANGUAGES
        )
        assert spanish == english
        return spanish

    def check_hints(self, number: int) -> None:
        """State how many folds there are, each closed."""
        for language in LANGUAGES:
            text = self.source(language)
            assert text.count("<details>") == text.count("</details>") == number
