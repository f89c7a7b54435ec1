"""
The way into the partner area: every address under `/partner/<slug>/` goes through one of these.

Without a sign-in they lead to it. Somebody who has no business with that partner is told the same
"not found" as if there were none, whatever they may do in the CMS. Nothing is stored.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.forms import PlainForm
from core.http import SeeOther, never_stored, nowhere

from .models import Partner, PartnerQuerySet
from .permissions import led_by, open_to, partners_of

View = Callable[..., HttpResponse]


def for_members(view: View) -> View:
    """Open the partner of the address to its own members, for `view(request, partner, …)`."""
    return _opened(view, partners_of)


def for_leads(view: View) -> View:
    """The same, to those of its members who lead."""
    return _opened(view, led_by)


def for_proposers(view: View) -> View:
    """The same, to its members and to coordinators: for what the council approves."""
    return _opened(view, open_to)


def for_signed_in(view: View) -> View:
    """For an address of the area that is about no partner: `view(request, …)`."""

    @wraps(view)
    @never_stored
    def open_it(request: HttpRequest, **more: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, **more)

    return open_it


def form_page(
    request: HttpRequest,
    template: str,
    form: PlainForm,
    partner: Partner,
    *,
    back: str,
    back_to: str,
    status: int = 0,
    **more: object,
) -> HttpResponse:
    """
    A page that extends `partners/area_form.html`; `back` is the name of the address of this partner
    from which somebody came, `back_to` what it is called. 422 if the form has errors.
    """
    context = {
        "form": form,
        "partner": partner,
        "action": request.path,
        "back": reverse(back, args=[partner.slug]),
        "back_to": back_to,
        **more,
    }
    return render(request, template, context, status=status or (422 if form.errors else 200))


def done(partner: Partner, where: str, what: str) -> HttpResponse:
    """Back to an address of the partner, which says what was done: by a name, in `?done=`."""
    return SeeOther(f"{reverse(where, args=[partner.slug])}?done={what}")


def _opened(view: View, which: Callable[..., PartnerQuerySet]) -> View:
    @wraps(view)
    @for_signed_in
    def open_it(request: HttpRequest, slug: str, **more: object) -> HttpResponse:
        partner = which(request.user).filter(slug=slug).first()
        return view(request, partner, **more) if partner else nowhere(request)

    return open_it
