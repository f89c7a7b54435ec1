"""
What a partner offers, as its members keep it.

The council approves what the public reads. What only takes something away from the public acts at
once: no room, or not at all any more.
"""

from dataclasses import dataclass
from functools import wraps
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe
from modelcluster.models import model_from_serializable_data

from core.alone import alone
from core.http import SeeOther, get_or_post, nowhere
from core.working_days import today
from outbox import services as outbox
from outbox.proving import problem_with
from partners import proposing
from partners import services as partners
from partners.area import View, done, for_members, for_proposers, form_page
from partners.member_forms import ButtonForm
from partners.models import Partner
from partners.permissions import partners_of
from partners.profile_forms import TakeBackForm

from . import services
from .freshness_views import DONE as FRESHNESS_DONE
from .member_forms import LinkForm, NewLinkForm, ProofForm
from .models import OfferLink, OfferPage

# What is said on the page of the offers after an action, by its name in `?done=`.
DONE = {
    **proposing.DONE,
    **FRESHNESS_DONE,
    "withdrawn": "It is off the public site. We have told the council.",
    "proven": "The email address is proven. We tell it of employers from now on.",
    "proven-early": "The email address is proven. We use it once the council has approved it.",
    "no-address": "Enter an email address for enquiries first.",
}


EXISTS = "This is among what you offer already. Change it there, or select something else"


@dataclass(frozen=True)
class Row:
    """One link as the page of the offers shows it; `latest` is what its members wrote last."""

    link: OfferLink
    latest: OfferLink
    standing: partners.Standing
    is_proven: bool


def of_a_link(view: View) -> View:
    """Open one link of the partner, for `view(request, partner, link, …)`; else not found."""

    @wraps(view)
    def open_it(request: HttpRequest, partner: Partner, link: UUID, **more: object) -> HttpResponse:
        found = partner.offer_links.filter(uuid=link).select_related("partner", "offer").first()
        return view(request, partner, found, **more) if found else nowhere(request)

    return open_it


@require_safe
@for_proposers
def links(request: HttpRequest, partner: Partner) -> HttpResponse:
    """What the partner offers, and where each of it stands."""
    context = {
        "partner": partner,
        "rows": _rows(partner),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "offers/member_links.html", context)


@get_or_post
@for_proposers
def add(request: HttpRequest, partner: Partner) -> HttpResponse:
    """Propose one more; nothing is sent for one that the partner has already."""
    offers = OfferPage.objects.published().in_order()
    data = request.POST if request.method == "POST" else None
    form = NewLinkForm(data, today=today(), is_member=_is_member(request, partner), offers=offers)
    if not form.is_valid():
        return _page(request, "add", form, partner)
    try:
        services.propose_link(
            partner=partner,
            offer=form.cleaned_data["offer"],
            fields=form.changes,
            by=request.user,
        )
    except services.AlreadyLinked:
        form.add_error("offer", EXISTS)
        return _page(request, "add", form, partner)
    except ValidationError as refused:
        form.add_error("what_we_do", refused.messages[0])
        return _page(request, "add", form, partner)
    return done(partner, "partner_offers", "sent")


@get_or_post
@for_proposers
@of_a_link
def edit(request: HttpRequest, partner: Partner, link: OfferLink) -> HttpResponse:
    """Propose a change, beginning with the draft if there is one."""
    standing = partners.standing(link)
    if not standing.may_change:
        return done(partner, "partner_offers", "with-council")
    draft = link.get_latest_revision_as_object()
    data = request.POST if request.method == "POST" else None
    form = LinkForm(data, today=today(), is_member=_is_member(request, partner), draft=draft)
    context = {"link": link, "standing": standing}
    if not form.is_valid():
        return _page(request, "edit", form, partner, **context)
    if what := proposing.send(link, form, by=request.user):
        return done(partner, "partner_offers", what)
    return _page(request, "edit", form, partner, status=409, **context)


@get_or_post
@for_proposers
@of_a_link
def take_back(request: HttpRequest, partner: Partner, link: OfferLink) -> HttpResponse:
    """Have the council look at a change no longer."""
    if request.method != "POST":
        form = TakeBackForm(initial={"base": link.latest_revision_id})
        return _page(request, "take_back", form, partner, link=link)
    form = TakeBackForm(request.POST)
    return done(partner, "partner_offers", proposing.take_back(link, form, by=request.user))


@get_or_post
@for_members
@of_a_link
def pause(request: HttpRequest, partner: Partner, link: OfferLink) -> HttpResponse:
    """Tell the public at once that there is no room."""
    if request.method != "POST":
        return _page(request, "pause", ButtonForm(), partner, link=link)
    with alone(OfferLink, link.pk):
        services.pause(link=link, by=request.user, now=timezone.now())
    return done(partner, "partner_offers", "paused")


@get_or_post
@for_members
@of_a_link
def withdraw(request: HttpRequest, partner: Partner, link: OfferLink) -> HttpResponse:
    """Take it off the public site at once."""
    if request.method != "POST":
        return _page(request, "withdraw", ButtonForm(), partner, link=link)
    try:
        with alone(OfferLink, link.pk):
            services.withdraw_link(link=link, by=request.user, now=timezone.now())
    except partners.BeingChanged:
        return done(partner, "partner_offers", "with-council")
    return done(partner, "partner_offers", "withdrawn")


@get_or_post
@for_members
@of_a_link
def contact(request: HttpRequest, partner: Partner, link: OfferLink) -> HttpResponse:
    """Mail a code to the address for enquiries, to prove that somebody reads it."""
    address = link.get_latest_revision_as_object().contact_email
    if not address:
        return done(partner, "partner_offers", "no-address")
    context = {"link": link, "address": address}
    if request.method != "POST":
        return _page(request, "contact", ButtonForm(), partner, **context)
    try:
        outbox.send_code(address=address, now=timezone.now())
    except outbox.TooManyCodes as error:
        again = f"{localtime(error.again_at):%H:%M}"
        context["refused"] = f"This address was sent 3 codes in an hour. Send one after {again}"
        return _page(request, "contact", ButtonForm(), partner, status=429, **context)
    except outbox.UnmailableAddress:
        context["refused"] = "No email can be sent to this address. Enter another one"
        return _page(request, "contact", ButtonForm(), partner, status=409, **context)
    return SeeOther(reverse("partner_offer_code", args=[partner.slug, link.uuid]))


@get_or_post
@for_members
@of_a_link
def code(request: HttpRequest, partner: Partner, link: OfferLink) -> HttpResponse:
    """Take the code that was mailed to the address for enquiries."""
    address = link.get_latest_revision_as_object().contact_email
    if not address:
        return done(partner, "partner_offers", "no-address")
    form = ProofForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        problem = problem_with(form.cleaned_data["code"], address=address, now=timezone.now())
        # A second press finds the code used, and the address proven by it.
        if not problem or outbox.usable_addresses([address]):
            is_approved = link.live and link.contact_email == address
            return done(partner, "partner_offers", "proven" if is_approved else "proven-early")
        form.add_error("code", problem)
    return _page(request, "code", form, partner, link=link, address=address)


def _is_member(request: HttpRequest, partner: Partner) -> bool:
    """Whether somebody acts as a member of the partner, not as a coordinator."""
    return partners_of(request.user).filter(pk=partner.pk).exists()


def _rows(partner: Partner) -> list[Row]:
    """Every link of the partner with its standing, in the order of the offers. A few queries."""
    found = partner.offer_links.select_related("partner", "offer", "latest_revision")
    links = list(found.order_by("offer__path", "pk"))
    standings = partners.standings(links)
    latest = [
        model_from_serializable_data(OfferLink, link.latest_revision.content, check_fks=False)
        if standing.may_change and link.has_unpublished_changes and link.latest_revision
        else link
        for link, standing in zip(links, standings, strict=True)
    ]
    proven = outbox.usable_addresses(one.contact_email for one in latest if one.contact_email)
    return [
        Row(link=link, latest=one, standing=standing, is_proven=one.contact_email in proven)
        for link, one, standing in zip(links, latest, standings, strict=True)
    ]


def _page(
    request: HttpRequest, name: str, form: ButtonForm, partner: Partner, **more: object
) -> HttpResponse:
    template = f"offers/member_{name}.html"
    back = {"back": "partner_offers", "back_to": "what you offer"}
    return form_page(request, template, form, partner, **back, **more)
