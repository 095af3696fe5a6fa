"""What reading looks for: by the names of its questions an answer is known, whatever its file is called."""

from collections.abc import Mapping

import msgspec

from capas.submission.definitions import Definitions


class StageNames(msgspec.Struct, frozen=True):
    """The names that a stage's questions ask for, and those of functions that the stage gives."""

    questions: tuple[str, ...]
    given: tuple[str, ...] = ()


class Sought(msgspec.Struct, frozen=True):
    """The stage that is graded, "" where it has no id, its names, and those of the course's other stages by id.

    ``data`` has the hash of each of its data files, by the name under which all students have it.
    With ``as_otter`` the cells are wanted as Otter runs them, see `capas.submission.otter_notebook`.
    """

    stage: str = ""
    names: StageNames = StageNames(())
    other_stages: Mapping[str, StageNames] = {}
    data: Mapping[str, str] = {}
    as_otter: bool = False
    written: tuple[str, ...] = ()
    """The questions that are answered in words."""

    def answered(self, found: Definitions) -> frozenset[str]:
        """Return the questions that are answered in some way, be it wrong."""
        return found.answered & set(self.names.questions)

    def is_of_this_stage(self, found: Definitions) -> bool:
        """Tell whether a file defines any question, were it only as the stub."""
        return not found.names.isdisjoint(self.names.questions)

    def other_stage(self, found: Definitions) -> str:
        """Return the id of the other stage whose file this is, "" when it is none's.

        Of this stage it may then define only what the other one gives.
        """
        best, most = "", 0
        own = found.names & set(self.names.questions)
        for stage, names in self.other_stages.items():
            asked = found.names & (set(names.questions) - set(self.names.questions) - set(self.names.given))
            if len(asked) > most and own <= set(names.given):
                best, most = stage, len(asked)
        return best


NOTHING_SOUGHT = Sought()
