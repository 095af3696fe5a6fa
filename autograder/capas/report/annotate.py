"""The submitted file with the feedback in it: cells in a notebook, comments in a `.py`. Nothing is run here."""

import ast
import base64
import json
import re
import textwrap
from typing import Any

from capas.course.question_kinds import variable_name
from capas.course.text_files import source_lines
from capas.report.student_feedback import QuestionFeedback, StudentFeedback
from capas.report.texts import score_text
from capas.submission import (
    ANSWER,
    OWN_CELL,
    Submission,
    TooMuchError,
    Unreadable,
    call_bounded,
    decode_text,
    is_own_cell,
)
from capas.texts import program_texts
from capas.texts.plain import clean

ROLE = "feedback"
WIDTH = 100


def annotated(feedback: StudentFeedback, submission: Submission) -> tuple[str, bytes] | None:
    """Return the ending and the contents of the file that was graded with feedback in it; None if that cannot be done.

    Args:
        feedback: the feedback.
        submission: what was handed in, with its answer; in an archive the one inside is taken.
    """
    is_script = submission.code.is_script
    try:
        made = call_bounded(_annotated, feedback, submission.answer, is_script)
    except TooMuchError:
        return None
    return ("py" if is_script else "ipynb", made) if made else None


def _annotated(feedback: StudentFeedback, answer: bytes, is_script: bool) -> bytes:
    """Return the contents of the file, none if that cannot be done."""
    try:
        text = decode_text(answer)
        return annotate_script(feedback, text).encode() if is_script else annotate_notebook(feedback, text)
    except (Unreadable, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return b""


def annotate_notebook(feedback: StudentFeedback, text: str) -> bytes:
    """Return a notebook with a cell on top and one after each question's answer.

    Raises:
        ValueError: and other errors of its kind, when it is no notebook.
    """
    notebook = json.loads(text)
    holder = notebook if "cells" in notebook else notebook["worksheets"][0]
    # Whoever hands in a notebook with feedback in it gets the new one only.
    cells = [cell for cell in holder["cells"] if not _is_feedback(cell)]
    with_ids = "cells" in notebook and (notebook["nbformat"], notebook["nbformat_minor"]) >= (4, 5)
    places = {question.name: _place(cells, question.name) for question in feedback.questions}
    lost = [question for question in feedback.questions if places[question.name] is None]
    made = [_cell(0, _top(feedback, lost), with_ids)]
    for index, cell in enumerate(cells):
        made.append(cell)
        for question in feedback.questions:
            if places[question.name] == index:
                made.append(_cell(len(made), _question(question, feedback.language), with_ids))
    holder["cells"] = made
    return json.dumps(notebook, ensure_ascii=True, indent=1).encode() + b"\n"


def _is_feedback(cell: Any) -> bool:
    metadata = cell.get("metadata")
    own = metadata.get(OWN_CELL) if isinstance(metadata, dict) else None
    return isinstance(own, dict) and own.get("role") == ROLE


def _place(cells: list[Any], name: str) -> int | None:
    """Return the index of the cell with the answer: the last that defines it, else its stub's."""
    stub = None
    defines = re.compile(
        rf"^(?:(?:async )?def|class) {re.escape(name)}\b|^{re.escape(name)}\s*(?::[^=\n]+)?=[^=]", re.MULTILINE
    )
    for index in reversed(range(len(cells))):
        cell = cells[index]
        source = cell.get("source", cell.get("input", ""))
        text = "".join(map(str, source)) if isinstance(source, list) else str(source)
        metadata = cell.get("metadata")
        metadata = metadata if isinstance(metadata, dict) else {}
        if cell.get("cell_type") == "code" and defines.search(text) and not is_own_cell(metadata, text):
            return index
        own = metadata.get(OWN_CELL)
        if isinstance(own, dict) and own.get("role") in ("stub", ANSWER) and own.get("name") == name:
            stub = index
    return stub


def _cell(number: int, text: str, with_id: bool) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": "markdown",
        "metadata": {OWN_CELL: {"role": ROLE}, "tags": ["otter_ignore"]},
        "source": text,
    }
    return {"id": f"capas-feedback-{number:03d}", **cell} if with_id else cell


def _top(feedback: StudentFeedback, lost: list[QuestionFeedback]) -> str:
    language, say = feedback.language, program_texts(feedback.language)
    score = score_text(feedback.score, feedback.points, language)
    lines = [f"## {_plain(say('student_feedback'))}", f"**{_plain(score)}**"]
    if feedback.message:
        lines.append(_code(feedback.message))
    if feedback.decided:
        lines.append(f"**{_plain(say('decided'))}**")
        lines.append("\n".join(f"- {_plain(sentence)}" for sentence in feedback.decided))
    if feedback.summary:
        lines.append(_plain(feedback.summary))
    if feedback.code:
        lines.append(_plain(f"{say('student_requests')}: {say('student_requests_how')}"))
    if feedback.questions:
        lines.append("\n".join(f"- {_line(question, language)}" for question in feedback.questions))
        lines.append(_plain(say("student_notebook_place")))
    for question in lost:
        lines += [_question(question, language), _plain(say("student_not_found"))]
    return "\n\n".join(lines)


def _line(question: QuestionFeedback, language: str) -> str:
    sign = {"full": "✔", "partial": "◐", "none": "✘", "not_begun": "○", "waiting": "…"}[question.state]
    score = score_text(question.score, question.points, language)
    return f"{sign} {_plain(question.title)}: {_plain(score)}"


def _question(question: QuestionFeedback, language: str) -> str:
    say = program_texts(language)
    blocks = [f"**{_plain(say('student_feedback'))}** · {_line(question, language)}"]
    if question.decided:
        blocks.append(_plain(question.decided))
    if question.carried:
        blocks.append(_plain(say("student_carried")))
    if question.manual and not question.begun:
        blocks.append(_plain(say("decided_not_written")))
    if question.manual and question.code:
        blocks.append(_plain(_asked(question.code, language)))
    if question.manual or question.all_pass:
        return "\n\n".join([*blocks, *_picture(question)])
    if question.explanation:
        blocks.append(f"**{_plain(say('student_diagnosis'))}.** {_prose(question.explanation)}")
    blocks.append("\n".join(_cases(question, language)) if question.begun else _plain(say("diagnosis_not_begun")))
    blocks += _picture(question)
    if question.next_steps:
        blocks.append(f"**{_plain(say('student_next'))}**")
        blocks.append("\n".join(f"- {_plain(step)}" for step in question.next_steps))
    return "\n\n".join(blocks)


def _picture(question: QuestionFeedback) -> list[str]:
    if not question.picture:
        return []
    data = base64.b64encode(question.picture.png).decode()
    return [f"![{_plain(question.picture.alt)}](data:image/png;base64,{data})"]


def _cases(question: QuestionFeedback, language: str) -> list[str]:
    say = program_texts(language)
    cases = []
    for case in question.public:
        title = _plain(say("student_case", number=case.number))
        told = f"- ✘ {title}: {_code(case.message)}{_plain(_asked(case.code, language))}"
        cases.append(f"- ✔ {title}" if case.passed else told)
    sign = "✘" if question.hidden else "✔"
    cases.append(
        f"- {sign} {_plain(say('student_hidden', passed=question.hidden_passed, total=question.hidden_total))}"
    )
    for failure in question.hidden:
        told = f"{failure.which}: {failure.sentence}{_asked(failure.code, language)}"
        cases.append(f"    - {_plain(told)}")
    return cases


def _asked(code: str, language: str) -> str:
    """Return the code by which the student asks for something to be looked at again, where there is one."""
    return f" ({program_texts(language)('student_code')} {code})" if code else ""


def _plain(text: str) -> str:
    """Return ``text`` so that neither Markdown, HTML nor MathJax sees anything in it but text."""
    return re.sub(r"[^\w\s,;¿?¡()%−–…«»“”]|_", lambda sign: f"&#{ord(sign[0])};", " ".join(clean(text).split()))


def _prose(text: str) -> str:
    """As `_plain`, for a sentence of the course's own, in which code stands between backquotes."""
    pieces = [_code(piece) if index % 2 else _plain(piece) for index, piece in enumerate(text.split("`"))]
    return " ".join(filter(None, pieces))


def _code(text: str) -> str:
    # MathJax leaves what is inside this element alone, dollar signs and all.
    return f"<code>{_plain(text)}</code>"


def annotate_script(feedback: StudentFeedback, source: str) -> str:
    """Return a `.py` with comments on top and before each question's answer."""
    tree = _parsed(source)
    places = _answer_lines(tree)
    made = _with_comments(feedback, source, places)
    if places and ast.dump(_parsed(made)) != ast.dump(tree):
        # An odd layout, such as a line that goes on after a backslash: then all comments go on top.
        made = _with_comments(feedback, source, {})
    return made


def _with_comments(feedback: StudentFeedback, source: str, places: dict[str, int]) -> str:
    language, say = feedback.language, program_texts(feedback.language)
    score = score_text(feedback.score, feedback.points, language)
    top = [f"{say('student_feedback')}: {feedback.title}", score, *filter(None, [feedback.message])]
    if feedback.decided:
        top += [f"{say('decided')}:", *(f"  - {sentence}" for sentence in feedback.decided)]
    top += filter(None, [feedback.summary])
    if feedback.code:
        top.append(f"{say('student_requests')}: {say('student_requests_how')}")
    for question in feedback.questions:
        if question.name not in places:
            top += ["", *_question_lines(question, language)]
    before = {places[q.name]: _question_lines(q, language) for q in feedback.questions if q.name in places}
    made = [*_comment(top), ""]
    for number, line in enumerate(source_lines(source), 1):
        made += [*_comment(before.get(number, [])), line]
    return "\n".join(made).rstrip("\n") + "\n"


def _parsed(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _answer_lines(tree: ast.Module) -> dict[str, int]:
    """Return the line where each function or class begins, decorators included, or a variable gets its value."""
    lines: dict[str, int] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            lines[node.name] = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        elif isinstance(node, ast.Assign | ast.AnnAssign) and (name := variable_name(node)):
            lines[name] = node.lineno
    return lines


def _question_lines(question: QuestionFeedback, language: str) -> list[str]:
    say = program_texts(language)
    lines = [f"{question.name}: {score_text(question.score, question.points, language)}"]
    if question.decided:
        lines.append(question.decided)
    if question.carried:
        lines.append(say("student_carried"))
    if question.manual and not question.begun:
        lines.append(say("decided_not_written"))
    if question.manual and question.code:
        lines.append(_asked(question.code, language).strip())
    if question.manual or question.all_pass:
        return lines
    if question.explanation:
        lines.append(f"{say('student_diagnosis')}: {question.explanation}")
    lines += _case_lines(question, language) if question.begun else [say("diagnosis_not_begun")]
    if question.next_steps:
        lines += [f"{say('student_next')}:", *(f"  - {step}" for step in question.next_steps)]
    return lines


def _case_lines(question: QuestionFeedback, language: str) -> list[str]:
    say, lines = program_texts(language), []
    for case in question.public:
        title = say("student_case", number=case.number)
        lines.append(f"✔ {title}" if case.passed else f"✘ {title}: {case.message}{_asked(case.code, language)}")
    lines.append(say("student_hidden", passed=question.hidden_passed, total=question.hidden_total))
    for failure in question.hidden:
        lines.append(f"  ✘ {failure.which}: {failure.sentence}{_asked(failure.code, language)}")
    return lines


def _comment(lines: list[str]) -> list[str]:
    """Return lines as comments; what a student's code said cannot end one."""
    made = []
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip(" ")))
        words = " ".join(clean(line).split())
        made += textwrap.wrap(
            words, WIDTH, initial_indent=f"#: {indent}", subsequent_indent=f"#:   {indent}", break_on_hyphens=False
        ) or ["#:"]
    return made
