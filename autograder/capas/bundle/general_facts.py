"""What students are told in every stage: which libraries there are, how answers are compared, the readme beside it."""

from collections.abc import Iterable

from capas.course.data_files import data_files
from capas.course.handout import HandoutPiece, read_handout
from capas.course.libraries import project_name, used_libraries
from capas.course.model import Stage
from capas.course.site_address import page_address
from capas.texts import program_texts

CHECKS_NEED = ("numpy", "matplotlib")
"""Libraries that every student installs: what checks, and what shows pictures."""
MAX_NAMED = 5
"""How many data files are named."""


def handout_pieces(stage: Stage, language: str, explorables: bool = False) -> list[HandoutPiece]:
    """Return the handout of ``stage`` in pieces, with what holds for every question said where its opening ends.

    With ``explorables`` it is for the web site; all others link to their page there, where the course says where it is.

    Raises:
        UserError: as `read_handout`.
    """
    pieces = read_handout(stage, language, explorables)
    names = ", ".join(f"`{name}`" for name in map(project_name, stage.libraries))
    texts = program_texts(language)
    facts = [texts("handout_libraries", names=names), texts("handout_comparison")]
    if data := list(data_files(stage)):
        files = ", ".join([*(f"`{name}`" for name in data[:MAX_NAMED]), *(["…"] if len(data) > MAX_NAMED else [])])
        facts.append(texts("handout_data", files=files))
    if stage.measures:
        facts.append(_leaderboard_fact(stage, language))
    if stage.site and not explorables:
        facts.append(texts("handout_site", address=page_address(stage.site, stage.id, language)))
    told = HandoutPiece("text", "\n\n".join(facts))
    end = next((index for index, piece in enumerate(pieces) if _ends_opening(piece)), len(pieces))
    return [*pieces[:end], told, *pieces[end:]]


def _leaderboard_fact(stage: Stage, language: str) -> str:
    """Say by what the class is ordered, and who sees whose name."""
    texts = program_texts(language)
    titles = ", ".join(
        f"{measure.title[language]} ({texts(f'board_{measure.better}')})"
        for measure in stage.measures
        if measure.better
    )
    return texts("handout_leaderboard", measures=titles, names=texts(f"handout_leaderboard_{stage.leaderboard}"))


def _ends_opening(piece: HandoutPiece) -> bool:
    return piece.kind in ("question", "given") or (piece.kind == "text" and piece.value.startswith("## "))


def readme(stage: Stage, language: str, sources: Iterable[str]) -> tuple[str, str]:
    """Return the name and the text of the readme in `student.zip`: what to open, to install, to hand in.

    Plain text, as it opens by a touch on a phone and with every Windows. ``sources`` are what students run.
    """
    texts = program_texts(language)
    facts = {
        "notebook": f"{stage.slug}.ipynb",
        "script": f"{stage.slug}.py",
        "question": stage.questions[0].name,
        "names": ", ".join(map(project_name, stage.libraries)),
    }
    installed = dict.fromkeys([*CHECKS_NEED, *used_libraries(sources, stage.libraries)])
    facts["install"] = " ".join(installed)
    data = data_files(stage)
    facts["file"] = next(iter(data), "")
    parts = ["open", *(["data"] if data else []), "install", "check", "hand_in", "libraries"]
    told = [texts(f"readme_{part}", **facts) for part in parts]
    return texts("readme_file"), "\n\n".join([stage.title[language], *told]) + "\n"
