"""Changing a row of the register, by an editor."""

from datetime import datetime

from django.db import transaction
from django.utils.text import capfirst
from wagtail.log_actions import log

from accounts.models import User

from ..models import CaseStudyPage, Permission
from .lapsing import WithdrawnBefore, take_off_all

EDITED, CHANGED = "wagtail.edit", "casestudies.change_permission"
# Whose change is logged with what it was before: nobody is named in them.
_TOLD = ("case_study", "covers_words", "covers_logo", "picture", "given_on", "until")


@transaction.atomic
def change_permission(
    *, permission: Permission, fields: list[str], by: User, now: datetime
) -> Permission:
    """
    Write what `permission` has in these fields, and nothing else of it, into the register.

    What was changed stands in Wagtail's log; pages that nobody agrees to any more leave the site.

    :raises WithdrawnBefore: if it was withdrawn meanwhile: then it stays as it is.
    :raises ValidationError: if it does not fit what somebody else changed meanwhile.
    """
    before = Permission.objects.get(pk=permission.pk)
    if before.case_study_id:  # the page first, as publishing and withdrawing do it
        CaseStudyPage.objects.select_for_update(of=("self",)).get(pk=before.case_study_id)
    before = Permission.objects.select_for_update(of=("self",)).get(pk=permission.pk)
    if before.withdrawn_on:
        raise WithdrawnBefore
    after = Permission.objects.get(pk=permission.pk)
    for name in fields:
        setattr(after, name, getattr(permission, name))
    after.clean()
    after.validate_constraints()
    after.save(update_fields=fields)
    log(after, EDITED, user=by)
    if fields:
        changes = [_change(before, after, name) for name in fields]
        log(after, CHANGED, user=by, data={"changes": changes})
        take_off_all(now=now)
    return after


def _change(before: Permission, after: Permission, name: str) -> str:
    """What became of one field: "Holds until: 2026-01-31, then 2027-01-31"."""
    label = capfirst(Permission._meta.get_field(name).verbose_name)
    if name not in _TOLD:
        return label
    was, is_now = (getattr(thing, f"{name}_id", getattr(thing, name)) for thing in (before, after))
    return f"{label}: {was}, then {is_now}"
