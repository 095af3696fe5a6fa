"""The settings in a bundle's `otter_config.json`: those that grading heeds, and those that it refuses."""

from typing import Any, Literal

import msgspec

from capas.files import UserError

CONFIG_FILE = "otter_config.json"


class OtterConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of Otter 5, 6 and 7. What is not looked at here decides no score."""

    score_threshold: float | None = None
    points_possible: float | None = None
    show_stdout: bool = False
    show_hidden: bool = False
    show_all_public: bool = False
    seed: int | None = None
    seed_variable: str | None = None
    grade_from_log: bool = False
    serialized_variables: dict[str, str] | None = None
    pdf: bool = False
    token: str | None = None
    course_id: int | str | None = None
    assignment_id: int | str | None = None
    filtering: bool = False
    pagebreaks: bool = False
    debug: bool = False
    autograder_dir: str = "/autograder"
    lang: Literal["python", "r"] = "python"
    miniconda_path: str = ""
    plugins: list[str | dict[str, Any]] = []
    logo: bool = True
    print_summary: bool = True
    print_score: bool = True
    zips: bool = False
    log_level: int | None = None
    assignment_name: str | None = None
    warn_missing_pdf: bool = False
    force_public_test_summary: bool = True
    submit_blank_pdf_on_export_failure: bool = False
    use_submission_pdf: bool = False
    pdf_via_html: bool = False

    def counted(self, score: float, points: float) -> tuple[float, float]:
        """Return score and points of an assignment as Otter reports them, whatever its questions add up to."""
        whole = points if self.points_possible is None else self.points_possible
        part = score / points if points else 0.0
        if self.score_threshold is not None:
            return (whole if part >= self.score_threshold else 0.0), whole
        return (score if self.points_possible is None else part * whole), whole


def read_config(where: str, data: bytes) -> OtterConfig:
    """Read an `otter_config.json`.

    Raises:
        UserError: when it cannot be read, has settings that are not Otter's, or asks for what is not done here.
    """
    try:
        config = msgspec.json.decode(data, type=OtterConfig)
    except msgspec.ValidationError as error:
        raise UserError(f"{where}: {_said(error)}; settings are those of Otter 5 to 7") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UserError(f"{where} is no JSON: {error}; make the zip again with otter assign") from None
    if config.lang == "r":
        raise UserError(f"{where}: this is an assignment in R, which is not graded here; use otter grade")
    if config.plugins:
        names = [name for one in config.plugins for name in ([one] if isinstance(one, str) else one)]
        if any(name.startswith("capas.") for name in names):
            raise UserError(f"{where}: capas build made this zip; grade it by the name of its stage")
        raise UserError(f"{where}: the plugins {', '.join(names)} are not run here; take them out, or use otter grade")
    if config.grade_from_log:
        raise UserError(
            f"{where}: `grade_from_log` is not done here: notebooks are run; take it out, or use otter grade"
        )
    if config.debug:
        raise UserError(f"{where}: `debug` stops at a student's first error; take it out")
    return config


def _said(error: msgspec.ValidationError) -> str:
    return str(error).replace("Object contains unknown field", "unknown setting").replace(" - at `$.", " at `")
