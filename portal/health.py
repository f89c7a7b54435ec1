"""Whether an employer could use the portal now: asked every minute, so that no visitor waits."""

from datetime import datetime
from http import HTTPStatus

from django.db import transaction

from . import door
from .calls import call
from .models import Circuit, PortalHealth

SECONDS = 3  # for an answer


def check(now: datetime) -> None:
    """Ask the portal how it is, and keep the verdict. Nothing is asked or stored without one."""
    address = door.known().health_url
    if not address:
        return
    answer = call("GET", address, seconds=SECONDS)
    error = "" if answer.status == HTTPStatus.OK else answer.error or f"It answered {answer.status}"
    with transaction.atomic():
        health = PortalHealth.objects.select_for_update().first()
        health = health or PortalHealth(checked_at=now)
        was_healthy = health.is_healthy
        health.hear(error=error, at=now)
        health.save()
        if health.is_healthy and not was_healthy:
            Circuit.objects.update(retry_at=None)  # what waits for it need not wait longer
    door.forget()
