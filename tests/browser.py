"""Finds a Chromium for the browser tests, or gets one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Without the windows of a desktop a page takes about half the work: that one comes first.
NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
)


def executable() -> str | None:
    """The path of a Chromium: the system's, else Playwright's own; None if there is none."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Get a Chromium: from Debian's packages if this may, else by Playwright."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        for package in ("chromium-headless-shell", "chromium"):  # not every Debian has the first
            if not executable():
                subprocess.run(["apt-get", "install", "-y", "-qq", package], check=False)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """1, with a word about what to do, if there is no Chromium and none could be had."""
    if not executable():
        install()
    if not executable():
        print("The browser tests need Chromium. Install it and run the tests again.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
