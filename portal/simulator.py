"""A Business Portal that does as it is told: for rehearsals and tests. Standard library alone."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

HEALTHY = 200


class Simulator:
    """A portal on this machine; `with Simulator() as portal` runs it at `portal.url`."""

    def __init__(self, port: int = 0):
        """`port` 0 takes any that is free."""
        self.health = HEALTHY  # what it answers when it is asked how it is
        self.redirects_to = "/health/"  # where it is said to be with 301 or 302
        self.asked: list[str] = []  # the paths it was asked for, in their order
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
        return 404, "There is nothing here.", {}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                portal.asked.append(self.path)
                status, text, headers = portal.answer(self.path)
                self.send_response(status)
                body = text.encode()
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value.encode().decode("latin-1"))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                """Its tests say what went on."""

        return Handler
