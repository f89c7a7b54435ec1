"""An employer with whom it went well is asked to tell how: where a case study begins."""

import uuid
from datetime import datetime

from django.db import transaction

from accounts.models import User
from casestudies.models import StoryRequest
from casestudies.services import ask_for_story as ask_by_mail
from outbox.models import Message

from .. import clock
from ..models import Interest, TimelineEntry
from .moving import held, put_down
from .timeline import NoAddress, Refused


class NothingToTell(Refused):
    """What came of it is no story, or the employer was asked already."""


@transaction.atomic
def ask_for_story(
    *, interest: Interest, editor: User | None, by: User, now: datetime, text: str = ""
) -> StoryRequest:
    """
    Mail the employer the link to the form for their story; once for each interest.

    `editor` writes the case study and is told when the story comes; None: all editors are. `text`
    is for them.

    :raises NothingToTell: unless it was closed with an outcome that is one.
    :raises NoAddress: if there is no e-mail address.
    """
    interest = held(interest, (Interest.State.CLOSED,), "asked about")
    if interest.story_id:
        return interest.story
    if not interest.may_have_a_story:
        raise NothingToTell("What came of it is nothing to tell others of")
    enquiry = interest.enquiry
    if not enquiry.email:
        raise NoAddress("They gave no email address: call them")
    offers = [interest.offer] if interest.offer else []
    story = ask_by_mail(
        organisation=enquiry.organisation,
        person=enquiry.name,
        email=enquiry.email,
        sector=enquiry.sector,
        size=enquiry.size,
        offers=offers,
        by=editor,
        now=now,
        note=text,
        key=uuid.uuid5(interest.uuid, "story"),
    )
    interest.story = story
    interest.save(update_fields=["story"])
    enquiry.anonymise_on = clock.retention_ends(now)
    enquiry.save(update_fields=["anonymise_on"])
    message = Message.objects.filter(dedupe_key=f"story_asked:{story.uuid}").first()
    put_down(interest, TimelineEntry.Kind.STORY_ASKED, now, by=by, text=text, message=message)
    return story
