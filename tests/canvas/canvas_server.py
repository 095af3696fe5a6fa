"""The small Canvas over HTTP, which behaves as the facts say, faults and all. It listens on 127.0.0.1 only."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from fake_canvas import COURSE, FakeCanvas

TOKEN = "secret-7f3a-of-the-teacher"


PAGE = 30


@contextmanager
def running(canvas: FakeCanvas) -> Iterator[str]:
    """Run the server; yields its address. It ends with the block."""

    class Handler(_Handler):
        state = canvas

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
    assert canvas.problems == []


class _Dropped(Exception):
    pass


class _Handler(BaseHTTPRequestHandler):
    state: FakeCanvas
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 5

    def log_message(self, *_arguments: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_PUT(self) -> None:
        self._answer("PUT")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def _answer(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.state.lock:
            try:
                status, headers, answer = self._respond(method, body)
            except _Dropped:
                self.close_connection = True
                self.connection.close()
                return
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _respond(self, method: str, body: bytes) -> tuple[int, dict[str, str], Any]:
        state, parts = self.state, urlsplit(self.path)
        state.requests.append((method, parts.path))
        if len(state.requests) > state.limit:
            raise _Dropped
        if state.refusals:
            refusal = state.refusals.pop(0)
            if refusal == "drop":
                raise _Dropped
            text = b"403 Forbidden (Rate Limit Exceeded)\n" if refusal == 403 else b"later"
            return refusal, {"X-Rate-Limit-Remaining": "0.0"} if refusal == 403 else {"Retry-After": "1"}, text
        if parts.path.startswith("/upload/"):
            return self._take_file(parts.path, body)
        if parts.path.startswith("/files/"):
            return 200, {}, state.contents[int(parts.path.rpartition("/")[2])]
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"WWW-Authenticate": "Bearer"}, {"errors": [{"message": "Invalid access token."}]}
        query = parse_qsl(parts.query)
        if self.headers.get("Content-Type", "").startswith("application/json"):
            return self._graphql(json.loads(body))
        form = parse_qsl(body.decode(), keep_blank_values=True)
        for pattern, handler in _ROUTES:
            if match := re.fullmatch(pattern, f"{method} {parts.path.removeprefix('/api/v1/')}"):
                return handler(self, *map(int, match.groups()), query=query, form=form)
        return 404, {}, {"errors": [{"message": "The specified resource does not exist."}]}

    def _page(self, things: list[Any], query: list[tuple[str, str]]) -> tuple[int, dict[str, str], Any]:
        """Give one page; the address of the next means nothing to anybody but this server."""
        begin = int(dict(query).get("bookmark", "0"))
        headers = {}
        if begin + PAGE < len(things):
            base = f"http://{self.headers['Host']}{urlsplit(self.path).path}"
            kept = "&".join(f"{key}={value}" for key, value in query if key != "bookmark")
            headers["Link"] = f'<{base}?{kept}&bookmark={begin + PAGE}>; rel="next", <{base}?{kept}>; rel="first"'
        return 200, headers, things[begin : begin + PAGE]

    def list_assignments(self, _course: int, query: Any, form: Any) -> Any:
        return self._page(list(self.state.assignments.values()), query)

    def get_assignment(self, _course: int, number: int, query: Any, form: Any) -> Any:
        found = self.state.assignments.get(number)
        return (200, {}, found) if found else (404, {}, {})

    def make_assignment(self, _course: int, query: Any, form: Any) -> Any:
        number = self.state.add_assignment(published=True)
        return self.change_assignment(COURSE, number, query, form)

    def change_assignment(self, _course: int, number: int, query: Any, form: Any) -> Any:
        assignment = self.state.assignments[number]
        for key, value in form:
            match = re.fullmatch(r"assignment\[(\w+)\](\[\])?", key)
            assert match, key
            if match[2]:
                values = [one for name, one in form if name == key]
                assignment[match[1]] = values
            elif match[1] == "points_possible":
                assignment[match[1]] = float(value)
            else:
                assignment[match[1]] = {"true": True, "false": False}.get(value, value)
        return 201, {}, assignment

    def make_rubric(self, _course: int, query: Any, form: Any) -> Any:
        told = dict(form)
        rows = sorted({match[1] for key in told if (match := re.match(r"rubric\[criteria\]\[(\d+)\]", key))})
        assignment = self.state.assignments[int(told["rubric_association[association_id]"])]
        assert told["rubric_association[use_for_grading]"] == "false"
        assignment["rubric"] = [
            {
                "id": f"_{row}",
                "description": told[f"rubric[criteria][{row}][description]"],
                "long_description": told[f"rubric[criteria][{row}][long_description]"],
                "points": float(told[f"rubric[criteria][{row}][points]"]),
            }
            for row in rows
        ]
        return 200, {}, {"rubric": {}, "rubric_association": {}}

    def _graphql(self, body: Any) -> Any:
        assert "setAssignmentPostPolicy" in body["query"]
        self.state.assignments[int(body["variables"]["id"])]["post_manually"] = True
        return 200, {}, {"data": {}}

    def list_submissions(self, _course: int, assignment: int, query: Any, form: Any) -> Any:
        with_history = ("include[]", "submission_history") in query
        return self._page([self._shown(assignment, user, with_history) for user in self.state.members], query)

    def _shown(self, assignment: int, user: int, with_history: bool) -> dict[str, Any]:
        member = self.state.members[user]
        shown = self.state.submission(assignment, user) | {
            "user": {"id": user, "name": member.name, "sortable_name": member.name, "login_id": member.login},
            "late": member.late,
            "seconds_late": member.seconds_late,
            "submission_type": "online_upload" if member.attachments else None,
            "attachments": self._attachments(member.attachments),
        }
        if with_history:
            before = [one | {"attachments": self._attachments(one["attachments"])} for one in member.earlier]
            # Canvas has a version of the current one, too, and may have more than one of any.
            shown["submission_history"] = [*before, *before[-1:], dict(shown)]
        return shown

    def _attachments(self, names: Any) -> list[dict[str, Any]]:
        base = f"http://{self.headers['Host']}/files/"
        return [
            {"id": number, "display_name": name, "size": len(self.state.contents[number]), "url": f"{base}{number}"}
            for number, name in names.items()
        ]

    def ask_for_upload(self, *_numbers: int, query: Any, form: Any) -> Any:
        key = f"/upload/{self.state.number()}"
        self.state._pending[key] = dict(form)
        base = f"http://{self.headers['Host']}"
        return 200, {}, {"upload_url": base + key, "upload_params": {"key": key, "x-policy": "signed"}}

    def _take_file(self, path: str, body: bytes) -> Any:
        state = self.state
        if "Authorization" in self.headers:
            state.problems.append("the token went to where files are uploaded")
        boundary = self.headers["Content-Type"].partition("boundary=")[2].encode()
        parts = body.split(b"--" + boundary)[1:-1]
        names = [re.search(rb'name="([^"]+)"', part) for part in parts]
        fields = [name[1].decode() if name else "" for name in names]
        if fields != ["key", "x-policy", "file"]:
            state.problems.append(f"the fields came as {fields}")
        data = parts[-1].partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
        asked = state._pending[path]
        if int(asked["size"]) != len(data):
            state.problems.append("the size was another")
        number = state.number()
        state.files[number] = (asked["name"], data)
        where = f"http://{self.headers['Host']}/api/v1/files/{number}/create_success"
        if number % 2:
            return 201, {"Location": where}, {"id": number}
        return 303, {"Location": where}, b""

    def confirm_upload(self, number: int, query: Any, form: Any) -> Any:
        return 200, {}, {"id": number, "upload_status": "success"}

    def update_grades(self, _course: int, assignment: int, query: Any, form: Any) -> Any:
        state = self.state
        fault = state.drop_bulk.pop(0) if state.drop_bulk else ""
        if fault == "before":
            raise _Dropped
        wanted: dict[int, dict[str, Any]] = {}
        for key, value in form:
            match = re.fullmatch(r"grade_data\[(\d+)\]\[(\w+)\](.*)", key)
            assert match, key
            of = wanted.setdefault(int(match[1]), {"file_ids": [], "rubric": {}})
            if match[2] == "file_ids":
                of["file_ids"].append(int(value))
            elif match[2] == "rubric_assessment":
                row = re.fullmatch(r"\[(\w+)\]\[points\]", match[3])
                assert row, key
                of["rubric"][row[1]] = float(value) if value else None
            else:
                of[match[2]] = value
        failed = [user for user in wanted if user in state.failing or user not in state.members]
        for user, change in wanted.items():
            if user not in failed:
                self._change(state.submission(assignment, user), change)
        number = state.number()
        message = f"Couldn't find User(s) with API ids {failed}" if failed else ""
        state.progresses[number] = {"left": state.slow, "end": "failed" if failed else "completed", "message": message}
        if fault == "after":
            raise _Dropped
        return 200, {}, {"id": number, "workflow_state": "queued"}

    def _change(self, submission: dict[str, Any], change: dict[str, Any]) -> None:
        late = self.state.members[submission["user_id"]].late
        grade = change["posted_grade"]
        submission["entered_score"] = float(grade) if grade else None
        submission["score"] = float(grade) - (self.state.deducted if late else 0) if grade else None
        submission["rubric_assessment"] |= {row: {"points": points} for row, points in change["rubric"].items()}
        if change.get("text_comment") or change["file_ids"]:
            files = [{"id": number, "display_name": self.state.files[number][0]} for number in change["file_ids"]]
            comment = {"id": self.state.number(), "comment": change.get("text_comment", ""), "attachments": files}
            submission["submission_comments"].append(comment)

    def delete_comment(self, _course: int, assignment: int, user: int, comment: int, query: Any, form: Any) -> Any:
        submission = self.state.submission(assignment, user)
        kept = [one for one in submission["submission_comments"] if one["id"] != comment]
        if len(kept) == len(submission["submission_comments"]):
            return 404, {}, {}
        submission["submission_comments"] = kept
        return 200, {}, {}

    def get_progress(self, number: int, query: Any, form: Any) -> Any:
        progress = self.state.progresses[number]
        if progress["left"]:
            progress["left"] -= 1
            return 200, {}, {"id": number, "workflow_state": "running"}
        return 200, {}, {"id": number, "workflow_state": progress["end"], "message": progress["message"]}


_ROUTES = [
    (r"GET courses/(\d+)/assignments", _Handler.list_assignments),
    (r"POST courses/(\d+)/assignments", _Handler.make_assignment),
    (r"GET courses/(\d+)/assignments/(\d+)", _Handler.get_assignment),
    (r"PUT courses/(\d+)/assignments/(\d+)", _Handler.change_assignment),
    (r"POST courses/(\d+)/rubrics", _Handler.make_rubric),
    (r"POST courses/(\d+)/files", _Handler.ask_for_upload),
    (r"GET courses/(\d+)/assignments/(\d+)/submissions", _Handler.list_submissions),
    (r"POST courses/(\d+)/assignments/(\d+)/submissions/(\d+)/comments/files", _Handler.ask_for_upload),
    (r"DELETE courses/(\d+)/assignments/(\d+)/submissions/(\d+)/comments/(\d+)", _Handler.delete_comment),
    (r"POST courses/(\d+)/assignments/(\d+)/submissions/update_grades", _Handler.update_grades),
    (r"GET files/(\d+)/create_success", _Handler.confirm_upload),
    (r"GET progress/(\d+)", _Handler.get_progress),
]
