"""Forgetting who was asked and who agreed: on request, and when it is long over."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from core.one_by_one import each_by_itself
from core.working_days import day
from outbox.models import Message, MessageQuerySet
from outbox.personal_data import ON_REQUEST

from ..models import Permission, SignOff

_NAMING = ("person", "role", "evidence")
KEPT_AFTER = timedelta(days=730)  # 24 months after it is over: somebody may still ask by what right


@transaction.atomic
def erase_sign_off(*, sign_off: SignOff, now: datetime) -> None:
    """
    Have it name nobody, its mails too; an unsent one stays unsent. Nobody can answer it.

    That a version was approved, and when, stays.
    """
    sign_off = SignOff.objects.select_for_update(of=("self",)).get(pk=sign_off.pk)
    if not sign_off.answer and sign_off.withdrawn_at is None:
        sign_off.withdrawn_at = now
    sign_off.version += 1  # their link opens nothing any more
    for name in ("sent_to", "contact", "note", "comment", "person", "role"):
        setattr(sign_off, name, "")
    sign_off.save()
    mails = _mails_of(sign_off)
    mails.settle_unsent(reason=ON_REQUEST)
    mails.blank()


@transaction.atomic
def erase_permission(*, permission: Permission, now: datetime) -> None:
    """
    Have it name nobody; that it was given, by which organisation and when, stays.

    Until it is over the name is evidence that the council must be able to show: it stays until
    then, and goes by itself, with what editors wrote about where the evidence is and why it ended.
    """
    permission = Permission.objects.select_for_update(of=("self",)).get(pk=permission.pk)
    if permission.is_over(day(now)):
        for name in _NAMING:
            setattr(permission, name, "")
        permission.withdrawn_why = ""
    else:
        permission.erase_asked_at = permission.erase_asked_at or now
    permission.save(update_fields=[*_NAMING, "withdrawn_why", "erase_asked_at"])


def forget_what_is_over(*, now: datetime) -> int:
    """
    Erase the names in permissions that are over, if somebody asked or 24 months after, and in
    sign-offs 24 months after their link; how many things.
    """
    today = day(now)
    over = Permission.objects.exclude(pk__in=Permission.objects.in_force(today).values("pk"))
    long_over = Q(until__lt=today - KEPT_AFTER) | Q(withdrawn_on__lt=today - KEPT_AFTER)
    named = over.filter(given_on__lte=today).exclude(person="", role="")
    permissions = list(named.filter(long_over | Q(erase_asked_at__isnull=False)))
    needed = Permission.objects.in_force(today).filter(sign_off=OuterRef("pk"))
    old = SignOff.objects.filter(~Exists(needed), expires_at__lt=now - KEPT_AFTER)
    sign_offs = list(old.exclude(sent_to="", person="", comment=""))

    def forget_permission(permission: Permission) -> int:
        erase_permission(permission=permission, now=now)
        return 1

    def forget_sign_off(sign_off: SignOff) -> int:
        erase_sign_off(sign_off=sign_off, now=now)
        return 1

    forgotten = each_by_itself(permissions, forget_permission, task="Forgetting")
    return forgotten + each_by_itself(sign_offs, forget_sign_off, task="Forgetting")


def _mails_of(sign_off: SignOff) -> MessageQuerySet:
    """The question, and what told those who asked of the answer."""
    told = Q()
    for purpose in ("sign_off_approved", "sign_off_commented"):
        told |= Q(dedupe_key__startswith=f"{purpose}:{sign_off.uuid}:")
    return Message.objects.filter(Q(dedupe_key=f"sign_off_asked:{sign_off.uuid}") | told)
