"""A course of one's own from the command line, in the languages that it has."""

from pathlib import Path

from command import capas


def test_a_new_course_is_proved_and_checked_without_naming_a_language(tmp_path: Path) -> None:
    assert capas("new", "course", "physics", "--lang", "en", folder=tmp_path).returncode == 0
    root = tmp_path / "physics"
    done = capas("verify", folder=root)
    assert (done.returncode, done.stdout) == (2, "")
    assert "`stages` is empty; `capas new stage NAME --questions FUNCTION,FUNCTION` makes one" in done.stderr
    done = capas("new", "stage", "01_falling", "--questions", "mean_speed,fall_time", folder=root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "written: assignments/01_falling/handout.en.md" in done.stdout
    done = capas("verify", "--no-otter", folder=root)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "Everything behaves." in done.stdout
    done = capas("check", "01_falling", "solutions/01_falling/reference.py", folder=root)
    assert "Public cases: all pass (1)." in done.stdout


def test_a_language_without_sentences_is_said_once(tmp_path: Path) -> None:
    capas("new", "course", "physique", "--lang", "fr", folder=tmp_path)
    capas("new", "stage", "01_chute", "--questions", "vitesse", folder=tmp_path / "physique")
    root = tmp_path / "physique"
    title = (root / "course.toml").read_text(encoding="utf-8").replace("Physique", "Physique I/II: la chute")
    (root / "course.toml").write_text(title, encoding="utf-8")
    (root / "jean.py").write_text("def vitesse(x):\n    return x\n", encoding="utf-8")
    for command in (
        ["verify", "--no-otter"],
        ["build"],
        ["check", "01_chute", "jean.py"],
        ["grade", "01_chute", "jean.py", "--out", "graded"],
        ["report", "graded", "--submissions", "jean.py"],
        ["canvas", "package", "--no-pdf"],
    ):
        done = capas(*command, folder=root)
        assert done.returncode == (1 if command[0] == "check" else 0), done.stdout + done.stderr
        assert done.stderr == (
            "capas: `fr`: the program has no sentences in this language; what it says stands in `en`\n"
        )
    assert '<html lang="fr">' in (root / "graded/feedback/jean.html").read_text(encoding="utf-8")
    assert (root / "dist/canvas/physique-i-ii.fr.imscc").is_file()
