"""The settings in a bundle's `otter_config.json`: those that grading heeds, and those that it refuses."""

from typing import Any, Literal

import msgspec

from capas.files import UserError

CONFIG_FILE = "otter_config.json"


_PASSED_OVER = frozenset(
    {
        *("threshold", "points", "public_multiplier", "variables", "print_errors", "notebook_export", "student_data"),
        *("show_stdout_on_release", "show_hidden_tests_on_release", "show_public_results", "channel_priority_strict"),
        *("exclude_conda_defaults", "python_version", "files", "requirements", "environment", "pdfs", "otter_run"),
    }
)
"""Settings of other versions of Otter, which pass over what they do not know, too."""


class OtterConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of Otter 5, 6 and 7. What is not looked at here decides no score."""

    score_threshold: float | None = None
    points_possible: float | None = None
    show_stdout: Any = False
    show_hidden: Any = False
    show_all_public: Any = False
    seed: int | None = None
    seed_variable: str | None = None
    grade_from_log: bool = False
    serialized_variables: dict[str, str] | None = None
    pdf: Any = False
    token: Any = None
    course_id: Any = None
    assignment_id: Any = None
    filtering: Any = False
    pagebreaks: Any = False
    debug: bool = False
    autograder_dir: Any = "/autograder"
    lang: Literal["python", "r"] = "python"
    miniconda_path: Any = ""
    plugins: list[str | dict[str, Any]] = []
    logo: Any = True
    print_summary: Any = True
    print_score: Any = True
    zips: bool = False
    log_level: Any = None
    assignment_name: str | None = None
    warn_missing_pdf: Any = False
    force_public_test_summary: Any = True
    submit_blank_pdf_on_export_failure: Any = False
    use_submission_pdf: Any = False
    pdf_via_html: Any = False

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
        given = msgspec.json.decode(data, type=dict[str, Any])
        config = msgspec.convert({name: given[name] for name in given.keys() - _PASSED_OVER}, OtterConfig)
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
