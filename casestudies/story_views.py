"""The form for an employer's story: GET shows it, POST sends it, once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from core.http import SeeOther, get_or_post, never_stored, nowhere
from core.uploads import had_too_large
from offers.models import OfferPage

from . import services
from .models import StoryRequest
from .story_forms import PICTURE, URL_NAME, StoryForm, answers_of, typed_in


@get_or_post
@never_stored
def story(request: HttpRequest, token: str) -> HttpResponse:
    """Tell a story; once it is sent, the same address says thank you."""
    found = StoryRequest.objects.behind(token, timezone.now()).first()
    if found is None:
        return nowhere(request)
    if request.method != "POST" and found.answered_at:
        return _thanks(request, found)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            services.receive_story(
                story=found,
                answers=answers_of(form),
                picture=form.cleaned_data[PICTURE],
                key=form.cleaned_data["once"],
                now=timezone.now(),
            )
        except services.AnotherWasSent:
            found.refresh_from_db()
            return _thanks(request, found, form=form, status=409)
        except services.StoryClosed:  # since the page was opened
            return nowhere(request)
        return SeeOther(reverse(URL_NAME, args=[token]))
    context = {"form": form, "story": found, "action": request.path}
    return render(request, "casestudies/story.html", context, status=422 if form.errors else 200)


def is_open(token: str) -> bool:
    """Whether somebody may send a picture to this address now."""
    found = StoryRequest.objects.behind(token, timezone.now())
    return found.filter(answered_at=None).exists()


def _form(request: HttpRequest, found: StoryRequest) -> StoryForm:
    asked = found.offers.all()
    offers = OfferPage.objects.published() | OfferPage.objects.filter(pk__in=asked.values("pk"))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return StoryForm(
        *sent,
        story=found,
        offers=offers.order_by("path"),
        too_large=had_too_large(request),
    )


def _thanks(
    request: HttpRequest, found: StoryRequest, *, form: StoryForm | None = None, status: int = 200
) -> HttpResponse:
    context = {"story": found, "typed": typed_in(form) if form else []}
    return render(request, "casestudies/story_sent.html", context, status=status)
