"""Asking an employer whether a story may be published as it is, and taking the answer."""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.formats import date_format
from wagtail.log_actions import log

from accounts.models import User
from core.models import NotWhole, SiteImage
from core.personal_data import of_address
from core.text import on_the_wire
from core.working_days import begin_and_end, day
from outbox.services import queue_mail

from .. import digests, publishing
from ..clock import months_after
from ..models import (
    BY_SIGN_OFF,
    SIGN_OFF_LINK_HOLDS,
    Basis,
    CaseStudyPage,
    Permission,
    SignOff,
)
from .people import people_of

ASKED, ANSWERED = "casestudies.ask_for_sign_off", "casestudies.sign_off"


class CannotAsk(Exception):
    """There is nobody to ask, or nothing to show; the words say which."""


class NewerVersion(Exception):
    """A newer version of the story was sent meanwhile: this one cannot be answered any more."""


class WordsChanged(Exception):
    """The version has other words than those that were read."""


class AnsweredOtherwise(Exception):
    """The version was answered already, and not like this."""


def whom_to_ask(page: CaseStudyPage) -> dict[str, str]:
    """Who was asked about it last, or told the story: `to`, an address, and `contact`, a name."""
    asked = SignOff.objects.filter(case_study=page).exclude(sent_to="").newest_first().first()
    if asked:
        return {"to": asked.sent_to, "contact": asked.contact}
    told = page.story_requests.exclude(sent_to="").newest_first().first()
    return {"to": told.sent_to, "contact": told.person} if told else {}


def gaps_of_latest(page: CaseStudyPage, today: date) -> list[str]:
    """What the latest draft lacks to be published, in words; what its employer does aside."""
    try:
        page.get_latest_revision_as_object().check_whole(today=today)
    except NotWhole as lacking:
        return list(lacking.lines())
    return []


@transaction.atomic
def ask_for_sign_off(
    *,
    page: CaseStudyPage,
    to: str,
    contact: str,
    note: str,
    by: User,
    key: UUID,
    now: datetime,
) -> SignOff:
    """
    Mail an employer a link to the latest draft, to approve it or to comment.

    What was asked before about the same story cannot be answered any more. With a `key` that was
    used before nothing is sent again.

    :raises CannotAsk: if the story is of no employer that could be asked, or was never saved, or
        if the address is that of somebody who works in the CMS.
    """
    page = CaseStudyPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    uuid = uuid5(key, f"sign-off of {page.pk}")  # the key of another page's form is another one
    if asked := SignOff.objects.filter(uuid=uuid).first():
        return asked
    revision = page.get_latest_revision()
    if revision is None:
        raise CannotAsk("Save the page first: there is no draft to show")
    draft = revision.as_object()
    _check_employer(draft, to)
    today = day(now)
    SignOff.objects.unanswered().filter(case_study=page).update(withdrawn_at=now)
    sign_off = SignOff.objects.create(
        uuid=uuid,
        case_study=page,
        revision=revision,
        digest=digests.of_words(draft),
        sent_to=to,
        contact=contact,
        note=note,
        asked_by=by,
        asked_at=now,
        expires_at=begin_and_end(today, today + SIGN_OFF_LINK_HOLDS)[1],
    )
    queue_mail(
        purpose="sign_off_asked",
        dedupe_key=f"sign_off_asked:{sign_off.uuid}",
        to=to,
        reply_to=by.email,
        context={
            "sign_off": sign_off,
            "story": draft,
            "by": by,
            "path": reverse("sign_off", args=[sign_off.token]),
            "until": sign_off.works_until,
        },
    )
    log(page, ASKED, user=by, revision=revision)
    return sign_off


@transaction.atomic
def approve(
    *,
    sign_off: SignOff,
    person: str,
    role: str,
    months: int,
    picture: bool,
    now: datetime,
    read: str = "",
) -> SignOff:
    """
    Note that the employer agrees to exactly this version, for so many months.

    The register gets a permission for the words and, with `picture`, one for the picture of that
    version. A second time nothing happens.

    `read` is the digest of the words that they read, if those are not what they were asked about:
    a version changes, for example, when its picture is deleted.

    :raises NewerVersion: if a newer version was sent meanwhile.
    :raises AnsweredOtherwise: if they commented on it before.
    :raises WordsChanged: if it does not say what they read.
    """
    sign_off = _open(sign_off, SignOff.Answer.APPROVED)
    if sign_off.answer:
        return sign_off
    digest = digests.of_words(sign_off.revision.as_object())
    if digest != (read or sign_off.digest):
        raise WordsChanged
    sign_off.digest = digest
    _answer(sign_off, SignOff.Answer.APPROVED, now, person=person, role=role)
    given_on = day(now)
    _replace_earlier(sign_off, given_on)
    given = {
        "case_study": sign_off.case_study,
        "organisation": sign_off.revision.as_object().employer_name,
        "person": person,
        "role": role,
        "given_on": given_on,
        "until": months_after(given_on, months),
        "evidence": BY_SIGN_OFF.format(day=date_format(given_on, "j F Y")),
        "sign_off": sign_off,
        "created_at": now,
    }
    Permission.objects.create(covers_words=True, **given)
    image = picture_of(sign_off)
    if picture and image:
        Permission.objects.create(picture=image, **given)
    page = sign_off.case_study
    lacks = image is not None and not publishing.picture_may_be_shown(image, page, now)
    _tell(sign_off, "sign_off_approved", lacks_picture=lacks)
    return sign_off


@transaction.atomic
def comment(*, sign_off: SignOff, text: str, now: datetime) -> SignOff:
    """
    Note what the employer wants to be changed, and mail it to whoever asked.

    :raises NewerVersion: if a newer version was sent meanwhile.
    :raises AnsweredOtherwise: if they approved it, or wrote something else, before.
    """
    sign_off = _open(sign_off, SignOff.Answer.COMMENT)
    if sign_off.answer:
        if sign_off.comment != text:
            raise AnsweredOtherwise
        return sign_off
    _answer(sign_off, SignOff.Answer.COMMENT, now, comment=text)
    _tell(sign_off, "sign_off_commented")
    return sign_off


def _replace_earlier(sign_off: SignOff, today: date) -> None:
    """
    What an employer gave before for this story ends with a new answer, which alone counts: with
    its time, and with the picture only if they agree to that again.
    """
    earlier = Permission.objects.for_story(sign_off.case_study).given_by_employer()
    picture = picture_of(sign_off)
    same = Q(covers_words=True) | (Q(picture=picture) if picture else Q(pk=None))
    earlier.filter(same, withdrawn_on=None).update(
        withdrawn_on=Greatest(F("given_on"), Value(today, models.DateField())),
        is_replaced=True,
    )


def picture_of(sign_off: SignOff) -> SiteImage | None:
    """The picture of the version that its employer must agree to; None if there is none."""
    image = sign_off.revision.as_object().image
    return None if image is None or publishing.needs_no_permission(image) else image


def _open(sign_off: SignOff, answer: str) -> SignOff:
    """The sign-off locked, if it can be answered so, or was."""
    # The page first, as publishing and asking do it.
    CaseStudyPage.objects.select_for_update(of=("self",)).get(pk=sign_off.case_study_id)
    sign_off = SignOff.objects.select_for_update(of=("self",)).get(pk=sign_off.pk)
    if sign_off.answer and sign_off.answer != answer:
        raise AnsweredOtherwise
    if not sign_off.answer and (sign_off.withdrawn_at or sign_off.revision is None):
        raise NewerVersion
    return sign_off


def _check_employer(draft: CaseStudyPage, address: str) -> None:
    """:raises CannotAsk: if there is no employer to ask, or if the address is not theirs."""
    if draft.is_example:
        raise CannotAsk("This is an example: there is no employer to ask")
    if draft.basis != Basis.APPROVAL:
        raise CannotAsk("Select ‘The employer approved it’ under ‘What it rests on’ first")
    if _is_of_the_cms(address):
        raise CannotAsk("This address is of somebody who works on this website. Ask the employer")


def _is_of_the_cms(address: str) -> bool:
    """Whether somebody who may enter the CMS has this address."""
    accounts = of_address(User.objects.filter(is_active=True), on_the_wire(address), "email")
    return any(account.has_perm("wagtailadmin.access_admin") for account in accounts)


def _answer(sign_off: SignOff, answer: str, now: datetime, **words: str) -> None:
    sign_off.answer, sign_off.answered_at = answer, now
    for name, value in words.items():
        setattr(sign_off, name, value)
    sign_off.save()
    # Who it was stands in the sign-off alone, from where it can be erased.
    data = {"answer": sign_off.get_answer_display()}
    log(sign_off.case_study, ANSWERED, revision=sign_off.revision, data=data)


def _tell(sign_off: SignOff, purpose: str, **more: object) -> None:
    """Mail whoever asked; if that person left, whoever looks after the story."""
    asked_by = sign_off.asked_by
    people = [asked_by] if asked_by and asked_by.is_active else people_of(sign_off.case_study)
    for person in people:
        queue_mail(
            purpose=purpose,
            dedupe_key=f"{purpose}:{sign_off.uuid}:{person.pk}",
            to=person.email,
            context={
                "sign_off": sign_off,
                "page": sign_off.case_study,
                "cms_path": reverse("wagtailadmin_pages:edit", args=[sign_off.case_study_id]),
                **more,
            },
        )
