"""What the public reads about a partner: its members propose changes, the council approves them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.http import get_or_post

from . import proposing, services
from .area import done, for_proposers, form_page
from .member_forms import ButtonForm
from .models import Partner
from .profile_forms import ProfileForm, TakeBackForm


@require_safe
@for_proposers
def profile(request: HttpRequest, partner: Partner) -> HttpResponse:
    """The public profile, and what waits for the council or was returned."""
    standing = services.standing(partner)
    context = {
        "partner": partner,
        "standing": standing,
        "draft": partner.get_latest_revision_as_object() if standing.may_take_back else None,
        "done": proposing.DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "partners/profile.html", context)


@get_or_post
@for_proposers
def edit(request: HttpRequest, partner: Partner) -> HttpResponse:
    """Change the profile, beginning with the draft if there is one."""
    standing = services.standing(partner)
    if not standing.may_change:
        return done(partner, "partner_profile", "with-council")
    draft = partner.get_latest_revision_as_object()
    form = ProfileForm(request.POST if request.method == "POST" else None, draft=draft)
    if not form.is_valid():
        return _page(request, "profile_edit", form, partner, standing=standing)
    if what := proposing.send(partner, form, by=request.user):
        return done(partner, "partner_profile", what)
    return _page(request, "profile_edit", form, partner, status=409, standing=standing)


@get_or_post
@for_proposers
def take_back(request: HttpRequest, partner: Partner) -> HttpResponse:
    """Have the council look at a change no longer."""
    if request.method != "POST":
        form = TakeBackForm(initial={"base": partner.latest_revision_id})
        return _page(request, "profile_take_back", form, partner)
    form = TakeBackForm(request.POST)
    return done(partner, "partner_profile", proposing.take_back(partner, form, by=request.user))


def _page(
    request: HttpRequest, name: str, form: ButtonForm, partner: Partner, **more: object
) -> HttpResponse:
    back = {"back": "partner_profile", "back_to": "the profile"}
    return form_page(request, f"partners/{name}.html", form, partner, **back, **more)
