"""
Kills this process at a named point, as a power cut would. For fault tests only.

As a WSGI module it serves the site; as a program it runs the worker once. The point is in
CRASH_AT: before_commit, after_commit (web); after_claim, after_send, after_settle,
during_refusal, after_refusal (worker).
"""

import os
import signal
import sys


def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def after(function):
    """The function, and then the end."""

    def wrapped(*args, **kwargs):
        result = function(*args, **kwargs)
        die()
        return result

    return wrapped


def crash_at(point: str) -> None:
    """Put the end of the process at this point of the code."""
    from enquiries import services
    from enquiries.services import sending
    from outbox import models, relay
    from outbox import services as outbox_services
    from outbox.mail import MailChannel

    match point:
        case "before_commit":
            sending.announce = after(sending.announce)
        case "after_commit":
            services.send = after(services.send)
        case "after_claim":
            relay._claim = after(relay._claim)
        case "after_send":
            MailChannel.send = after(MailChannel.send)
        case "after_settle":
            models.MessageQuerySet.settle_sent = after(models.MessageQuerySet.settle_sent)
        case "during_refusal":
            outbox_services.mark_bounced = after(outbox_services.mark_bounced)
        case "after_refusal":
            outbox_services.settle_refused = after(outbox_services.settle_refused)


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    crash_at(os.environ["CRASH_AT"])
    call_command("work", once=True)
    sys.exit(0)
else:
    from aspires.wsgi import application  # noqa: F401 - granian serves it

    crash_at(os.environ["CRASH_AT"])
