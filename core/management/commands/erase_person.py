from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.personal_data import NotAnAddress, erase_person


class Command(BaseCommand):
    help = (
        "Remove the personal details held on an email address; it cannot be undone. "
        "Ends with 1 if nothing is held, with 2 if it is no address."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args, email: str, **options) -> None:
        try:
            erased = erase_person(email, timezone.now())
        except NotAnAddress as error:
            raise CommandError(str(error), returncode=2) from None
        if not any(erased.values()):
            raise CommandError(f"Nothing is held on {email}.")
        for name, count in erased.items():
            self.stdout.write(f"{name}: {count} erased")
