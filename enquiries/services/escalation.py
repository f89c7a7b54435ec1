"""
The desk is reminded: of each overdue interest, and once a morning of everything.

Nothing personal stands in these mails, and each has a key of its day: two workers, or one that
was killed and began again, send none twice.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from core.one_by_one import each_by_itself
from core.text import on_the_wire
from core.working_days import LONDON, add_working_days, is_working_day, previous_working_day
from outbox.models import Message
from outbox.services import first_usable, queue_mail

from .. import clock, morning
from ..models import DeskSettings, Interest, TimelineEntry, WebsiteMessage
from ..needs import counted
from .retention import retention_state
from .timeline import locked, note

BACKUP_AFTER = 1  # working days overdue, then the backup mailbox is told too
LONG_WAIT = timedelta(hours=1)  # of a message; a mail server that is away is back by then


def escalate(*, desk: DeskSettings, now: datetime) -> int:
    """
    Once each working day remind somebody of every overdue interest; how many mails were written.

    That is who looks after the enquiry, else the desk's mailbox; from the second working day also
    the backup. What cannot be written is logged and stops no other.
    """
    if not is_at_work(desk, now):
        return 0
    overdue = Interest.objects.overdue(clock.day(now)).filter(
        enquiry__quarantined_at=None, enquiry__anonymised_at=None
    )
    found = overdue.select_related("enquiry").in_order()
    return each_by_itself(found, lambda one: _remind(one, desk, now), task="Escalation")


@transaction.atomic
def send_digest(*, desk: DeskSettings, now: datetime) -> Message | None:
    """
    Mail the desk, once each working day, what waits and what was delivered.

    None before the desk opens, on other days, and without a mailbox.
    """
    if not (is_at_work(desk, now) and desk.receives_at):
        return None
    today = clock.day(now)
    key = f"desk_digest:{today}"
    if known := Message.objects.filter(dedupe_key=key).first():
        return known
    message, _ = queue_mail(
        purpose="desk_digest", dedupe_key=key, to=desk.receives_at, context=_digest(today, now)
    )
    return message


def is_at_work(desk: DeskSettings, now: datetime) -> bool:
    """Whether the desk has opened today."""
    local = now.astimezone(LONDON)
    return is_working_day(local.date()) and local.time() >= desk.opens


def _remind(interest: Interest, desk: DeskSettings, now: datetime) -> int:
    """Mail those who should know, each once a day; how many mails were written."""
    enquiry = locked(interest.enquiry)
    interest = enquiry.interests.get(pk=interest.pk)
    today = clock.day(now)
    if enquiry.is_quarantined or interest.due_on is None or interest.due_on >= today:
        return 0  # somebody was quicker
    written = 0
    for recipient in _who_should_know(interest, desk, today):
        address = salted_hmac("enquiries.overdue", on_the_wire(recipient)).hexdigest()
        key = f"desk_overdue:{interest.uuid}:{today}:{address}"
        if Message.objects.filter(dedupe_key=key).exists():
            continue
        message, _ = queue_mail(
            purpose="desk_overdue",
            dedupe_key=key,
            to=recipient,
            context={
                "enquiry": enquiry,
                "interest": interest,
                "cms_path": reverse("enquiries:inspect", args=[enquiry.pk]),
            },
        )
        note(enquiry, TimelineEntry.Kind.ESCALATED, now, interest=interest, message=message)
        written += 1
    return written


def _who_should_know(interest: Interest, desk: DeskSettings, today: date) -> list[str]:
    """Addresses; the owner's only while they may act on enquiries."""
    owner = interest.enquiry.owner
    may_act = owner is not None and owner.has_perm("enquiries.change_enquiry")
    first = owner.email if may_act else desk.receives_at
    is_late = add_working_days(interest.due_on, BACKUP_AFTER) < today
    second = first_usable([desk.backup_mailbox]) if is_late and desk.backup_mailbox else ""
    return [address for address in dict.fromkeys((first, second)) if address]


def _digest(today: date, now: datetime) -> dict[str, object]:
    """What the templates of the digest show."""
    since = previous_working_day(today)
    begin, end = (datetime.combine(day, datetime.min.time(), LONDON) for day in (since, today))
    settled = Message.objects.mails().filter(settled_at__gte=begin, settled_at__lt=end)
    oldest = Message.objects.mails().waiting().order_by("created_at", "pk").first()
    to_handle = WebsiteMessage.objects.to_handle()
    counts = counted(today)
    values = {
        "today": today,
        "since": since,
        "needs": [(need, count) for need, count in counts.each if count],
        "in_all": counts.in_all,
        "website_messages": to_handle.count(),
        "delivered": settled.filter(state=Message.State.SENT).count(),
        "given_up": settled.dead().count(),
        "waiting": Message.objects.mails().waiting().count(),
        "waiting_since": oldest and oldest.created_at,
        "retention": retention_state(now),
        "concerns": morning.concerns(now),
        "list_path": reverse("enquiries:index"),
        "website_path": f"{reverse('website_messages:index')}?status=open",
    }
    is_slow = oldest is not None and now - oldest.created_at > LONG_WAIT
    waits = values["needs"] or values["website_messages"]
    wrong = is_slow or values["given_up"] or values["concerns"] or not values["retention"].is_well
    return {**values, "is_slow": is_slow, "all_well": not (waits or wrong)}
