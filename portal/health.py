"""Whether an employer could use the portal now: asked every minute, so that no visitor waits."""

from datetime import datetime
from http import HTTPStatus

import urllib3
from django.db import transaction

from core.text import clean_text

from . import door
from .addresses import refusal
from .models import Circuit, PortalHealth

TIMEOUT = urllib3.Timeout(connect=2, read=3)  # seconds


def check(now: datetime) -> None:
    """Ask the portal how it is, and keep the verdict. Nothing is asked or stored without one."""
    address = door.known().health_url
    if not address:
        return
    error = _ask(address)
    with transaction.atomic():
        health = PortalHealth.objects.select_for_update().first()
        health = health or PortalHealth(checked_at=now)
        was_healthy = health.is_healthy
        health.hear(error=error, at=now)
        health.save()
        if health.is_healthy and not was_healthy:
            Circuit.objects.update(retry_at=None)  # what waits for it need not wait longer
    door.forget()


def _ask(address: str) -> str:
    """What is wrong, in words; empty if the portal is well."""
    if words := refusal(address):
        return words
    try:
        # The answer's first line alone: neither its redirect nor its text is looked at.
        with urllib3.PoolManager(timeout=TIMEOUT, retries=False) as pool:
            answer = pool.request("GET", address, redirect=False, preload_content=False)
            status = answer.status
            answer.close()
    except Exception as failed:  # noqa: BLE001 - whatever it answers, that it is unwell is kept
        return clean_text(f"No answer: {type(failed).__name__}")
    return "" if status == HTTPStatus.OK else f"It answered {status}"
