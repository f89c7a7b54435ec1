"""A Business Portal that does as it is told: for rehearsals and tests. Standard library alone."""

import json
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

from . import signing
from .follower import Follower

HEALTHY = 200
DROP = "drop"  # act on it, and cut the line without an answer
HANG = "hang"  # never answer


def _nothing(event: dict, answer: int | str) -> None:
    """What happens at an event unless somebody wants to know of it and of what was answered."""


class Simulator:
    """A portal on this machine; `with Simulator() as portal` runs it at `portal.url`."""

    def __init__(self, port: int = 0):
        """`port` 0 takes any that is free."""
        self.is_away = False  # it answers nothing at all
        self.health = HEALTHY  # what it answers when it is asked how it is
        self.redirects_to = "/health/"  # where it is said to be with 301 or 302
        self.asked: list[str] = []  # the paths it was asked for, in their order
        self.secret = ""  # with one, what is not signed with it is refused
        self.answers: deque[int | str] = deque()  # to the next events: statuses, DROP or HANG
        self.answers_else: int | str = 204  # to those after
        self.rejects: set[str] = set()  # ids of events it will not have
        self.takes_pings = False  # whatever it answers to other events
        self.retry_after = ""
        self.attempts: list[tuple[dict[str, str], bytes]] = []  # everything it was sent
        self.events: dict[str, dict] = {}  # what it acted on, once each, in order
        self.enquiries: dict[str, dict] = {}  # what it took over, by id
        self.slow = 0.0  # seconds before it answers to an event
        self.on_event: Callable[[dict, int | str], None] = _nothing
        self.mirrored: Follower | None = None  # what it knows of the site
        self._end = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True

    @property
    def host(self) -> str:
        """As PORTAL_ALLOWED_HOSTS names it."""
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def __enter__(self) -> "Simulator":
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._end.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers for a path; every answer of the portal comes from here."""
        route = urlsplit(path).path
        if route == "/health":
            headers = {"Location": self.redirects_to} if self.health in (301, 302) else {}
            return self.health, "", headers
        if route == "/start":
            return 200, "Here an employer would begin.", {}
        if route == "/":
            return 200, self.what_arrived(), {}
        return 404, "There is nothing here.", {}

    def what_arrived(self) -> str:
        """Events in their order, and what it mirrors; as text."""
        lines = ["Events"]
        lines += [f"  {event['type']} {event['subject']}" for event in self.events.values()]
        if self.mirrored:
            lines += ["Content"]
            things = [*self.mirrored.content.items()]
            lines += [f"  {kind}: {data['name']}" for (kind, _), data in things]
            lines += ["Enquiries"]
            lines += [f"  {data['reference']}" for data in [*self.mirrored.enquiries.values()]]
        return "\n".join(lines)

    def take_over(self, file: Path) -> None:
        """Read an export: by id, so that a second time changes nothing."""
        _, *lines = file.read_text().rstrip("\n").split("\n")
        for line in lines:
            enquiry = json.loads(line)
            self.enquiries[enquiry["id"]] = enquiry

    def write_out(self, file: Path) -> None:
        """Write what it took over as an export would."""
        lines = [{"count": len(self.enquiries)}, *self.enquiries.values()]
        file.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines))

    def hear(self, headers: dict[str, str], body: bytes) -> int | str:
        """
        What it answers to an event, having acted on it unless that is a refusal: an event that it
        knows by its id is not acted on again.
        """
        self.attempts.append((headers, body))
        event = json.loads(body)
        answer = self._answer_to(event, headers, body)
        is_taken = answer == DROP or (isinstance(answer, int) and answer < 300)  # noqa: PLR2004
        if is_taken:
            self.events.setdefault(event["id"], event)
        self.on_event(event, answer)
        return answer

    def _answer_to(self, event: dict, headers: dict[str, str], body: bytes) -> int | str:
        planned = self.answers.popleft() if self.answers else self.answers_else
        now = datetime.now(UTC)
        if self.secret and not signing.is_genuine(body, headers, secret=self.secret, now=now):
            return 401
        if self.takes_pings and event["type"].endswith(".ping"):
            return 204
        return 422 if event["id"] in self.rejects else planned

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def parse_request(self) -> bool:
                if portal.is_away:
                    self.close_connection = True
                return not portal.is_away and super().parse_request()

            def do_GET(self) -> None:
                portal.asked.append(self.path)
                status, text, headers = portal.answer(self.path)
                self.send_response(status)
                body = text.encode()
                text_headers = {
                    "Content-Type": "text/plain; charset=utf-8",
                    "Content-Length": str(len(body)),
                }
                for name, value in {**headers, **text_headers}.items():
                    self.send_header(name, value.encode().decode("latin-1"))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                portal.asked.append(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                names = {name.lower(): value for name, value in self.headers.items()}
                answer = portal.hear(names, body) if self.path == "/webhooks/aspires" else 404
                portal._end.wait(portal.slow)
                if answer == HANG:
                    portal._end.wait()
                if isinstance(answer, str):
                    self.close_connection = True
                    return
                self.send_response(answer)
                if portal.retry_after:
                    self.send_header("Retry-After", portal.retry_after)
                if answer in (301, 302):
                    self.send_header("Location", "/webhooks/aspires/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *words: object) -> None:
                """Its tests say what went on."""

        return Handler
