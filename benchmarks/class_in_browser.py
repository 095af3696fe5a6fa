"""The class's page in Chromium: how long it takes to open, to search and to sort."""

from pathlib import Path

import msgspec

from benchmarks.chromium import running_chromium

# Until the page shows what came of it: events are handled and all is laid out when the next frame has begun.
SHOWN = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
OPENED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
SEARCH = """(words) => {
  const field = document.getElementById("words"), begin = performance.now();
  field.value = words;
  field.dispatchEvent(new Event("input"));
  document.getElementById("submissions").getBoundingClientRect();
  return performance.now() - begin;
}"""
SORT = """(column) => {
  const button = document.querySelectorAll("#submissions thead button")[column], begin = performance.now();
  button.click();
  document.getElementById("submissions").getBoundingClientRect();
  return performance.now() - begin;
}"""
WORDS = ("s", "st", "student 1", "student_00", "nobody", "")


class Seen(msgspec.Struct, frozen=True):
    """Milliseconds until the page is open, and the longest that a search and a sort took, laid out again."""

    opened: float
    searched: float
    sorted: float


def look_at(page: Path) -> Seen | None:
    """Return how long the page takes, None where there is no browser."""
    with running_chromium() as chromium:
        if chromium is None:
            return None
        tab = chromium.new_page()
        tab.goto(page.absolute().as_uri())
        tab.evaluate(SHOWN)
        columns = tab.locator("#submissions thead button").count()
        return Seen(
            tab.evaluate(OPENED),
            max(tab.evaluate(SEARCH, words) for words in WORDS),
            max(tab.evaluate(SORT, column) for column in range(columns) for _ in ("up", "down")),
        )
