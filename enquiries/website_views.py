"""Messages about the website itself, and the privacy notice."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.http import SeeOther, as_it_was_left, get_or_post, never_stored, nowhere
from core.text import clean_text
from core.tokens import BadToken, read_token
from core.working_days import today

from . import limits, services
from .forms import WebsiteMessageForm
from .models import WEBSITE_PURPOSE, DeskSettings, PrivacyNotice, WebsiteMessage
from .stamps import Stamp, WebsiteStamp
from .views import own_path, posted_stamp


@get_or_post
@as_it_was_left
def contact(request: HttpRequest) -> HttpResponse:
    """The form. A valid POST sends the message; the same one again leads to what was sent."""
    now = timezone.now()
    if request.method != "POST":
        return _form_page(request, _linked_form(request), WebsiteStamp.new(drawn_at=now))
    stamp = posted_stamp(request, WebsiteStamp)
    form = WebsiteMessageForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, stamp, status=422)
    of_these_words = stamp.for_another(services.digest(form.cleaned_data))
    message = services.send_website_message(
        key=of_these_words.key,
        answers=form.cleaned_data,
        desk=DeskSettings.for_request(request),
        now=now,
        suspicion=stamp.suspicion(now=now, trap=request.POST.get("website", ""))
        or limits.suspicion(request, of_these_words),
    )
    return SeeOther(reverse("website_sent", args=[message.token]))


@require_safe
@never_stored
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """What happens next; nothing of the message but what it is about."""
    message = _message(token, timezone.now())
    if message is None:
        # The same answer whatever is wrong, and stored as little as the page itself.
        return nowhere(request)
    return render(request, "enquiries/website_sent.html", {"message": message})


@require_safe
def privacy(request: HttpRequest, version: str = "") -> HttpResponse:
    """The privacy notice in force, or an earlier version."""
    notices = PrivacyNotice.objects.published(today()).newest_first()
    current = notices.first()
    if current is None:
        raise Http404
    notice = get_object_or_404(notices, version=version) if version else current
    context = {"notice": notice, "current": current, "notices": notices, "fixed": bool(version)}
    return render(request, "enquiries/privacy.html", context)


def _linked_form(request: HttpRequest) -> WebsiteMessageForm:
    """An empty form, with the topic and the page of the link that led here."""
    topic = clean_text(request.GET.get("topic", ""))
    page = clean_text(request.GET.get("page", ""))
    if not (topic or page):
        page = own_path(request)
    limit = WebsiteMessageForm.base_fields["page"].limit
    return WebsiteMessageForm(initial={"topic": topic, "page": page[:limit]})


def _form_page(
    request: HttpRequest, form: WebsiteMessageForm, stamp: Stamp, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "stamp": str(stamp)}
    return render(request, "enquiries/website.html", context, status=status)


def _message(token: str, now: datetime) -> WebsiteMessage | None:
    try:
        uuid, _ = read_token(WEBSITE_PURPOSE, token)
    except BadToken:
        return None
    kept = WebsiteMessage.objects.filter(anonymise_on__gt=timezone.localdate(now))
    return kept.filter(uuid=uuid).first()
