"""What a portal may do to the line: whatever it is, it ends when its time is over."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from portal.calls import Answer, call

SECONDS = 0.5


@pytest.fixture
def listening(settings):
    """A server that sends `begin`, then `again` every 20 ms, until nobody listens any more."""
    servers = []

    def start(begin: bytes, again: bytes = b"") -> str:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def serve():
            with suppress(OSError):  # nobody came, or nobody listens any more
                line, _ = server.accept()
                with line:
                    line.recv(10_000)
                    line.sendall(begin)
                    while again:
                        line.sendall(again)
                        time.sleep(0.02)

        threading.Thread(target=serve, daemon=True).start()
        host = f"127.0.0.1:{server.getsockname()[1]}"
        settings.PORTAL_ALLOWED_HOSTS = [host]
        return f"http://{host}/health"

    yield start
    for server in servers:
        server.close()


@pytest.mark.parametrize(
    ("begin", "again"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\n", b"a: b\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"", b"H"),
    ],
)
def test_a_portal_that_drips_is_given_up_in_time(listening, begin, again):
    address = listening(begin, again)

    started = time.monotonic()
    answer = call("GET", address, seconds=SECONDS)
    assert answer.status == 0
    assert answer.error.startswith("No answer")
    assert time.monotonic() - started < SECONDS * 10


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", 200),
        (b"HTTP/1.1 204 None\r\nRetry-After: 5\r\n\r\n", 204),
        (b"HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\n\r\n", 301),
        (b"HTTP/1.1 503 Away\r\nContent-Length: 9999999\r\n\r\n", 503),
        (b"", 0),
        (b"nonsense\r\n\r\n", 0),
        (b"HTTP/1.1 two OK\r\n\r\n", 0),
        (b"HTTP/1.1 200 OK\r\nx: " + b"a" * 100_000 + b"\r\n\r\n", 0),
    ],
)
def test_the_first_line_alone_decides(listening, sent, status):
    answer = call("POST", listening(sent), seconds=SECONDS, body=b"{}")

    assert answer.status == status
    assert answer.is_taken == (status in {200, 204})
    assert bool(answer.error) != answer.is_taken


def test_nobody_there_is_said(settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        host = f"127.0.0.1:{server.getsockname()[1]}"
    settings.PORTAL_ALLOWED_HOSTS = [host]

    assert "ConnectionRefused" in call("GET", f"http://{host}/", seconds=SECONDS).error


def test_a_host_that_is_not_allowed_is_not_called(listening, settings):
    address = listening(b"HTTP/1.1 200 OK\r\n\r\n")
    settings.PORTAL_ALLOWED_HOSTS = []

    assert "PORTAL_ALLOWED_HOSTS" in call("GET", address, seconds=SECONDS).error


def test_a_line_that_takes_long_to_make_takes_from_the_same_time(listening, monkeypatch):
    address = listening(b"HTTP/1.1 200 OK\r\n", b"a: b\r\n")
    make = socket.create_connection

    def slowly(*given, **more):
        time.sleep(SECONDS * 1.5)
        return make(*given, **more)

    monkeypatch.setattr(socket, "create_connection", slowly)

    started = time.monotonic()
    answer = call("GET", address, seconds=SECONDS)
    assert answer == Answer(0, "No answer in time")
    assert time.monotonic() - started < SECONDS * 10
