"""The screen of the connection in the CMS, and what is done there: one POST each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.http import never_stored
from core.working_days import day
from enquiries.models import PrivacyNotice
from offers.models import OfferPage
from outbox.models import Message

from . import door, services, signing, watch
from .models import Circuit, PortalHealth, PortalSettings
from .watch import SCREEN

MOST = 20  # lines of a table
Stage = PortalSettings.Stage


@dataclass(frozen=True)
class Rehearsal:
    """Where each offer would begin in each state that the portal may be in."""

    states: list[str]
    offers: list[tuple[OfferPage, list[str]]]  # each with an address for every state


def may_operate(user: User) -> bool:
    """Whether the person looks after the connection."""
    return user.has_perm("portal.operate_circuit")


@require_safe
def connection(request: HttpRequest) -> HttpResponse:
    """How the connection is, what waits, what went wrong, and what employers would see."""
    _check_may_operate(request)
    return _screen(request)


@require_POST
@never_stored
def show_secret(request: HttpRequest) -> HttpResponse:
    """Show the secret that signs what the portal is sent."""
    _check_may_operate(request)
    switch = services.note_shown(by=request.user)
    return _screen(request, shown=("Signing secret", signing.secret(switch.secret_version)))


@require_POST
def rotate_secret(request: HttpRequest) -> HttpResponse:
    """Sign with a new secret; both sign for a week."""
    _check_may_operate(request)
    try:
        switch = services.rotate_secret(by=request.user, now=timezone.now())
    except services.StillChanging as change:
        until = timezone.localtime(change.until)
        messages.error(
            request,
            f"There is a new secret already. Until {until:%-d %B, %H:%M} the one before signs too; "
            "make another one after that.",
        )
        return redirect(SCREEN)
    until = timezone.localtime(switch.previous_secret_until)
    messages.success(
        request,
        f"There is a new secret. Show it and enter it in the portal by {until:%-d %B}: until then "
        "the one before signs too.",
    )
    return redirect(SCREEN)


@require_POST
@never_stored
def make_token(request: HttpRequest) -> HttpResponse:
    """Make a token for the portal, and show it this once."""
    _check_may_operate(request)
    token = services.make_token(by=request.user, now=timezone.now())
    return _screen(request, shown=("New token, shown this once", token))


@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the portal's tokens."""
    _check_may_operate(request)
    services.revoke_token(token=get_object_or_404(services.tokens(), pk=pk), by=request.user)
    messages.success(request, "The token is revoked: what carries it is refused from now on.")
    return redirect(SCREEN)


@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Try at once what waits."""
    _check_may_operate(request)
    services.resume(by=request.user)
    messages.success(request, "What waits is tried again in a moment.")
    return redirect(SCREEN)


@require_POST
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an event that was given up once more."""
    return _decide(request, pk, services.replay, "The message is sent again in a moment.")


@require_POST
def replay_all(request: HttpRequest) -> HttpResponse:
    """Send all that was given up once more."""
    _check_may_operate(request)
    count = services.replay_all(by=request.user)
    if count:
        what = "1 message is" if count == 1 else f"{count} messages are"
        messages.success(request, f"{what} sent again in a moment.")
    else:
        messages.error(request, "Nothing was done: no message is given up any more.")
    return redirect(SCREEN)


@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody has dealt with an event that was given up."""
    return _decide(request, pk, services.set_aside, "The message is marked as handled.")


def rehearsal(now: datetime) -> Rehearsal:
    """What employers would see in each stage, with the settings as they are."""
    portal = door.known()
    well = {"is_healthy": True, "checked_at": now}
    states = {
        "Off": replace(portal, stage=Stage.OFF, **well),
        "Announced": replace(portal, stage=Stage.ANNOUNCED, **well),
        "Live": replace(portal, stage=Stage.LIVE, **well),
        "Live, and the portal does not answer": replace(portal, stage=Stage.LIVE, checked_at=None),
    }
    offers = OfferPage.objects.published().in_order()
    now_in = portal.stage.capitalize()
    return Rehearsal(
        [f"{name} (now)" if name == now_in else name for name in states],
        [
            (offer, [door.leads_from(state, offer, now=now) for state in states.values()])
            for offer in offers
        ],
    )


def _screen(request: HttpRequest, shown: tuple[str, str] | None = None) -> HttpResponse:
    now = timezone.now()
    switch = PortalSettings.objects.filter(site__is_default_site=True).first()
    events = Message.objects.for_portal()
    waiting = events.waiting()
    unacknowledged = watch.unacknowledged(day(now))
    context = {
        "switch": switch,
        "may_switch": request.user.has_perm("portal.change_portalsettings"),
        "notice": PrivacyNotice.objects.in_force(day(now)).first(),
        "health": PortalHealth.objects.first(),
        "is_well": door.known().is_well(now),
        "circuit": Circuit.objects.first(),
        "waiting": waiting.count(),
        "oldest": waiting.first(),
        "given_up": watch.with_enquiries(events.dead()[:MOST]),
        "given_up_in_all": events.dead().count(),
        "unacknowledged": unacknowledged[:MOST],
        "unacknowledged_in_all": unacknowledged.count(),
        "latest": events.order_by("-pk")[:MOST],
        "tokens": services.tokens().filter(revoked_at=None),
        "rehearsal": rehearsal(now) if switch and switch.base_url else None,
        "shown": shown,
        "page_title": "Portal connection",
        "header_icon": "link",
    }
    return render(request, "portal_admin/connection.html", context)


def _decide(request: HttpRequest, pk: int, service: Callable[..., None], done: str) -> HttpResponse:
    """Do one thing about an event that was given up, and say so."""
    _check_may_operate(request)
    message = get_object_or_404(Message.objects.for_portal(), pk=pk)
    try:
        service(message=message, by=request.user)
    except services.NotGivenUp:
        messages.error(request, "Nothing was done: this message is not given up any more.")
    else:
        messages.success(request, done)
    return redirect(SCREEN)


def _check_may_operate(request: HttpRequest) -> None:
    if not may_operate(request.user):
        raise PermissionDenied
