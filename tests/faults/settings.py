"""The development settings with short waits, so that a fault test sees them pass."""

from datetime import timedelta

from aspires.settings.dev import *  # noqa: F403 - settings modules extend each other

OUTBOX_MAIL_TIMEOUT = timedelta(seconds=1)
OUTBOX_LEASE = timedelta(seconds=4)
OUTBOX_MAIL_FIRST_WAIT = timedelta(seconds=1)
OUTBOX_MAIL_LONGEST_WAIT = timedelta(seconds=2)
