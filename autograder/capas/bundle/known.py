"""What the student's notebook may know of the mistakes: for public cases, a fingerprint and what to tell."""

from capas.checks.fingerprint import fingerprint_key
from capas.course import Stage
from capas.diagnosis import stage_diagnostician


def known_mistakes(stage: Stage, language: str) -> dict[str, str]:
    """Return explanations by fingerprint of what a mistake does in the public cases of its question.

    Left out are mistakes that pass all of those, those that never do the same twice, and fingerprints that
    mistakes of different behaviour share: in doubt, nothing is said. No code and no hidden input can be
    read from a fingerprint.
    """
    diagnostician = stage_diagnostician(stage)
    known: dict[str, str] = {}
    for question in stage.questions:
        behaviours: dict[str, set[tuple[bytes, ...]]] = {}
        texts: dict[str, str] = {}
        for mistake, outcome in diagnostician.outcomes(question.name):
            public = [index for index, hidden in enumerate(outcome.hidden) if not hidden]
            if all(outcome.passed[index] for index in public):
                continue
            again = diagnostician.run_in_reference(question.name, mistake.function)
            if again.fingerprints != outcome.fingerprints:
                continue
            key = fingerprint_key(question.name, [outcome.calls[index] for index in public])
            behaviours.setdefault(key, set()).add(tuple(outcome.fingerprints))
            texts.setdefault(key, mistake.explanation[language])
        known.update({key: texts[key] for key, seen in behaviours.items() if len(seen) == 1})
    return known
