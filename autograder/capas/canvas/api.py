"""Canvas's API through canvasapi: what push needs of it, patiently, and with mistakes told in one line."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from capas.files import UserError
from capas.submission import MAX_BYTES

TOKEN = "CANVAS_TOKEN"
MAX_UPLOAD_TRIES = 3
MAX_PROGRESS_SECONDS = 600.0
INCLUDED = ["user", "submission_comments", "rubric_assessment"]


class Unsure(Exception):
    """The connection broke while Canvas was asked to change something: nobody knows yet whether it did."""


class Api:
    """One course in one Canvas.

    Args:
        url: where Canvas is.
        course: the number of the course there.
        token: the access token; it goes into the headers of requests to ``url``, and nowhere else.
        pause: how to wait.

    Raises:
        UserError: when canvasapi is not installed, or ``url`` would show the token to the network.
    """

    def __init__(self, url: str, course: int, token: str, pause: Callable[[float], None] = time.sleep):
        try:
            from canvasapi.course import Course
            from canvasapi.requester import Requester
        except ImportError:
            raise UserError("push needs canvasapi, which is not installed; run: pip install 'capas[canvas]'") from None
        from capas.canvas.session import CanvasSession

        parts = urlsplit(url)
        local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
        if not parts.hostname or not (parts.scheme == "https" or local):
            raise UserError(f"{url!r} is no address that a token can be sent to; expected https://…")
        self.url = f"{parts.scheme}://{parts.netloc}"
        self.pause = pause
        self._session = CanvasSession(pause)
        self._requester = Requester(self.url, token.strip())
        self._requester._session = self._session
        self.course = Course(self._requester, {"id": course})

    def assignments(self) -> list[Any]:
        """Return the course's assignments."""
        with told():
            return list(self.course.get_assignments(per_page=100))

    def assignment(self, number: int) -> Any:
        """Return one assignment."""
        with told():
            return self.course.get_assignment(number)

    def submissions(self, assignment: Any, with_history: bool = False) -> dict[int, Any]:
        """Return every student's submission, with comments, by user; of each every attempt, if asked for."""
        include = [*INCLUDED, "submission_history"] if with_history else INCLUDED
        with told():
            listed = assignment.get_submissions(include=include, per_page=100)
            return {int(submission.user_id): submission for submission in listed}

    def update_grades(self, assignment: Any, grade_data: Mapping[int, Mapping[str, Any]]) -> Any:
        """Ask for many changes at once; return their Progress.

        Raises:
            Unsure: when the connection broke in the middle.
        """
        import requests

        with told():
            try:
                return assignment.submissions_bulk_update(grade_data=grade_data)
            except (requests.ConnectionError, requests.Timeout):
                raise Unsure from None

    def progress(self, number: int) -> Any:
        """Return the Progress of this number."""
        from canvasapi.progress import Progress

        return Progress(self._requester, {"id": number})

    def wait(self, progress: Any) -> str:
        """Wait until a Progress has come to its end; return how: completed, failed, or not in time."""
        waited = 0.0
        for step in (*(0.5, 1.0, 2.0, 3.0), *[5.0] * int(MAX_PROGRESS_SECONDS / 5)):
            with told():
                state = progress.query().workflow_state
            if state in ("completed", "failed"):
                return state
            self.pause(step)
            waited += step
        return f"not done after {waited:.0f} s"

    def call(self, method: str, endpoint: str, **arguments: Any) -> Any:
        """Call an endpoint that canvasapi has no method for; return its JSON."""
        from canvasapi.util import combine_kwargs

        with told():
            return self._requester.request(method, endpoint, _kwargs=combine_kwargs(**arguments)).json()

    def post_manually(self, assignment: int) -> None:
        """Keep an assignment's grades hidden until the teacher posts them; only GraphQL can say that."""
        query = (
            "mutation($id: ID!) { setAssignmentPostPolicy(input: {assignmentId: $id, postManually: true}) "
            "{ postPolicy { postManually } errors { message } } }"
        )
        with told():
            body = {"query": query, "variables": {"id": str(assignment)}}
            self._requester.request("POST", _url="graphql", json=body)  # type: ignore[arg-type]

    def upload(self, endpoint: str, name: str, data: bytes, **arguments: Any) -> int:
        """Upload a file in Canvas's three steps; return its number.

        A file that arrived and is not used by anything is no harm, so all is begun again when the connection breaks.
        """
        import requests

        with told():
            for tried in range(1, MAX_UPLOAD_TRIES + 1):
                try:
                    return self._upload(endpoint, name, data, arguments)
                except (requests.ConnectionError, requests.Timeout):
                    if tried == MAX_UPLOAD_TRIES:
                        raise
                    self.pause(2.0**tried)
        raise AssertionError

    def _upload(self, endpoint: str, name: str, data: bytes, arguments: Mapping[str, Any]) -> int:
        from canvasapi.util import combine_kwargs

        asked = self._requester.request(
            "POST", endpoint, _kwargs=combine_kwargs(name=name, size=len(data), **arguments)
        ).json()
        address, fields = asked.get("upload_url"), asked.get("upload_params")
        if not address or not isinstance(fields, dict):
            raise UserError(f"Canvas did not say where to upload {name}")
        # Without the token: the file may go to another host. It comes after the fields, as that host demands.
        sent = self._session.post(
            address, data=list(fields.items()), files={"file": (name, data)}, allow_redirects=False
        )
        if sent.status_code >= 400:
            raise UserError(f"the upload of {name} was refused with status {sent.status_code}")
        told_where = sent.headers.get("Location", "")
        body = _json(sent.text)
        if 300 <= sent.status_code < 400 or ("id" not in body and told_where):
            confirmed = self._fetch(urljoin(address, told_where))
            body = _json(confirmed.text)
        if not isinstance(body.get("id"), int):
            raise UserError(f"Canvas did not confirm the upload of {name}")
        return body["id"]

    def download(self, address: str) -> bytes:
        """Return an attachment's contents, one byte more than a submission may have at most."""
        with told():
            return self._fetch(address).content[: MAX_BYTES + 1]

    def _fetch(self, address: str) -> Any:
        """Get an address; the token goes along only to Canvas itself."""
        own = f"{urlsplit(address).scheme}://{urlsplit(address).netloc}" == self.url
        return self._requester.request("GET", _url=address, use_auth=own)


def token_from_environment() -> str:
    """Return the access token.

    Raises:
        UserError: when there is none.
    """
    token = os.environ.get(TOKEN, "").strip()
    if not token:
        raise UserError(
            f"no access token in {TOKEN}; make one in Canvas (Account, Settings, New Access Token) and export it"
        )
    return token


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Turn what canvasapi and the network raise into one line, which says nothing of tokens and addresses."""
    import requests
    from canvasapi.exceptions import (
        CanvasException,
        Forbidden,
        InvalidAccessToken,
        RateLimitExceeded,
        ResourceDoesNotExist,
        Unauthorized,
    )

    try:
        yield
    except InvalidAccessToken:
        raise UserError(f"Canvas does not know the token in {TOKEN}; it may have expired, make a new one") from None
    except RateLimitExceeded:
        raise UserError("Canvas asks for more patience than is reasonable; run the same command later") from None
    except (Unauthorized, Forbidden):
        raise UserError(f"Canvas does not allow this; whose token {TOKEN} holds must teach the course") from None
    except ResourceDoesNotExist:
        raise UserError("Canvas has no such course or assignment; look at the numbers in its address") from None
    except CanvasException as error:
        raise UserError(f"Canvas refuses: {' '.join(str(error).split())[:200]}") from None
    except requests.RequestException as error:
        raise UserError(f"Canvas cannot be reached ({type(error).__name__}); run the same command to go on") from None


def _json(text: str) -> dict[str, Any]:
    import json

    try:
        body = json.loads(text.removeprefix("while(1);"))
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
