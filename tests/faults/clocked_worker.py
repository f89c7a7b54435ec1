"""
The worker, by a clock that a test moves: ahead by the seconds in the file AHEAD.

What runs on the database's clock does not go along, so the lease on the portal is short here, and
an attempt to reach it is shorter still, as it has to be.
"""

import os
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

real_now = timezone.now
timezone.now = lambda: real_now() + timedelta(seconds=float(Path(os.environ["AHEAD"]).read_text()))

if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    from portal import delivery
    from portal.models import circuit

    circuit.LEASE = timedelta(seconds=6)
    delivery.SECONDS = 2
    call_command("work")
