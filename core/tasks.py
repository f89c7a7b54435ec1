"""What the worker does for pages and other things with drafts."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.apps import apps
from django.db import transaction

logger = logging.getLogger(__name__)


def publish_scheduled(now: datetime) -> None:
    """
    Publish and expire what editors scheduled, as Wagtail's command of that name does.

    Each by itself: what cannot be published stays scheduled, is logged every time, and stops no
    other.
    """
    from wagtail.models import Revision  # models cannot be imported before the apps are ready

    from .models import SCHEDULED

    for model in _models_with_drafts():
        for thing in model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at", "pk"):
            log_action = "wagtail.unpublish.scheduled"
            _try(partial(thing.unpublish, set_expired=True, log_action=log_action), thing)
    due = Revision.objects.filter(approved_go_live_at__lt=now)
    for revision in due.order_by("approved_go_live_at", "pk"):
        _try(partial(revision.publish, log_action=SCHEDULED), revision)


def _models_with_drafts() -> list[type]:
    from wagtail.models import DraftStateMixin, Page

    kinds = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [Page, *(model for model in kinds if not issubclass(model, Page))]


def _try(do: Callable[[], object], thing: object) -> None:
    from .models import NotWhole

    try:
        with transaction.atomic():
            do()
    except NotWhole as refused:
        logger.warning("It stays scheduled: %s", refused)
    except Exception:
        logger.exception("%s could not be published or expired as scheduled", thing)
