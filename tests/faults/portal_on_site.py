"""A portal beside a running copy of the site: connected, and with a clock that can be moved."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.simulator import Simulator
from tests.running_site import RunningSite

CONNECT = """
from wagtail.models import Site
from enquiries.models import PrivacyNotice
from portal.models import PortalSettings
PrivacyNotice.objects.update(names_portal=True)
switch = PortalSettings.for_site(Site.objects.get(is_default_site=True))
switch.is_connected, switch.base_url = True, "{url}"
switch.full_clean()
switch.save()
"""


def connect(site: RunningSite, portal: Simulator) -> str:
    """Have the two exchange data; the portal's token."""
    done = site.run("manage.py", "shell", "-v0", "-c", CONNECT.format(url=portal.url))
    assert done.returncode == 0, done.stderr
    made = site.run("manage.py", "portal_token")
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


class Clock:
    """The clock of the workers of a site: `pace` is how many seconds pass in one."""

    def __init__(self, folder: Path):
        self._file = folder / "ahead"
        self._end = threading.Event()
        self.pace = 0.0
        self.ahead = 0.0
        self._write()

    def start_worker(self, site: RunningSite) -> None:
        """Start one more that goes by this clock."""
        site.start_worker("-m", "tests.faults.clocked_worker", AHEAD=str(self._file))

    @contextmanager
    def running(self) -> Iterator["Clock"]:
        thread = threading.Thread(target=self._run)
        thread.start()
        try:
            yield self
        finally:
            self._end.set()
            thread.join()

    def _run(self) -> None:
        before = time.monotonic()
        while not self._end.wait(0.1):
            now = time.monotonic()
            self.ahead += self.pace * (now - before)
            before = now
            self._write()

    def _write(self) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(str(self.ahead))
        os.replace(new, self._file)  # whoever reads it finds all of it
