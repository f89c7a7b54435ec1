"""Secret previews: who may read a draft without an account, and for how long."""

import uuid
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from .models import PreviewLink
from .models.preview import PREVIEW_WORKS
from .working_days import LONDON, begin_and_end

# Actions in Wagtail's audit log: they stand in the history of the page.
PREVIEW_SHARED = "core.preview.share"
PREVIEW_WITHDRAWN = "core.preview.withdraw"


@transaction.atomic
def share_preview(
    *, page: Page, by: AbstractBaseUser | None, now: datetime, key: uuid.UUID | None = None
) -> PreviewLink:
    """
    Make a link that shows the latest draft of a page until the end of the 14th day from now.

    With a `key` that made one for this page already, that one is given.
    """
    Page.objects.select_for_update().get(pk=page.pk)
    if key and (made := PreviewLink.objects.filter(uuid=key).first()):
        if made.page_id == page.pk:
            return made
        key = None
    day = now.astimezone(LONDON).date()
    link = PreviewLink.objects.create(
        uuid=key or uuid.uuid4(),
        page_id=page.pk,
        created_by=by,
        created_at=now,
        expires_at=begin_and_end(day, day + PREVIEW_WORKS)[1],
    )
    log(page, PREVIEW_SHARED, user=by)
    return link


@transaction.atomic
def withdraw_preview(*, link: PreviewLink, by: AbstractBaseUser, now: datetime) -> PreviewLink:
    """Have a link lead nowhere from now on. Safe to repeat."""
    link = PreviewLink.objects.select_for_update().get(pk=link.pk)
    if link.withdrawn_at is None:
        link.withdrawn_at = now
        link.version += 1
        link.save(update_fields=["withdrawn_at", "version"])
        log(link.page, PREVIEW_WITHDRAWN, user=by)
    return link


def remove_old_previews(now: datetime) -> int:
    """Delete the links that ended 30 days ago or earlier; how many."""
    return PreviewLink.objects.long_over(now).delete()[0]
