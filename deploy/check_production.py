"""Runs Django's deployment check on the production settings, with made-up values in place."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = {
    "DJANGO_SETTINGS_MODULE": "aspires.settings.production",
    "SECRET_KEY": "".join(chr(33 + n * 7 % 90) for n in range(60)),
    "ALLOWED_HOSTS": "aspires.example.org",
    "BASE_URL": "https://aspires.example.org",
    "DATABASE_URL": "postgres://aspires@127.0.0.1/aspires",
    "EMAIL_URL": "submission://user:secret@127.0.0.1:587",
}


def main() -> int:
    """The exit code of `check --deploy`, with warnings counted as failures."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **EXAMPLE}, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
