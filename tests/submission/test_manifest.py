"""What is known of a student from one collection stays known after another that says less."""

from capas.submission.manifest import Entry, Manifest, joined


def entry(attachment: int, **more: object) -> Entry:
    fields = {"id": f"ana_{attachment}", "user": "42", "attachment": str(attachment), "name": "ana", **more}
    return Entry(f"ana_42_{attachment}_softmax.py", "collected", **fields)  # pyright: ignore[reportArgumentType]


def manifest(*entries: Entry) -> Manifest:
    return Manifest("canvas", "submissions.zip", list(entries))


NAMED = {"full_name": "Núñez, Ana", "login": "ana@uni.example", "sis": "S1", "section": "A"}


def test_a_gradebook_that_was_given_once_is_remembered_for_later_attempts() -> None:
    both = joined(manifest(entry(1, **NAMED)), manifest(entry(2)), {"ana_1", "ana_2"})
    assert [(one.id, one.full_name, one.login, one.sis, one.section) for one in both.collected()] == [
        ("ana_2", "Núñez, Ana", "ana@uni.example", "S1", "A"),
        ("ana_1", "Núñez, Ana", "ana@uni.example", "S1", "A"),
    ]


def test_a_gradebook_that_is_given_later_names_earlier_attempts_and_what_is_newer_counts() -> None:
    both = joined(manifest(entry(1, section="A")), manifest(entry(2, **{**NAMED, "section": "B"})), {"ana_1", "ana_2"})
    assert {(one.full_name, one.section) for one in both.collected()} == {("Núñez, Ana", "B"), ("Núñez, Ana", "A")}


def test_who_has_no_number_of_a_platform_is_nobody_else() -> None:
    both = joined(manifest(entry(1, user="", **NAMED)), manifest(entry(2, user="")), {"ana_1", "ana_2"})
    assert both.entries[0].full_name == ""


def test_how_late_is_remembered_of_the_same_submission_only() -> None:
    old = manifest(entry(1, late=True, seconds_late=3600.0))
    assert joined(old, manifest(entry(1, late=True)), {"ana_1"}).entries[0].seconds_late == 3600.0
    assert joined(old, manifest(entry(1)), {"ana_1"}).entries[0].seconds_late is None
    assert joined(old, manifest(entry(1, late=True, seconds_late=9.0)), {"ana_1"}).entries[0].seconds_late == 9.0
    assert joined(old, manifest(entry(2, late=True)), {"ana_1"}).entries[0].seconds_late is None
