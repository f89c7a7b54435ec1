"""Databases that hold the demonstration content: made once, then copied."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]


class Database:
    """A database of its own, made as a copy of one that holds the demonstration content."""

    def __init__(self, folder: Path, name: str, server_url: str = ""):
        self.server_url = server_url
        self.name = name
        self.file = folder / "aspires.sqlite3"
        self.url = (
            urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
            if server_url
            else f"sqlite:///{self.file}"
        )

    def create(self, template: "Database | None" = None) -> None:
        """Make it: empty, or with all that `template` holds."""
        if self.server_url:
            like = f' TEMPLATE "{template.name}"' if template else ""
            self._administer(f'DROP DATABASE IF EXISTS "{self.name}"')
            self._administer(f'CREATE DATABASE "{self.name}"{like}')
        elif template:
            with sqlite3.connect(self.file) as target:
                template.copy_into(target)

    def copy_into(self, target: sqlite3.Connection) -> None:
        """Replace all that is in another SQLite database by what is in this one."""
        with sqlite3.connect(self.file) as source:
            source.backup(target)

    def drop(self) -> None:
        if self.server_url:
            self._administer(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def rows(self, sql: str) -> list[tuple]:
        """What a query gives, on a connection of its own."""
        if not self.server_url:
            connection = sqlite3.connect(self.file, timeout=20)
        else:
            import psycopg2

            connection = psycopg2.connect(self.url)
        try:
            cursor = connection.cursor()
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else (connection.commit() or [])
        finally:
            connection.close()

    def _administer(self, sql: str) -> None:
        import psycopg2

        connection = psycopg2.connect(self.server_url)
        connection.autocommit = True
        try:
            connection.cursor().execute(sql)
        finally:
            connection.close()


class Template:
    """The demonstration content, its database and its pictures, for others to copy."""

    def __init__(self, folder: Path, server_url: str = ""):
        self._folder = folder
        self.media = folder / "media"
        self.database = Database(folder, f"template_{folder.parent.name}", server_url)

    def make(self) -> "Template":
        """Make it if it is not there; another process that is making it is waited for."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with Path(self._folder, "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (made := Path(self._folder, "made")).exists():
                self.database.create()
                self.media.mkdir(exist_ok=True)
                self._manage("migrate", "-v0")
                self._manage("load_demo")
                made.touch()
        return self

    def _manage(self, *command: str) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "aspires.settings.dev",
            "VAR_DIR": str(self._folder),
            "DATABASE_URL": self.database.url,
        }
        result = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
        if result.returncode:
            raise RuntimeError(f"manage.py {command[0]} failed:\n{result.stderr[-3_000:]}")
