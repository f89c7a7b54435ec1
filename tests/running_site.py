"""A copy of the whole site in processes of its own: web server, worker, mail server, database."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller

from tests.databases import ROOT, Database, Template


def free_port() -> int:
    """A port on 127.0.0.1 nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer:
    """
    A real SMTP server on loopback that can misbehave.

    `mode`: "accept"; "die" takes a mail and cuts the line without an answer; "hang" takes it and
    never answers. `stop()` refuses connections. `received` holds every mail ever taken, repeats
    included. `refuses` holds the answer to each recipient that is not taken, as
    {"gone@example.com": "550 No such user"}.
    """

    def __init__(self):
        self.port = free_port()
        self.mode = "accept"
        self.received: list[EmailMessage] = []
        self.refuses: dict[str, str] = {}
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop(no_assert=True)
            self._controller = None

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        mail.envelope_to = envelope.rcpt_tos
        self.received.append(mail)
        if self.mode == "die":
            server.transport.abort()
        if self.mode == "hang":
            await asyncio.sleep(30)
        return "250 OK"

    def distinct(self) -> dict[str, EmailMessage]:
        """Received mails by Message-ID: a repeat counts once."""
        return {mail["Message-ID"]: mail for mail in self.received}

    def about(self, reference: str) -> list[EmailMessage]:
        """The mails with this reference of an enquiry in their subject; a repeat counts once."""
        return [mail for mail in self.distinct().values() if reference in mail["Subject"]]

    def deliveries(self, reference: str) -> int:
        """How often a mail with this reference in its subject was taken, repeats included."""
        return sum(reference in mail["Subject"] for mail in self.received)


class RunningSite:
    """The processes of one copy of the site. Addresses are on 127.0.0.1 only."""

    def __init__(self, folder: Path, database: Database, settings: str, media: Path):
        self.folder = folder
        self.database = database
        self.mail = MailServer()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        (folder / "media").symlink_to(media, target_is_directory=True)
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "VAR_DIR": str(folder),
            "DATABASE_URL": database.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail.port}",
            "BASE_URL": self.url,
            "SECRET_KEY": "for-tests-only",
            "SECOND_FACTOR": "off",  # as `make run` has it; its own journeys require it
            "ENQUIRIES_AN_HOUR": "1000000",  # every employer of a test calls from this machine
            "WEBSITE_MESSAGES_AN_HOUR": "1000000",
        }
        self._web: subprocess.Popen | None = None
        self._workers: list[subprocess.Popen] = []
        self._log = (folder / "log.txt").open("ab")

    # -- web ------------------------------------------------------------------------------

    def start_web(self, wsgi: str = "aspires.wsgi:application", **environment: str) -> None:
        """Start the web server as `make run` does and wait until it answers."""
        command = [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", wsgi),
            *("--host", "127.0.0.1", "--port", str(self.port)),
            *("--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
        ]
        self._web = self._start(command, environment)
        self.wait_for(lambda: self.answers("/livez"), "the web server answers")

    def kill_web(self) -> None:
        """SIGKILL, as a power cut would."""
        self._web = kill(self._web)

    def answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as response:
                return response.status == 200
        except (urllib.error.URLError, OSError):
            return False

    # -- worker ---------------------------------------------------------------------------

    def start_worker(self, *command: str, **environment: str) -> None:
        """Start one more; `command` is another Python command than `manage.py work`."""
        worker = [sys.executable, *(command or ("manage.py", "work"))]
        self._workers.append(self._start(worker, environment))

    def kill_worker(self) -> None:
        """SIGKILL to the one that was started first, as a power cut would; none is none to end."""
        if self._workers:
            kill(self._workers.pop(0))

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess:
        """Run a Python command of the project to its end."""
        return subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    # -- both -----------------------------------------------------------------------------

    def stop(self) -> None:
        self.kill_web()
        while self._workers:
            self.kill_worker()
        self.mail.stop()
        self._log.close()

    def wait_for(self, condition, what: str, seconds: float = 40) -> None:
        """Wait until `condition()` holds; fail with `what` and the log's end if it never does."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.1)
        log = (self.folder / "log.txt").read_text(errors="replace")[-3_000:]
        raise AssertionError(f"In {seconds} s it never was so that {what}.\n{log}")

    def _start(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env={**self.environment, **environment},
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )


def kill(process: subprocess.Popen | None) -> None:
    """End a process and its children at once; None is nobody to end."""
    if process is not None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class SiteFactory:
    """Makes running sites, each on a copy of the template."""

    def __init__(self, folder: Path, template: Template):
        self._folder = folder
        self._template = template
        self._number = 0

    @contextmanager
    def running(
        self, settings: str = "aspires.settings.dev", **environment: str
    ) -> Iterator[RunningSite]:
        """A copy of the site with its web server and mail server running, but no worker yet."""
        self._number += 1
        name = f"aspires_site_{os.getpid()}_{self._number}"
        folder = self._folder / name
        folder.mkdir(parents=True)
        database = Database(folder, name, self._template.database.server_url)
        database.create(self._template.database)
        site = RunningSite(folder, database, settings, self._template.media)
        site.environment.update(environment)
        try:
            site.mail.start()
            site.start_web()
            yield site
        finally:
            site.stop()
            database.drop()
            shutil.rmtree(folder, ignore_errors=True)
