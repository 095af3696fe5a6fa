"""Which requests are sent again, against a server that refuses, breaks off and counts."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import requests

from capas.canvas.session import MAX_PAUSE_SECONDS, MAX_TRIES, CanvasSession

SPENT = {"X-Rate-Limit-Remaining": "0.0"}
LEFT = {"X-Rate-Limit-Remaining": "583.2"}
DROP, CUT = "drop", "cut"
"""Close the connection before an answer, and in the middle of one."""


class Scene:
    def __init__(self, url: str):
        self.url = url
        self.answers: list[Any] = []
        self.asked = 0
        self.pauses: list[float] = []

    def send(self, method: str, *answers: Any) -> requests.Response:
        self.answers = list(answers)
        return CanvasSession(self.pauses.append).request(method, self.url, data=b"x" if method == "POST" else None)


@pytest.fixture
def scene() -> Iterator[Scene]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_arguments: Any) -> None:
            pass

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            here.asked += 1
            answer = here.answers.pop(0) if here.answers else (200, {})
            if answer == DROP:
                self.close_connection = True
                return
            status, headers = (200, {}) if answer == CUT else answer
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", "1000" if answer == CUT else "4")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"body")

        do_POST = do_PUT = do_GET  # noqa: N815

    server = HTTPServer(("127.0.0.1", 0), Handler)
    here = Scene(f"http://127.0.0.1:{server.server_address[1]}/")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield here
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
@pytest.mark.parametrize("refusal", [(429, {}), (429, {"Retry-After": "soon"}), (403, SPENT)])
def test_what_is_throttled_is_sent_again(scene: Scene, method: str, refusal: Any) -> None:
    response = scene.send(method, refusal, refusal)
    assert (response.status_code, response.content, scene.asked) == (200, b"body", 3)
    assert len(scene.pauses) == 2
    assert all(1 <= pause <= MAX_PAUSE_SECONDS for pause in scene.pauses)


@pytest.mark.parametrize("headers", [{}, LEFT, {"X-Rate-Limit-Remaining": "much"}])
def test_what_is_forbidden_is_not_sent_again(scene: Scene, headers: dict[str, str]) -> None:
    response = scene.send("GET", (403, headers))
    assert (response.status_code, response.content, scene.asked, scene.pauses) == (403, b"body", 1, [])


@pytest.mark.parametrize("fault", [DROP, CUT, (502, {}), (503, {"Retry-After": "2"})])
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_after_a_fault_what_may_be_done_twice_is_sent_again(scene: Scene, method: str, fault: Any) -> None:
    response = scene.send(method, fault, fault)
    assert (response.status_code, response.content, scene.asked) == (200, b"body", 3)


@pytest.mark.parametrize("fault", [DROP, CUT])
def test_after_a_broken_connection_a_post_is_left_to_the_caller(scene: Scene, fault: Any) -> None:
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        scene.send("POST", fault)
    assert (scene.asked, scene.pauses) == (1, [])


def test_a_gateway_s_error_on_a_post_is_left_to_the_caller(scene: Scene) -> None:
    assert scene.send("POST", (503, {"Retry-After": "1"})).status_code == 503
    assert (scene.asked, scene.pauses) == (1, [])


@pytest.mark.parametrize("refusal", [(429, {}), (403, SPENT), (503, {})])
def test_the_last_refusal_is_returned(scene: Scene, refusal: Any) -> None:
    response = scene.send("GET", *[refusal] * 50)
    assert (response.status_code, response.content) == (refusal[0], b"body")
    assert (scene.asked, len(scene.pauses)) == (MAX_TRIES, MAX_TRIES - 1)


@pytest.mark.parametrize(("asked", "waited"), [("7", 7), ("100000", MAX_PAUSE_SECONDS)])
def test_canvas_says_how_long_to_wait(scene: Scene, asked: str, waited: float) -> None:
    scene.send("GET", (429, {"Retry-After": asked}))
    assert scene.pauses == [waited]


@pytest.mark.parametrize("fault", [DROP, CUT])
def test_faults_without_end_are_raised(scene: Scene, fault: Any) -> None:
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        scene.send("GET", *[fault] * 50)
    assert (scene.asked, len(scene.pauses)) == (MAX_TRIES, MAX_TRIES - 1)
