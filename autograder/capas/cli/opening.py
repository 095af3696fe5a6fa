"""Opening the course for a command, with what must be known of its languages said once."""

from pathlib import Path

from capas.cli.messages import warn
from capas.course import model
from capas.texts import FALLBACK, count_missing


def open_course(path: Path | None) -> model.Course:
    """Open the course as `capas.course.model.open_course`; say which of its languages the program does not speak.

    Raises:
        UserError: as that one.
    """
    course = model.open_course(path)
    for language in course.languages:
        missing, all_ = count_missing(language)
        if missing:
            which = "no sentences" if missing == all_ else f"{all_ - missing} of {all_} sentences"
            warn(f"`{language}`: the program has {which} in this language; what it says stands in `{FALLBACK}`")
    return course
