"""Where figures are measured: a bare checkout, a running copy of the site, a database server."""

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from deploy.with_postgres import server
from portal.simulator import Simulator
from tests.databases import ROOT, Template
from tests.running_site import SiteFactory

DATABASES = ["SQLite", "PostgreSQL"]
Figure = tuple[str, bool]  # what was seen, and whether it holds


def shell(*command: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def bare_checkout():
    with tempfile.TemporaryDirectory(prefix="aspires-proof-") as folder:
        clone = Path(folder, "clone")
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        yield clone


@contextmanager
def running_site(server_url: str = "", **environment: str):
    with tempfile.TemporaryDirectory(prefix="aspires-proof-") as folder:
        template = Template(Path(folder, "template"), server_url)
        try:
            with SiteFactory(Path(folder), template.make()).running(**environment) as site:
                yield site
        finally:
            template.database.drop()


@contextmanager
def database_server(on: str):
    """The address of a server to make databases on; empty for SQLite."""
    if on == "SQLite":
        yield ""
        return
    with server() as url:
        yield f"{url.rpartition('/')[0]}/postgres"


@contextmanager
def site_and_portal(on: str):
    """A running copy of the site, and a portal that is not connected yet: (site, portal)"""
    with (
        Simulator() as portal,
        database_server(on) as url,
        running_site(url, PORTAL_ALLOWED_HOSTS=portal.host) as site,
    ):
        yield site, portal
