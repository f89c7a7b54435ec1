"""
What an employer does on the tracking page.

Whoever holds the link may add, change and withdraw. What gives data away, removes it or moves the
link to another address is confirmed by a second link, mailed to the address itself. A quarantined
enquiry is treated like any other, but nobody is mailed about it.
"""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from core.tokens import BadToken, make_token, read_token
from outbox.models import Message
from outbox.services import queue_mail

from .. import clock
from ..models import DeskSettings, Enquiry, Interest, TimelineEntry
from .mails import mail_back, tell_desk
from .moving import WrongState, withdraw
from .sending import answer_soon, hear, joined
from .timeline import Refused, locked, note

Kind = TimelineEntry.Kind

CODE_HOLDS = timedelta(days=3)
CHANGE_RESTS = timedelta(days=7)  # so long who had the address before can tell us
CODES_A_DAY = 5  # mailed about one enquiry
LINKS_IN_A_MAIL = 10
# What each mailed link is for: the purpose of its code, and its address.
CODES = {
    Kind.EMAIL_CHANGE_ASKED: ("track-email", "track_email_code"),
    Kind.DOWNLOAD_LINK: ("track-download", "track_download_code"),
    Kind.ERASURE_LINK: ("track-erasure", "track_erase_code"),
}


class PartOfAnother(Refused):
    """The enquiry was joined with another: only something can be added to it."""


class TooManyCodes(Refused):
    """So many links were mailed about one enquiry in a day that a person would not have asked."""


class ChangedLately(Refused):
    """The e-mail address was changed at `changed_at`: nothing is given away or removed yet."""

    def __init__(self, changed_at: datetime):
        super().__init__("The email address was changed lately")
        self.changed_at = changed_at

    @property
    def until(self) -> date:
        """From this day on it is."""
        return clock.day(self.changed_at) + CHANGE_RESTS


class NowhereToMail(Refused):
    """The employer gave no e-mail address."""


@transaction.atomic
def add_words(
    *, enquiry: Enquiry, text: str, desk: DeskSettings, now: datetime, key: uuid.UUID
) -> None:
    """
    Keep what the employer adds, and tell the desk; with the same `key`, that of the form, once.

    What is said to a duplicate goes to the enquiry it was joined with.

    :raises TooManyAdditions: if there are 40 already.
    """
    enquiry = locked(enquiry)
    key = _own_key(enquiry, f"add:{text}", key)
    if TimelineEntry.objects.filter(key=key).exists():
        return
    duplicate = enquiry if enquiry.merged_into_id else None
    hear(joined(enquiry), desk, now, text=text, changes=[text], key=key, other=duplicate)


@transaction.atomic
def change_phone(*, enquiry: Enquiry, phone: str, desk: DeskSettings, now: datetime) -> None:
    """
    Keep another phone number, or none; the same one again changes nothing.

    :raises PartOfAnother: if it was joined with another.
    :raises TooManyAdditions: if the employer has added 40 times.
    """
    enquiry = _own(enquiry)
    if enquiry.phone == phone:
        return
    enquiry.phone = phone
    enquiry.save(update_fields=["phone"])
    line = f"Phone number: {phone or 'nothing any more'}"
    hear(enquiry, desk, now, text=line, changes=[line], kind=Kind.PHONE_CHANGED)


@transaction.atomic
def ask_for_email(
    *, enquiry: Enquiry, email: str, desk: DeskSettings, now: datetime, key: uuid.UUID
) -> None:
    """
    Mail a link to another address, whose owner confirms it; with the same `key` once.

    Only the latest such link works. Nobody is told if the address has had its mails of the day.

    :raises PartOfAnother: if it was joined with another.
    :raises TooManyCodes: if too many links were mailed today.
    """
    enquiry = _own(enquiry)
    key = _own_key(enquiry, f"email:{email}", key)
    if enquiry.timeline.filter(key=key).exists():
        return
    _count_codes(enquiry, now)
    enquiry.pending_email = email
    enquiry.save(update_fields=["pending_email"])
    message = None
    if not enquiry.is_quarantined:
        message = mail_back(
            purpose="enquiry_confirm_email",
            to=email,
            desk=desk,
            now=now,
            context=_with_code(enquiry, Kind.EMAIL_CHANGE_ASKED, key, desk),
        )
    note(enquiry, Kind.EMAIL_CHANGE_ASKED, now, key=key, text=email, message=message)


@transaction.atomic
def confirm_email(
    *, enquiry: Enquiry, asked: TimelineEntry, desk: DeskSettings, now: datetime
) -> Enquiry:
    """
    Take over the address that was asked for: every earlier link is void. Once.

    The new address gets its link, the earlier one is told. Returns the enquiry as it is then.

    :raises PartOfAnother: if it was joined with another.
    :raises WrongState: if another address was asked for since.
    :raises TooManyAdditions: if the employer has added 40 times.
    """
    enquiry = _own(enquiry)
    key = uuid.uuid5(asked.key, "confirmed")
    if enquiry.timeline.filter(key=key).exists():
        return enquiry
    if not is_latest(enquiry, asked):
        raise WrongState("Another address was asked for since")
    before, enquiry.email, enquiry.pending_email = enquiry.email, enquiry.pending_email, ""
    enquiry.link_version += 1
    enquiry.save(update_fields=["email", "mail_domain", "pending_email", "link_version"])
    message = None
    if not enquiry.is_quarantined:
        message = _mail(enquiry, desk, purpose="enquiry_new_link", to=enquiry.email, key=key)
    hear(
        enquiry,
        desk,
        now,
        text=before,
        changes=[f"Email address: {enquiry.email}"],
        kind=Kind.EMAIL_CHANGED,
        key=key,
        message=message,
    )
    if before and not enquiry.is_quarantined:
        told = _mail(enquiry, desk, purpose="enquiry_email_changed", to=before, key=key)
        note(enquiry, Kind.OLD_ADDRESS_TOLD, now, message=told)
    return enquiry


@transaction.atomic
def call_off(
    *, enquiry: Enquiry, desk: DeskSettings, now: datetime, interest: Interest | None = None
) -> None:
    """
    The employer does not want one interest any more, or any: withdraw what is open, tell the desk.

    What is withdrawn already stays so.

    :raises PartOfAnother: if it was joined with another.
    :raises WrongState: if the interest is closed.
    """
    enquiry = _own(enquiry)
    interests = enquiry.interests.all()
    if interest is not None:
        interests = interests.filter(pk=interest.pk)
        if interests.filter(state=Interest.State.CLOSED).exists():
            raise WrongState("It is finished already")
    topics = [
        withdraw(interest=one, now=now).topic
        for one in interests.open().select_related("enquiry").in_order()
    ]
    if topics:
        last = enquiry.timeline.filter(kind=Kind.WITHDRAWN).latest("pk")
        answer_soon(enquiry, desk, cause=last, changes=[f"Not wanted: {', '.join(topics)}"])


@transaction.atomic
def send_code(
    *, enquiry: Enquiry, kind: Kind, desk: DeskSettings, now: datetime, key: uuid.UUID
) -> None:
    """
    Mail the employer the link to download what is held, or to ask for erasure; a `key` once.

    :raises NowhereToMail: if there is no e-mail address.
    :raises ChangedLately: if the address was changed in the last 7 days.
    :raises TooManyCodes: if too many links were mailed today.
    """
    enquiry = locked(enquiry)
    if not enquiry.email:
        raise NowhereToMail("They gave no email address")
    refuse_changed(enquiry=enquiry, now=now)
    key = _own_key(enquiry, kind, key)
    if enquiry.timeline.filter(key=key).exists():
        return
    _count_codes(enquiry, now)
    message = None
    if not enquiry.is_quarantined:
        message, _ = queue_mail(
            purpose=f"enquiry_{kind}",
            dedupe_key=f"enquiry_{kind}:{key}",
            to=enquiry.email,
            reply_to=desk.mailbox,
            context=_with_code(enquiry, kind, key, desk),
        )
    note(enquiry, kind, now, key=key, message=message)


@transaction.atomic
def note_download(*, enquiry: Enquiry, asked: TimelineEntry, now: datetime) -> None:
    """Write down that what is held was downloaded; once for each link."""
    enquiry = locked(enquiry)
    key = uuid.uuid5(asked.key, "downloaded")
    if not enquiry.timeline.filter(key=key).exists():
        note(enquiry, Kind.DOWNLOADED, now, key=key)


@transaction.atomic
def ask_for_erasure(*, enquiry: Enquiry, desk: DeskSettings, now: datetime) -> None:
    """Note that the employer wants their details removed, and tell the desk. Once."""
    enquiry = locked(enquiry)
    if enquiry.erasure_asked_at is not None:
        return
    enquiry.erasure_asked_at = now
    enquiry.save(update_fields=["erasure_asked_at"])
    asked = note(enquiry, Kind.ERASURE_ASKED, now)
    if not enquiry.is_quarantined:
        tell_desk(enquiry, desk, cause=asked, purpose="enquiry_erasure_asked")


@transaction.atomic
def send_links(*, email: str, desk: DeskSettings, now: datetime) -> None:
    """
    Mail the links of its enquiries to an address, if it has any; at most 3 times a day.

    An address without enquiries costs the same work: nobody can tell by the time it takes.
    """
    found = Enquiry.objects.tracked(now).not_quarantined().of_address(email).newest_first()
    newest = found.select_for_update().first()  # the one that the mail belongs to
    enquiries = list(found[:LINKS_IN_A_MAIL])
    message = None
    if newest:
        message = mail_back(
            purpose="enquiry_links",
            to=newest.email,
            desk=desk,
            now=now,
            context=_links(enquiries, desk),
        )
    if message is not None:
        note(newest, Kind.LINKS_SENT, now, message=message)
        return
    nobody = Enquiry(uuid=uuid.uuid4(), reference="IA-2222-2222", created_at=now)
    _write_and_take_back(email, _links([nobody], desk))


def refuse_changed(*, enquiry: Enquiry, now: datetime) -> None:
    """
    Whoever has the link of the page could have moved it to an address of their own.

    :raises ChangedLately: if the address was changed in the last 7 days.
    """
    changed = enquiry.timeline.filter(kind=Kind.EMAIL_CHANGED).order_by("pk").last()
    if changed is not None:
        refusal = ChangedLately(changed.at)
        if clock.day(now) < refusal.until:
            raise refusal


def asked_with(
    *, enquiry: Enquiry, kind: Kind, code: str, now: datetime, version: int | None = None
) -> TimelineEntry:
    """
    What the link of this code was mailed for.

    `version` is that of the enquiry's links, if not the one in force.

    :raises BadToken: if the code is not one for this enquiry and purpose, or too old.
    """
    key, made_for = read_token(CODES[kind][0], code)
    asked = enquiry.timeline.filter(key=key, kind=kind).first()
    in_force = enquiry.link_version if version is None else version
    if asked is None or made_for != in_force or now >= asked.at + CODE_HOLDS:
        raise BadToken
    return asked


def is_latest(enquiry: Enquiry, asked: TimelineEntry) -> bool:
    """Whether this is the address that waits to be confirmed."""
    latest = enquiry.timeline.filter(kind=Kind.EMAIL_CHANGE_ASKED).order_by("pk").last()
    return bool(enquiry.pending_email) and latest == asked


def was_confirmed(enquiry: Enquiry, asked: TimelineEntry) -> bool:
    """Whether the address that was asked for is the one in force."""
    latest = enquiry.timeline.filter(kind=Kind.EMAIL_CHANGED).order_by("pk").last()
    return latest is not None and latest.key == uuid.uuid5(asked.key, "confirmed")


def _own(enquiry: Enquiry) -> Enquiry:
    """The enquiry, locked. :raises PartOfAnother: if it was joined with another."""
    enquiry = locked(enquiry)
    if enquiry.merged_into_id:
        raise PartOfAnother("It is part of another enquiry now")
    return enquiry


def _own_key(enquiry: Enquiry, what: str, key: uuid.UUID) -> uuid.UUID:
    """The key of a form, for one action on one enquiry: copied elsewhere it is another."""
    return uuid.uuid5(enquiry.uuid, f"{what}:{key}")


def _count_codes(enquiry: Enquiry, now: datetime) -> None:
    """:raises TooManyCodes: if 5 were mailed within a day."""
    recent = enquiry.timeline.filter(kind__in=CODES, at__gt=now - timedelta(days=1))
    if recent.count() >= CODES_A_DAY:
        raise TooManyCodes("Too many links were mailed in a day")


def _with_code(
    enquiry: Enquiry, kind: Kind, key: uuid.UUID, desk: DeskSettings
) -> dict[str, object]:
    """What a mail with a code is made of."""
    purpose, address = CODES[kind]
    code = make_token(purpose, key, enquiry.link_version)
    page = enquiry.email_token if kind == Kind.EMAIL_CHANGE_ASKED else enquiry.track_token
    path = reverse(address, args=[page, code])
    return {"enquiry": enquiry, "desk": desk, "path": path, "days": CODE_HOLDS.days}


def _mail(
    enquiry: Enquiry, desk: DeskSettings, *, purpose: str, to: str, key: uuid.UUID
) -> Message:
    """Mail about a changed address; with the link as it is now."""
    message, _ = queue_mail(
        purpose=purpose,
        dedupe_key=f"{purpose}:{key}",
        to=to,
        reply_to=desk.mailbox,
        context={
            "enquiry": enquiry,
            "desk": desk,
            "path": reverse("track", args=[enquiry.track_token]),
            "rests": CHANGE_RESTS.days,
        },
    )
    return message


def _links(enquiries: Iterable[Enquiry], desk: DeskSettings) -> dict[str, object]:
    """What the mail with lost links is made of."""
    links = [(one, reverse("track", args=[one.track_token])) for one in enquiries]
    return {"links": links, "desk": desk}


def _write_and_take_back(email: str, context: dict[str, object]) -> None:
    """The work of a mail, and no mail: it is gone before anybody else can see it."""
    message, _ = queue_mail(
        purpose="enquiry_links", dedupe_key=f"nobody:{uuid.uuid4()}", to=email, context=context
    )
    message.delete()
