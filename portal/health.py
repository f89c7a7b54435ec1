"""Whether an employer could use the portal now: asked every minute, so that no visitor waits."""

from datetime import datetime
from http import HTTPStatus

import requests
from django.db import transaction

from core.text import clean_text

from . import door
from .addresses import refusal
from .models import PortalHealth

TIMEOUTS = (2, 3)  # seconds to connect and to be answered


def check(now: datetime) -> None:
    """Ask the portal how it is, and keep the verdict. Nothing is asked or stored without one."""
    address = door.known().health_url
    if not address:
        return
    error = _ask(address)
    with transaction.atomic():
        health = PortalHealth.objects.select_for_update().first()
        health = health or PortalHealth(checked_at=now)
        health.hear(error=error, at=now)
        health.save()
    door.forget()


def _ask(address: str) -> str:
    """What is wrong, in words; empty if the portal is well."""
    if words := refusal(address):
        return words
    try:
        with requests.Session() as session:
            session.trust_env = False  # no proxy and no password of whoever runs the worker
            answer = session.get(address, timeout=TIMEOUTS, allow_redirects=False, stream=True)
            status = answer.status_code
    except requests.RequestException as failed:
        return clean_text(f"No answer: {type(failed).__name__}")
    return "" if status == HTTPStatus.OK else f"It answered {status}"
