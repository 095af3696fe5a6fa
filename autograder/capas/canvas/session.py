"""A session that waits: for an answer, but not for ever; when Canvas asks for patience; when the network is down."""

import random
import time
from collections.abc import Callable
from typing import Any

import requests

TIMEOUT = (10.0, 60.0)
"""How long to wait for a connection, and for each piece of an answer, in seconds."""
TRIES = 7
LONGEST = 60.0
REPEATABLE = ("GET", "HEAD", "PUT", "DELETE")


class PatientSession(requests.Session):
    """Requests one after the other, each with a deadline.

    What Canvas refuses for want of patience (429, or 403 in older ones) is asked again later, as is what may be
    asked twice when the connection fails or a gateway does. Anything else that fails is left to the caller, who
    knows what it would mean to do it twice.
    """

    def __init__(self, pause: Callable[[float], None] = time.sleep):
        super().__init__()
        self._pause = pause

    def request(self, method: str, url: str, **options: Any) -> requests.Response:  # type: ignore[override]
        """Send a request and return the answer, patiently."""
        options["timeout"] = options.get("timeout") or TIMEOUT
        repeatable = method.upper() in REPEATABLE
        for tried in range(1, TRIES + 1):
            try:
                response = super().request(method, url, **options)
            except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
                if not repeatable or tried == TRIES:
                    raise
                self._pause(_backoff(tried))
                continue
            broken = repeatable and response.status_code in (500, 502, 503, 504)
            if tried == TRIES or not (broken or is_throttled(response)):
                return response
            self._pause(_asked_for(response) or _backoff(tried))
        raise AssertionError


def is_throttled(response: requests.Response) -> bool:
    """Tell whether an answer says "later": 429, or 403 from Canvas before October 2025, which also means "never"."""
    if response.status_code == 403:
        spent = response.headers.get("X-Rate-Limit-Remaining", "").startswith(("0.0", "-")) or (
            response.headers.get("X-Rate-Limit-Remaining") == "0"
        )
        return spent or "rate limit" in response.text[:500].lower()
    return response.status_code == 429


def _asked_for(response: requests.Response) -> float:
    try:
        return min(max(float(response.headers.get("Retry-After", "")), 0.0), LONGEST)
    except ValueError:
        return 0.0


def _backoff(tried: int) -> float:
    return min(2.0 ** (tried - 1), LONGEST) * random.uniform(0.75, 1.25)
