"""An HTTP session for Canvas's API: every request has a deadline, and is sent again where that is safe."""

import contextlib
import time
from collections.abc import Callable, Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import ChunkedEncodingError
from urllib3.exceptions import InvalidHeader, MaxRetryError, ProtocolError, ReadTimeoutError
from urllib3.util import Retry

TIMEOUT = (10.0, 60.0)
"""How long to wait for a connection, and for each piece of an answer, in seconds."""
MAX_TRIES = 7
MIN_PAUSE_SECONDS = 1.0
MAX_PAUSE_SECONDS = 60.0
REPEATABLE_METHODS = ("GET", "HEAD", "PUT", "DELETE")
GATEWAY_ERRORS = (500, 502, 503, 504)


class CanvasRetry(Retry):
    """When a request is sent again, and after how long.

    A request that Canvas throttles (429, or 403 before October 2025) was not carried out, so any method is sent
    again. After a broken connection or an error of a gateway nobody knows whether it was: then only methods that
    may be carried out twice are. The last answer is returned as it is.

    Args:
        pause: waits for a number of seconds.
        options: as of `urllib3.util.Retry`.
    """

    def __init__(self, pause: Callable[[float], None], **options: Any):
        super().__init__(**options)
        self._pause = pause

    def new(self, **options: Any) -> "CanvasRetry":
        """Return a copy with other counts."""
        return super().new(pause=self._pause, **options)

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:
        """Tell whether an answer may ask for another try; of a 403, `increment` decides by its headers."""
        if status_code in GATEWAY_ERRORS:
            return method.upper() in REPEATABLE_METHODS
        return status_code in (403, 429)

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: Any = None,
        error: Any = None,
        _pool: Any = None,
        _stacktrace: Any = None,
    ) -> "CanvasRetry":
        """Return what is left to try.

        Raises:
            MaxRetryError: when nothing is, or another try is not safe or of no use.
        """
        unsafe = error is not None and (method or "").upper() not in REPEATABLE_METHODS
        forbidden = response is not None and response.status == 403 and not is_throttled(response.headers)
        if unsafe or forbidden:
            raise MaxRetryError(_pool, url or "", error) from error  # type: ignore[arg-type]
        return super().increment(method, url, response, error, _pool, _stacktrace)

    def sleep(self, response: Any = None) -> None:
        """Wait as long as Canvas asks for, or longer after each failure."""
        asked = None
        if response is not None:
            with contextlib.suppress(InvalidHeader):
                asked = self.get_retry_after(response)
        # urllib3 does not wait before the first retry; Canvas fills its quota by the second.
        seconds = asked or max(self.get_backoff_time(), MIN_PAUSE_SECONDS)
        self._pause(min(seconds, MAX_PAUSE_SECONDS))


class CanvasSession(requests.Session):
    """Requests that `CanvasRetry` sends again, in the connection and when an answer breaks off in its middle."""

    def __init__(self, pause: Callable[[float], None] = time.sleep):
        super().__init__()
        self._retry = CanvasRetry(
            pause,
            total=MAX_TRIES - 1,
            backoff_factor=1.0,
            backoff_jitter=1.0,
            backoff_max=MAX_PAUSE_SECONDS,
            raise_on_status=False,
        )
        for scheme in ("https://", "http://"):
            self.mount(scheme, HTTPAdapter(max_retries=self._retry))

    def request(self, method: str, url: str, **options: Any) -> requests.Response:  # type: ignore[override]
        """Send a request and return the answer, whole."""
        options["timeout"] = options.get("timeout") or TIMEOUT
        retry = self._retry
        while True:
            try:
                return super().request(method, url, **options)
            except (ChunkedEncodingError, requests.ConnectionError) as error:
                # urllib3 has no part in this any more: it hands an answer over when its headers are there.
                if not _broke_off(error):
                    raise
                try:
                    retry = retry.increment(method, url, error=ProtocolError(str(error)))
                except MaxRetryError:
                    raise error from None
                retry.sleep()


def is_throttled(headers: Mapping[str, str]) -> bool:
    """Tell whether a 403 means "later", as nothing is left of the quota; other ones mean "never"."""
    try:
        return float(headers.get("X-Rate-Limit-Remaining", "")) < 0.1
    except ValueError:
        return False


def _broke_off(error: requests.RequestException) -> bool:
    return isinstance(error, ChunkedEncodingError) or isinstance(next(iter(error.args), None), ReadTimeoutError)
