import logging
import signal
import threading
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django.utils import timezone

from core import schedule
from core.models import Heartbeat
from outbox import jobs
from outbox.mail import MailChannel
from outbox.relay import relay

logger = logging.getLogger(__name__)

HEARTBEAT = "worker"
PAUSE = 1  # seconds between two looks at the outbox and the clock


class Command(BaseCommand):
    help = "The worker: delivers what waits in the outbox and does what is due by the clock."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due and end")

    def handle(self, *args, once: bool, **options) -> None:
        todo = [_keep_the_clock, _deliver_mail, *jobs.registered()]
        if once:
            for job in todo:
                while job():
                    pass
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        # One thread a job: a mail server that hangs does not stop the clock.
        threads = [threading.Thread(target=_repeat, args=(job, stop)) for job in todo]
        for thread in threads:
            thread.start()
        self.stdout.write("The worker is running.")
        for thread in threads:
            thread.join()


def _deliver_mail() -> bool:
    return relay(MailChannel()) > 0


def _keep_the_clock() -> bool:
    now = timezone.now()
    Heartbeat.objects.beat(HEARTBEAT, now=now)
    return bool(schedule.run_due(now))


def _repeat(job: Callable[[], bool], stop: threading.Event) -> None:
    """Do the job over and over, at once while there is more; wait for a database that is away."""
    while not stop.is_set():
        close_old_connections()
        try:
            if job():
                continue
        except Exception:
            logger.exception("The worker could not %s; it tries again", job.__name__.strip("_"))
            connection.close()
        stop.wait(PAUSE)
    connection.close()
