"""What the whole course says of every sample submission, as digests: a change of layout must change none of them.

    python tests/course/shipped/golden.py compare     name what differs from golden.json; exit code 1 when anything does
    python tests/course/shipped/golden.py write       take today's as golden, after a change that was meant

Samples are the reference, the alternatives, the mistakes and the stub of each stage, as `.py` and as notebook. Left
out is what belongs to a run, not to a judgement: hashes of files, versions, isolation, the bytes of pictures, and the
first cell of a notebook, which holds the checks as a program.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from capas.bundle.build import build_stage
from capas.course.model import Stage, load_course
from capas.course.solutions import Solutions
from capas.verify.samples import make_samples

ROOT = Path(__file__).parents[3]
GOLDEN = Path(__file__).with_name("golden.json")
IGNORED = ("sha256", "capas", "isolation", "file", "submission", "kind", "key", "folder", "seconds")


def digests(stage: Stage, language: str, folder: Path) -> dict[str, str]:
    """Return a digest for each sample of a stage, and for the notebook that students get."""
    built = build_stage(stage, language)
    samples = folder / "samples"
    samples.mkdir(parents=True)
    for sample in make_samples(stage, Solutions(stage), built):
        name = f"{sample.kind}_{sample.id}"
        (samples / f"{name}.py").write_bytes(sample.as_script())
        (samples / f"{name}_nb.ipynb").write_bytes(sample.as_notebook(built, stage))
    out = folder / "out"
    _capas("grade", stage.id, samples, "--out", out, "--lang", language, "--feedback")
    made = {}
    for path in sorted((out / "results").glob("*.json")):
        page = (out / "feedback" / f"{path.stem}.html").read_text(encoding="utf-8")
        made[path.stem] = _digest(_result(json.loads(path.read_bytes())), _page(page, path.stem))
    made["(class page)"] = _digest(_page((out / "report.html").read_text(encoding="utf-8"), ""))
    made["(notebook)"] = _digest(_notebook(built.student_files[f"{stage.slug}.ipynb"]))
    made["(script)"] = _digest(built.student_files[f"{stage.slug}.py"].decode())
    return made


def all_digests() -> dict[str, dict[str, str]]:
    """Return the digests of every stage in every language, and of the packages for Canvas."""
    course = load_course(ROOT)
    made = {}
    with tempfile.TemporaryDirectory(prefix="capas-golden-") as name:
        for language in course.languages:
            for stage in course.stages:
                print(f"{stage.id} [{language}] …", flush=True)
                made[f"{stage.id} {language}"] = digests(stage, language, Path(name, language, stage.id))
            made[f"canvas {language}"] = _package(Path(name), language)
    return made


def _package(folder: Path, language: str) -> dict[str, str]:
    _capas("canvas", "package", "--lang", language, "--no-pdf", "--out", folder / "canvas" / language)
    (path,) = (folder / "canvas" / language).glob("*.imscc")
    with zipfile.ZipFile(path) as archive:
        texts = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".html"))}
    # The mark of a page's version is a hash of the files attached to it, checks and all.
    return {name: _digest(re.sub("capas-v[0-9a-f]{16}", "", data.decode())) for name, data in sorted(texts.items())}


def _capas(*arguments: object) -> None:
    command = [sys.executable, "-m", "capas.cli", *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def _result(value: Any) -> Any:
    """Return a result without what belongs to the run."""
    if isinstance(value, dict):
        return {key: _result(item) for key, item in value.items() if key not in IGNORED}
    return [_result(item) for item in value] if isinstance(value, list) else value


def _page(text: str, submission: str) -> str:
    text = re.sub(r"<svg.*?</svg>|<figure.*?</figure>|data:image/[^\"]+|<style.*?</style>", "", text, flags=re.DOTALL)
    text = re.sub(r"\d+[.,]?\d* ms|\d+[.,]?\d* s\b", "", text)
    return text.replace(submission, "") if submission else text


def _notebook(data: bytes) -> list[Any]:
    cells = json.loads(data)["cells"][1:]
    return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]


def _digest(*values: Any) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:10]


def main(command: str) -> int:
    """Do what ``command`` says and return the exit code."""
    made = all_digests()
    if command == "write":
        GOLDEN.write_text(json.dumps(made, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    names = [(group, name) for group in {**golden, **made} for name in {**golden.get(group, {}), **made.get(group, {})}]
    differing = [
        f"{group}: {name}" for group, name in names if golden.get(group, {}).get(name) != made.get(group, {}).get(name)
    ]
    print("\n".join([*differing, f"{len(differing)} of {len(names)} differ"]))
    return bool(differing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
