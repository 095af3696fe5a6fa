"""What the commands of `capas canvas` print."""

from pathlib import Path
from typing import TYPE_CHECKING

from capas.cli.messages import say
from capas.texts.points import points_text
from capas.texts.wording import counted

if TYPE_CHECKING:
    from capas.canvas.grades import Difference
    from capas.grading.result import Result
    from capas.submission.manifest import Manifest


def show_collection(manifest: "Manifest", out: Path, stage: str = "STAGE") -> None:
    """Print how many submissions there are, and everything that is not one."""
    collected = manifest.collected()
    late = sum(entry.late for entry in collected)
    say(
        f"{counted(len(collected), 'submission')} from {manifest.platform} in {out}"
        + (f", {late} of them late" if late else "")
    )
    for entry in manifest.entries:
        if entry.state != "collected" or entry.reason:
            say(f"  {entry.state}: {entry.source}: {entry.reason}")
    for name in manifest.missing:
        say(f"  handed in nothing: {name}")
    say(f"Next: capas grade {stage} {out} --out DIR")


def show_difference(difference: "Difference", force: bool) -> None:
    """Print what the CSV would change in the gradebook, and what it would not."""
    kept = "written over" if force else "left as they are without --force"
    groups = [
        ("new", difference.new),
        (f"changed, {kept}", difference.changed),
        ("excused (EX), left alone", difference.excused),
        ("not assigned (N/A), left alone", difference.not_assigned),
        (f"above the maximum of {points_text(difference.possible or 0)}", difference.above),
    ]
    for title, changes in groups:
        if changes:
            say(f"{title}: {len(changes)}")
        for change in changes:
            say(f"  {difference.names[change.student.id]}: {change.old or '–'} → {change.new}")
    if difference.waiting:
        say(f"not graded by hand yet, left out: {len(difference.waiting)}")
    for change in difference.waiting:
        say(f"  {difference.names[change.student.id]}: {', '.join(change.result.waiting)}")
    zeros = [change for change in [*difference.new, *(difference.changed if force else [])] if not change.result.score]
    if zeros:
        say(f"these get 0: {len(zeros)}")
    for change in zeros:
        say(f"  {difference.names[change.student.id]}: {why_zero(change.result)}")
    say(f"unchanged: {len(difference.unchanged)}")
    if difference.unmatched:
        say(f"unmatched, with nobody in the gradebook: {len(difference.unmatched)}")
        for result in difference.unmatched:
            say(f"  {result.file}: {points_text(result.score)}")
    if difference.without:
        say(f"without a submission, left out: {len(difference.without)}")
    points = {change.result.points for change in difference.new + difference.changed}
    if difference.possible is not None and points and points != {difference.possible}:
        ours, theirs = points_text(max(points)), points_text(difference.possible)
        say(f"mind: the stage has {ours} points, Canvas's assignment {theirs}")


def why_zero(result: "Result") -> str:
    """Return why somebody gets 0, in a line."""
    from capas.grading.result import line_text

    if result.grade_lines:
        return "; ".join(map(line_text, result.grade_lines))
    if result.status != "graded":
        return f"{result.status}: {result.message}"
    return result.message or "no case passes"
