from argparse import ArgumentTypeError
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.working_days import LONDON
from portal import export, services


def a_day(text: str) -> datetime:
    """The beginning of a day in London."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=LONDON)
    except ValueError:
        raise ArgumentTypeError(f"‘{text}’ is no day, like 2026-01-31") from None


class Command(BaseCommand):
    help = "Writes enquiries to a file for the Business Portal: one JSON object a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, help="the file; it must not exist")
        parser.add_argument("--open", action="store_true", help="those with something to do alone")
        parser.add_argument("--since", type=a_day, help="those received since that day alone")

    def handle(self, *args, out: Path, since: datetime | None, **options) -> None:
        if not out.name.isprintable():
            raise CommandError("Name a file without line ends and odd signs")
        wanted = export.wanted(only_open=options["open"], since=since)
        lines, left_out = export.collect(wanted, now=timezone.now())
        count = len(lines) - 1
        services.note_exported(count=count, left_out=len(left_out))  # first: whatever comes after
        try:
            export.write(out, lines)
        except FileExistsError as there:
            raise CommandError(f"{there.filename} exists already. Name another file") from None
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}") from None
        self.stdout.write(f"Written: {count} enquiries to {out}")
        if left_out:
            self.stdout.write("Left out, because their privacy notice does not name the portal:")
            for reference in left_out:
                self.stdout.write(f"  {reference}")
