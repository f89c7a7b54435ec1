import time
import urllib.error
from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.follower import Follower
from portal.simulator import DROP, Simulator

PORT = 9100
EVERY = 5  # seconds between two looks at the feeds


def failures(text: str) -> list[int]:
    """`503:3` is 503 three times."""
    status, _, times = text.partition(":")
    if not (status.isdecimal() and (times or "1").isdecimal() and len(status) == 3):  # noqa: PLR2004
        raise ArgumentTypeError(f"‘{text}’ is no status and number, like 503:3")
    return [int(status)] * min(int(times or "1"), 1_000)


class Command(BaseCommand):
    help = (
        "A Business Portal on this machine: takes events, mirrors what the site publishes, reads "
        "enquiries and acknowledges them. For rehearsals, and for those who build the real one."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--api", default="http://127.0.0.1:8000/api/portal/v1", help="where the site's API is"
        )
        parser.add_argument("--token", default="", help="as ‘Make a token’ shows it")
        parser.add_argument("--secret", default="", help="refuse what is not signed with it")
        parser.add_argument("--port", type=int, default=PORT)
        parser.add_argument("--fail", type=failures, default=[], help="503:3, to the next events")
        parser.add_argument("--drop", type=int, default=0, help="cut the line after so many events")
        parser.add_argument("--slow", type=float, default=0, help="seconds before each answer")
        parser.add_argument(
            "--reject", type=int, default=0, help="answer this to every event but pings"
        )
        parser.add_argument("--health", choices=["good", "bad"], default="good")
        parser.add_argument("--once", action="store_true", help="catch up with the feeds and end")

    def handle(self, *args, api: str, token: str, **options) -> None:
        follower = Follower(api, token)
        if options["once"]:
            self._catch_up(follower, must=True)
            return
        try:
            portal = Simulator(options["port"])
        except OSError as error:
            raise CommandError(f"Port {options['port']} cannot be used: {error.strerror}") from None
        portal.secret, portal.slow = options["secret"], options["slow"]
        portal.health = 200 if options["health"] == "good" else 503
        portal.answers.extend([*options["fail"], *[DROP] * options["drop"]])
        portal.answers_else = options["reject"] or 204
        portal.takes_pings = bool(options["reject"])
        portal.on_event = lambda event, answer: self.stdout.write(f"{event['type']}: {answer}")
        with portal:
            self.stdout.write(
                f"The portal is at {portal.url} and shows what arrived. Ctrl-C ends it."
            )
            try:
                while True:
                    self._catch_up(follower)
                    portal.mirrored = follower
                    time.sleep(EVERY)
            except KeyboardInterrupt:
                self.stdout.write("The portal has ended.")

    def _catch_up(self, follower: Follower, *, must: bool = False) -> None:
        known = set(follower.enquiries)
        try:
            changes = follower.catch_up()
            for enquiry in set(follower.enquiries) - known:
                follower.acknowledge(enquiry)
                reference = follower.enquiries[enquiry]["reference"]
                self.stdout.write(f"Read {reference} and answered ‘received’")
        except (urllib.error.URLError, OSError) as error:
            if must:
                raise CommandError(f"The site does not answer as it should: {error}") from None
            self.stdout.write(f"The site does not answer as it should: {error}")
            return
        if changes or must:
            things, enquiries = len(follower.content), len(follower.enquiries)
            self.stdout.write(f"Changes: {changes}. Now {things} things, enquiries: {enquiries}")
