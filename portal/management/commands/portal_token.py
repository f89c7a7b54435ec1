from django.core.management.base import BaseCommand
from django.utils import timezone

from portal import services


class Command(BaseCommand):
    help = "Makes a token for the Business Portal and prints it: it cannot be shown again."

    def handle(self, *args, **options) -> None:
        self.stdout.write(services.make_token(by=None, now=timezone.now()))
