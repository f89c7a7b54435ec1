"""One request to the portal: it ends when its time is over, whatever the portal does."""

import socket
import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from threading import Event, Timer
from urllib.parse import urlsplit

from core.text import clean_text

from .addresses import refusal


@dataclass(frozen=True)
class Answer:
    """What came back: a status, or 0 and why there is none."""

    status: int
    error: str = ""
    retry_after: str = ""  # as the portal wrote it

    @property
    def is_taken(self) -> bool:
        return 200 <= self.status < 300  # noqa: PLR2004 - any of the successes of HTTP


def call(
    method: str,
    address: str,
    *,
    seconds: float,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """
    Ask, and hear the first line and the headers alone: no redirect is followed, no text is read.

    A host that is not allowed is not called. Libraries limit each read; here a clock shuts the
    line, so that a portal which sends a letter a second holds nobody up.
    """
    if words := refusal(address):
        return Answer(0, words)
    try:
        return _ask(method, address, seconds, body, dict(headers or {}))
    except TimeoutError:
        return Answer(0, "No answer in time")
    except Exception as failed:  # noqa: BLE001 - whatever it does, that it did not answer is kept
        return Answer(0, clean_text(f"No answer ({type(failed).__name__})"))


def _ask(
    method: str, address: str, seconds: float, body: bytes | None, headers: dict[str, str]
) -> Answer:
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    more = {"context": ssl.create_default_context()} if parts.scheme == "https" else {}
    connection = kind(parts.hostname, parts.port, timeout=seconds, **more)

    is_over = Event()

    def shut() -> None:
        is_over.set()
        with suppress(OSError, AttributeError):  # it may be over, or not begun
            connection.sock.shutdown(socket.SHUT_RDWR)

    clock = Timer(seconds, shut)
    clock.daemon = True
    with closing(connection):
        clock.start()
        try:
            connection.connect()  # before that there is nothing which the clock could shut
            if is_over.is_set():
                raise TimeoutError
            path = parts._replace(scheme="", netloc="").geturl() or "/"
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            status, wait = answer.status, answer.headers.get("Retry-After", "")
            if is_over.is_set():  # a line that is shut reads like headers that have ended
                raise TimeoutError
        finally:
            clock.cancel()
    error = "" if Answer(status).is_taken else f"It answered {status}"
    return Answer(status, error, wait)
