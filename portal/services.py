"""What people do to the connection: each of it is in Wagtail's audit log."""

from datetime import datetime, timedelta

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log
from wagtail.models import APIToken, Site

from accounts.models import User
from outbox.models import Message, MessageQuerySet

from .models import PORTAL_USER, Circuit, PortalSettings

ROTATED = "portal.rotate_secret"
SHOWN = "portal.show_secret"
RESUMED = "portal.resume"
REPLAYED = "portal.replay"
EXPORTED = "portal.export"
SET_ASIDE = "portal.set_aside"
BOTH_SIGN = timedelta(days=7)  # for the portal to enter the new secret
_PERMISSIONS = ("portal_read", "portal_write")


class StillChanging(Exception):
    """Until `until` two secrets sign: another would end the one that the portal may still have."""

    def __init__(self, until: datetime):
        super().__init__()
        self.until = until


class NotGivenUp(Exception):
    """The message waits or was delivered: there is nothing to decide about it."""


@transaction.atomic
def rotate_secret(*, by: User, now: datetime) -> PortalSettings:
    """
    Sign with a new secret from now on, and for a week with the one before too.

    :raises StillChanging: if that week is not over since the last time.
    """
    switch = _switch()
    if switch.previous_secret_until is not None and now < switch.previous_secret_until:
        raise StillChanging(switch.previous_secret_until)
    switch.secret_version += 1
    switch.previous_secret_until = now + BOTH_SIGN
    switch.save()
    log(switch, ROTATED, user=by, data={"version": switch.secret_version})
    return switch


@transaction.atomic
def note_shown(*, by: User) -> PortalSettings:
    """Note who was shown the secret."""
    switch = _switch()
    log(switch, SHOWN, user=by, data={"version": switch.secret_version})
    return switch


@transaction.atomic
def make_token(*, by: User | None, now: datetime) -> str:
    """
    A new token for the portal, which is shown once; those before go on working until somebody
    revokes them. The user it belongs to is made if needed: it cannot sign in.
    """
    user = User.objects.filter(email=PORTAL_USER).first()
    if user is None:
        user = User.objects.create_user(PORTAL_USER, first_name="Business Portal")
    wanted = Permission.objects.filter(
        content_type__app_label="enquiries", codename__in=_PERMISSIONS
    )
    user.user_permissions.set(wanted)
    made, plain = APIToken.create_token(user=user, name=f"Business Portal {now:%Y-%m-%d %H:%M}")
    log(made, "wagtail.apitoken.create", user=by)
    return plain


@transaction.atomic
def revoke_token(*, token: APIToken, by: User) -> None:
    """End a token of the portal at once; one that was revoked stays so."""
    works = APIToken.objects.select_for_update().filter(pk=token.pk, revoked_at=None).first()
    if works is not None:
        works.revoke()
        log(works, "wagtail.apitoken.revoke", user=by)


def tokens() -> QuerySet:
    """The portal's tokens, the oldest first; those that were revoked too."""
    return APIToken.objects.filter(user__email=PORTAL_USER).order_by("pk")


@transaction.atomic
def note_exported(*, count: int, left_out: int) -> None:
    """Note that enquiries were written to a file for the portal."""
    log(_switch(), EXPORTED, data={"count": count, "left_out": left_out})


@transaction.atomic
def resume(*, by: User) -> None:
    """Try again what waits, at once: somebody has spoken to the people of the portal."""
    switch = _switch()
    Circuit.begin_anew()
    log(switch, RESUMED, user=by)


@transaction.atomic
def replay(*, message: Message, by: User) -> None:
    """
    Send an event that was given up once more, under its id, before what waits.

    :raises NotGivenUp: if it was not given up.
    """
    if not _given_up(message).open_again():
        raise NotGivenUp
    log(_switch(), REPLAYED, user=by, data={"event": str(message.uuid)})


@transaction.atomic
def replay_all(*, by: User) -> int:
    """Send all that was given up once more; how many those are."""
    switch = _switch()
    given_up = Message.objects.for_portal().dead()
    events = list(given_up.values_list("uuid", flat=True))
    given_up.filter(uuid__in=events).open_again()
    for event in events:
        log(switch, REPLAYED, user=by, data={"event": str(event)})
    return len(events)


@transaction.atomic
def set_aside(*, message: Message, by: User) -> None:
    """
    Note that somebody has dealt with an event that was given up: it is not sent any more.

    :raises NotGivenUp: if it was not given up.
    """
    if not _given_up(message).blank():
        raise NotGivenUp
    log(_switch(), SET_ASIDE, user=by, data={"event": str(message.uuid)})


def _given_up(message: Message) -> MessageQuerySet:
    return Message.objects.for_portal().filter(pk=message.pk).dead()


def _switch() -> PortalSettings:
    """The settings of the site, locked until the transaction ends."""
    switch = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    return PortalSettings.objects.select_for_update().get(pk=switch.pk)
