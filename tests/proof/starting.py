"""From a bare checkout to a running site and to a green suite."""

import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.proof.places import Figure, bare_checkout, running_site, shell
from tests.running_site import free_port


def seconds_to_first_page(clone: Path) -> float:
    """From `make run` to the first 200 on the front page; the site is stopped again."""
    port = free_port()
    began = time.monotonic()
    log = Path(clone).parent / "run.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env={**os.environ, "PORT": str(port)},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            while time.monotonic() - began < 300 and process.poll() is None:
                with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
                    if page.status == 200:
                        return time.monotonic() - began
                time.sleep(0.1)
            raise AssertionError(log.read_text()[-2_000:])
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(30)


def first_and_second_start() -> Figure:
    with bare_checkout() as clone:
        first, second = seconds_to_first_page(clone), seconds_to_first_page(clone)
    return f"{first:.0f} s; {second:.1f} s", first < 120 and second < 10


def suite_of_clone(target: str) -> Callable[[], Figure]:
    def run() -> Figure:
        with bare_checkout() as clone:
            shell("make", ".venv/dev.stamp", folder=clone)
            began = time.monotonic()
            result = shell("make", target, "PYTEST_ARGS=--no-skips", folder=clone)
            minutes = (time.monotonic() - began) / 60
        closing = re.findall(r"^=* ?(\d+ passed.*?|.*failed.*?) in ", result.stdout, re.MULTILINE)
        told = closing[-1] if closing else result.stdout[-300:] + result.stderr[-300:]
        return f"{told}; {minutes:.1f} min", result.returncode == 0 and minutes < 8

    return run


def demonstration_content_twice() -> Figure:
    with running_site() as site:
        before = site.database.rows("SELECT count(*) FROM wagtailcore_revision")[0][0]
        told = site.run("manage.py", "load_demo").stdout
        after = site.database.rows("SELECT count(*) FROM wagtailcore_revision")[0][0]
    changes = int(re.search(r"(\d+) changes", told)[1])
    return f"{changes} changes, {after - before} new revisions", changes == after - before == 0
