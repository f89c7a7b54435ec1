"""
Runs a command with DATABASE_URL leading to a PostgreSQL server for tests.

The server is TEST_DATABASE_URL's, else the one on 127.0.0.1:5432, else a temporary one that is
started here and ends with the command. The database itself is made by the tests.
"""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2

LOCAL = "postgres://postgres@127.0.0.1:5432/aspires"


def answers(url: str) -> bool:
    """Whether a server is there and lets us in."""
    server, _, _ = url.rpartition("/")
    with suppress(psycopg2.OperationalError):
        psycopg2.connect(f"{server}/postgres", connect_timeout=3).close()
        return True
    return False


@contextmanager
def server() -> Iterator[str]:
    """The address of a database on a server that runs for as long as it is needed."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given or answers(LOCAL):
        yield given or LOCAL
        return
    programs = Path(program("initdb")).parent
    with tempfile.TemporaryDirectory(prefix="aspires-postgres-") as folder:
        data = Path(folder, "data")
        own_user(folder)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        as_owner(programs / "initdb", "--auth=trust", "--username=postgres", "--pgdata", data)
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
        control = (programs / "pg_ctl", "--pgdata", data, "--silent", "--wait")
        as_owner(*control, "--log", Path(folder, "log"), "--options", options, "start")
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/aspires"
        finally:
            as_owner(*control, "--mode=immediate", "stop")


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs, the newest if there are several."""
    found = shutil.which(name) or max(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), default="")
    if not found:
        sys.exit(
            "There is no PostgreSQL on 127.0.0.1:5432 and none to start. "
            "Install it, or set TEST_DATABASE_URL."
        )
    return found


def own_user(folder: str) -> None:
    """Give the folder to the user that PostgreSQL runs as: it refuses to run as root."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def as_owner(*command: object) -> None:
    """Run one of PostgreSQL's programs as its own user if this is root."""
    user = "postgres" if os.geteuid() == 0 else None
    words = [str(word) for word in command]
    subprocess.run(words, check=True, user=user, stdout=subprocess.DEVNULL, cwd="/")  # noqa: S603


def main() -> int:
    with server() as url:
        environment = {**os.environ, "DATABASE_URL": url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
