import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.personal_data import NotAnAddress, export_person


class Command(BaseCommand):
    help = (
        "Print everything that is held on an email address, as JSON. "
        "Ends with 1 if nothing is held, with 2 if it is no address."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args, email: str, **options) -> None:
        try:
            held = export_person(email)
        except NotAnAddress as error:
            raise CommandError(str(error), returncode=2) from None
        if not any(held.values()):
            raise CommandError(f"Nothing is held on {email}.")
        self.stdout.write(json.dumps(held, indent=2, ensure_ascii=False))
