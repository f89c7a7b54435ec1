from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from home.demo.loader import load


class Command(BaseCommand):
    help = "Load the demonstration content, or mend it. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--yes-this-is-a-demo",
            action="store_true",
            help="load it although DEBUG is off: it makes accounts with a known password",
        )

    def handle(self, *args, yes_this_is_a_demo: bool, **options) -> None:
        if not (settings.DEBUG or yes_this_is_a_demo):
            raise CommandError(
                "This would make accounts with a password everybody knows. "
                "If this is a demonstration, add --yes-this-is-a-demo."
            )
        changes = load(timezone.localtime())
        self.stdout.write(f"Demonstration content: {changes} changes.")
