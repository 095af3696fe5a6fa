"""The token and the address of a Canvas, and what is not there."""

import logging
from pathlib import Path

import pytest
from canvas_server import TOKEN
from fake_canvas import COURSE
from push_scene import Scene

from capas.canvas.api import Api
from capas.files import UserError


def test_the_token_is_nowhere(scene: Scene, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    scene.canvas.refusals = [429, "drop"]
    scene.apply()
    with pytest.raises(UserError) as wrong:
        Api(scene.url, COURSE, "wrong-" + TOKEN, scene.pauses.append).assignments()
    assert "CANVAS_TOKEN" in str(wrong.value)
    told = caplog.text + "".join(capfd.readouterr()) + str(wrong.value)
    assert TOKEN not in told
    for path in scene.folder.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes()


@pytest.mark.parametrize("url", ["http://canvas.example", "canvas.example", "ftp://x", "https://"])
def test_no_token_goes_over_an_open_line(url: str) -> None:
    with pytest.raises(UserError, match="no address that a token can be sent to"):
        Api(url, COURSE, TOKEN)


def test_what_is_not_there_is_told(scene: Scene) -> None:
    with pytest.raises(UserError, match="no such course or assignment"):
        scene.api().assignment(1)


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    pauses: list[float] = []
    with pytest.raises(UserError, match=r"cannot be reached \(ConnectionError\)"):
        Api("http://127.0.0.1:9", COURSE, TOKEN, pauses.append).assignments()
    assert len(pauses) == 6
