"""What the portal is told, and when: thin events, frozen as text, in the order of change."""

import json
import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, Max, OuterRef, Subquery
from django.db.models.functions import Cast

from core.one_by_one import each_by_itself
from core.structured_data import full
from enquiries.models import Enquiry, EnquiryQuerySet, TimelineEntry
from outbox.models import Message

from .models import PORTAL_USER, Change, Counter

API = "/api/portal/v1"
A_RUN = 500  # enquiries told of in one run of `reconcile`
PING = "portal.ping"
CONTENT_CHANGED = "content.changed"
_TYPE = "uk.gov.islington.aspires."
_Kind = TimelineEntry.Kind
# What the portal may have to act on. Notes of the desk and its mails are no news to it.
NEWS = frozenset(
    [
        *(_Kind.RECEIVED, _Kind.LOGGED, _Kind.QUARANTINED, _Kind.RELEASED, _Kind.ADDED_TO),
        *(_Kind.OFFERS_CHANGED, _Kind.MERGED, _Kind.MERGED_IN, _Kind.ANONYMISED, _Kind.TAKEN),
        *(_Kind.HANDED_OVER, _Kind.ACCEPTED, _Kind.DECLINED, _Kind.SILENT, _Kind.GIVEN_BACK),
        *(_Kind.UNWANTED, _Kind.RETIRED, _Kind.TAKEN_BACK, _Kind.CLOSED, _Kind.WITHDRAWN),
        *(_Kind.REOPENED, _Kind.PHONE_CHANGED, _Kind.EMAIL_CHANGED, _Kind.PORTAL_TOLD),
    ]
)


@transaction.atomic
def hear(entry: TimelineEntry) -> None:
    """
    Something happened to an enquiry: number it, and tell the portal, unless it said so itself.

    In the transaction of what happened: both are there, or neither. If another change is being
    numbered at this moment, it is left to `reconcile`.
    """
    if entry.kind not in NEWS:
        return
    counter = Counter.hold_if_free()
    if counter is None:
        return
    said_by_portal = entry.actor is not None and entry.actor.email == PORTAL_USER
    came_from_portal = entry.kind == _Kind.RECEIVED and entry.enquiry.source == "portal"
    is_echo = said_by_portal or came_from_portal
    _record(counter, entry.enquiry.uuid, at=entry.at, is_echo=is_echo)


def reconcile(now: datetime, *, at_most: int = A_RUN) -> int:
    """
    Tell of what was missed: while nobody was connected, or because hearing of it failed. Returns
    of how many enquiries; what is more is left to the next run.

    By comparing what is with what was told, never by a cursor: nothing can fall behind it. Each
    by itself, so that the counter is never held for long.
    """
    told = Change.objects.enquiries().there().filter(uuid=OuterRef("uuid"))
    missed = (
        _versions()
        .filter(~Exists(told.filter(digest=OuterRef("version"))))
        .order_by("latest")
        .only("uuid")
    )
    shared = Enquiry.objects.shared().filter(uuid=OuterRef("uuid"))
    gone = Change.objects.enquiries().there().filter(~Exists(shared)).order_by("number")

    def tell(thing: Change | Enquiry) -> bool:
        _record(Counter.hold(), thing.uuid, at=now)
        return True

    found = [*gone[:at_most], *missed[:at_most]][:at_most]
    return each_by_itself(found, tell, task="Telling the portal")


def tell_of_content(*, number: int, now: datetime) -> None:
    """Ring the doorbell: something in the content feed changed. One waiting ring is enough."""
    waiting = Message.objects.for_portal().waiting().filter(purpose=_purpose(CONTENT_CHANGED))
    if not waiting.filter(attempts=0).exists():
        data = {"change_number": number, "href": full(f"{API}/feeds/content")}
        _queue(CONTENT_CHANGED, "content", data, now, key=f"portal:{number}")


def note_taken(message: Message, *, now: datetime) -> None:
    """Keep when the portal first heard of an enquiry: from then on it can acknowledge it."""
    if message.purpose in {_purpose("enquiry.created"), _purpose("enquiry.updated")}:
        key = json.loads(message.body)["subject"]
        Change.objects.enquiries().filter(uuid=key, taken_at=None).update(taken_at=now)


def ping(now: datetime) -> tuple[uuid.UUID, bytes]:
    """An event that says nothing: its id and its body. It is not kept."""
    key = uuid.uuid4()
    return key, _body(key, PING, "ping", {}, now)


def _versions() -> EnquiryQuerySet:
    """What the portal may know of, with its `version`: which news of it was the latest."""
    news = TimelineEntry.objects.filter(enquiry=OuterRef("pk"), kind__in=NEWS)
    latest = news.values("enquiry").values(latest=Max("pk"))
    return (
        Enquiry.objects.shared()
        .annotate(latest=Subquery(latest))
        .filter(latest__isnull=False)
        .annotate(version=Cast("latest", CharField(max_length=64)))
    )


def _record(counter: Counter, key: uuid.UUID, *, at: datetime, is_echo: bool = False) -> None:
    """Number the state of an enquiry as it is now, and queue the event that follows from it."""
    change = Change.objects.enquiries().filter(uuid=key).first()
    version = _versions().filter(uuid=key).values_list("version", flat=True).first()
    was_there = change is not None and not change.is_deleted
    is_there = version is not None
    if not (was_there or is_there) or (was_there and change.digest == version):
        return
    href = full(f"{API}/enquiries/{key}")
    state = {
        "feed": Change.Feed.ENQUIRIES,
        "number": counter.next(),
        "is_deleted": not is_there,
        "digest": version or "",
        "data": {"id": str(key), "href": href} if is_there else {},
        **({} if was_there else {"taken_at": None}),  # it comes, or comes back
    }
    # These columns alone: a delivery may be writing down at this moment that it was taken.
    change, _ = Change.objects.update_or_create(kind=Change.Kind.ENQUIRY, uuid=key, defaults=state)
    if is_echo:
        return
    what = "created" if not was_there else "updated" if is_there else "deleted"
    data = {"id": str(key), "kind": "enquiry", "change_number": change.number, "href": href}
    _queue(f"enquiry.{what}", str(key), data, at, key=f"portal:{change.number}")


def _queue(type: str, subject: str, data: dict[str, object], at: datetime, *, key: str) -> None:
    event = uuid.uuid4()
    Message.objects.create(
        uuid=event,
        channel=Message.Channel.PORTAL,
        purpose=_purpose(type),
        dedupe_key=key,
        body=_body(event, type, subject, data, at).decode(),
    )


def _purpose(type: str) -> str:
    """The code of an event in the outbox: "enquiry_created"."""
    return type.replace(".", "_")


def _body(
    event: uuid.UUID, type: str, subject: str, data: dict[str, object], at: datetime
) -> bytes:
    """A CloudEvent as it is sent: the same bytes on every attempt."""
    said = {
        "specversion": "1.0",
        "id": str(event),
        "source": settings.BASE_URL,
        "type": f"{_TYPE}{type}",
        "subject": subject,
        "time": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "datacontenttype": "application/json",
        "data": data,
    }
    return json.dumps(said, separators=(",", ":")).encode()
