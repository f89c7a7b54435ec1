"""What the public reads about a partner: its members propose changes, the council approves them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.http import get_or_post

from . import services
from .area import done, for_proposers, form_page
from .member_forms import ButtonForm
from .models import Partner
from .profile_forms import ProfileForm

# What is said on the page of the profile after an action, by its name in `?done=`.
DONE = {
    "sent": "We have sent your change to the council. The public reads it once it is approved.",
    "same": "Nothing was sent: the public reads this already.",
    "taken-back": "You have taken your change back. The public goes on reading what is here.",
    "with-council": "Nothing was done: the council is changing this. Call our team.",
}
CHANGED = (
    "Somebody changed this while you were writing. What you entered is still here. Look at the "
    "profile in another window, then send yours if it is still right"
)


@require_safe
@for_proposers
def profile(request: HttpRequest, partner: Partner) -> HttpResponse:
    """The public profile, and what waits for the council or was returned."""
    standing = services.standing(partner)
    context = {
        "partner": partner,
        "standing": standing,
        "draft": partner.get_latest_revision_as_object() if standing.may_take_back else None,
        "done": DONE.get(request.GET.get("done", ""), ""),
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
    try:
        services.propose(
            thing=partner,
            changes=form.changes,
            base=form.cleaned_data["base"],
            by=request.user,
        )
    except services.ChangedMeanwhile:
        return _changed(request, partner, form)
    except services.NothingChanged:
        return done(partner, "partner_profile", "same")
    except services.BeingChanged:
        return done(partner, "partner_profile", "with-council")
    return done(partner, "partner_profile", "sent")


@get_or_post
@for_proposers
def take_back(request: HttpRequest, partner: Partner) -> HttpResponse:
    """Have the council look at a change no longer."""
    if request.method != "POST":
        return _page(request, "profile_take_back", ButtonForm(), partner)
    try:
        services.take_back(thing=partner, by=request.user)
    except services.BeingChanged:
        return done(partner, "partner_profile", "with-council")
    return done(partner, "partner_profile", "taken-back")


def _changed(request: HttpRequest, partner: Partner, form: ProfileForm) -> HttpResponse:
    """The form as it was sent; sent once more, it rests on what is there now."""
    partner.refresh_from_db()
    form.data = {**form.data.dict(), "base": partner.latest_revision_id or ""}
    form.add_error("role", CHANGED)
    standing = services.standing(partner)
    return _page(request, "profile_edit", form, partner, status=409, standing=standing)


def _page(
    request: HttpRequest, name: str, form: ButtonForm, partner: Partner, **more: object
) -> HttpResponse:
    back = {"back": "partner_profile", "back_to": "the profile"}
    return form_page(request, f"partners/{name}.html", form, partner, **back, **more)
