"""
Runs the whole site on this machine: prepares the database, then the web server and the worker.

`make run` calls it. Ctrl-C, or the end of either process, stops both.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PORT = os.environ.get("PORT", "8000")
ADDRESS = f"http://127.0.0.1:{PORT}"
GRACE = 10  # seconds a process has to end by itself

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aspires.settings.dev")
os.environ.setdefault("BASE_URL", ADDRESS)
os.environ.setdefault("SECOND_FACTOR", "off")
sys.path.insert(0, str(ROOT))


def prepare() -> None:
    """Bring the database up to date, and fill it if it is empty."""
    import django

    django.setup()
    from django.core.management import call_command

    from home.models import HomePage

    call_command("migrate", verbosity=0)
    if not HomePage.objects.exists():
        call_command("load_demo")


def announce() -> None:
    """Say where everything is."""
    from django.conf import settings

    from home.demo.loader import ACCOUNTS, PASSWORD

    mail = settings.OUTBOX_MAIL["EMAIL_FILE_PATH"] or settings.OUTBOX_MAIL["EMAIL_HOST"]
    lines = [
        "",
        f"The site:  {ADDRESS}/",
        f"The CMS:   {ADDRESS}/admin/",
        f"Mail goes to: {mail}",
        f"Demonstration accounts, all with the password {PASSWORD}:",
        *(f"  {email:<22} {group or 'partner member'}" for email, _, _, group in ACCOUNTS),
        "Ctrl-C stops everything.",
        "",
    ]
    print("\n".join(lines), flush=True)


def processes() -> list[subprocess.Popen]:
    """Start the web server and the worker, each in its own process group."""
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "aspires.wsgi:application"),
        *("--host", "127.0.0.1", "--port", PORT, "--workers", "1", "--blocking-threads", "4"),
        *("--no-ws", "--log-level", "warning"),
    ]
    worker = [sys.executable, "manage.py", "work"]
    return [
        subprocess.Popen(command, cwd=ROOT, start_new_session=True)  # noqa: S603 - ours
        for command in (web, worker)
    ]


def stop(running: list[subprocess.Popen]) -> None:
    """End the processes: first asked, then made to."""
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()


def main() -> int:
    """Run until interrupted; 1 if a process ended by itself."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    prepare()
    running = processes()
    try:
        announce()
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
        return 1
    except SystemExit:
        return 0
    finally:
        stop(running)


if __name__ == "__main__":
    sys.exit(main())
