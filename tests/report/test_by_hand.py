"""The page on which texts are graded: what is in it, and what cannot get out of it."""

import json
import re

from made import HOSTILE
from made_texts import answers, page_of, well_embedded

from capas.course.model import Stage


def test_nothing_in_an_answer_a_name_or_a_row_leaves_its_place(text_stage: Stage) -> None:
    texts = {f"s{number}{hostile}": f"{hostile}\u2028" for number, hostile in enumerate(HOSTILE)}
    text = page_of(text_stage, answers(text_stage, texts), ["student"], [list(HOSTILE)], {})
    data = well_embedded(text)
    assert len(data["questions"][0]["answers"]) == len(HOSTILE)
    assert data["rows"] == [list(HOSTILE)]
    assert text.count("<script") == 2
    assert re.search(r"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[^']+'; base-uri", text)
    assert "\u202e" not in "".join(answer["text"] for answer in data["questions"][0]["answers"])


def test_who_wrote_nothing_is_counted_and_not_shown(text_stage: Stage) -> None:
    results = answers(text_stage, {"ana": "x"}) + answers(text_stage, {"berta": ""}, "not_begun")
    (question,) = well_embedded(page_of(text_stage, results, [], [], {}))["questions"]
    assert ([answer["id"] for answer in question["answers"]], question["nothing"]) == (["ana"], 1)


def test_without_names_the_order_tells_nothing_either(text_stage: Stage) -> None:
    names = [f"s{number:02d}" for number in range(40)]
    results = answers(text_stage, dict.fromkeys(names, "x"))
    text = page_of(text_stage, results, [], [], {}, is_anonymous=True)
    (question,) = well_embedded(text)["questions"]
    assert {answer["name"] for answer in question["answers"]} == {""}
    ids = [answer["id"] for answer in question["answers"]]
    assert sorted(ids) == names
    assert ids != names
    assert "N. s0" not in text
    (named,) = well_embedded(page_of(text_stage, results, [], [], {}))["questions"]
    assert [answer["name"] for answer in named["answers"]] == [f"N. {name}" for name in names]
    assert json.dumps(named["rubric"]).count("points") == 3
