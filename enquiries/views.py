from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe

from core import posted
from core.http import SeeOther, as_it_was_left, get_or_post, never_stored, nowhere
from core.text import clean_text
from core.tokens import behind
from offers.models import OfferPage, Sector

from . import clock, limits, services
from .forms import EnquiryForm
from .models import LINK_PURPOSE, DeskSettings, Enquiry, TimelineEntry
from .stamps import OLDEST, BadStamp, Stamp

TOO_MUCH_ADDED = "You have added to this enquiry many times. Call us, or reply to our email"
NOT_HELD = "We do not hold your earlier enquiry any more. Send this one as new"
DRAFTS = "enquiries"  # where the session keeps answers that are not sent yet, by key
OF_LIBRARIES = ("/admin/", "/accounts/", "/documents/", "/_util/")  # they know what they take
DRAFTS_KEPT = 5  # windows that one visitor may have open


@get_or_post
@as_it_was_left
def enquire(request: HttpRequest) -> HttpResponse:
    """The form. A valid POST keeps the answers in the session and leads to the check page."""
    now = timezone.now()
    if request.method != "POST":
        form, stamp = _fresh_or_kept(request, now)
        is_looked_at = "prefetch" not in request.headers.get("Sec-Purpose", "")
        if stamp.drawn_at == now and request.method == "GET" and is_looked_at:
            services.count_opening(now, request.headers.get("User-Agent", ""))
        return _form_page(request, form, stamp, now=now)
    stamp = posted_stamp(request)
    form = _form(request.POST)
    earlier = Enquiry.objects.filter(idempotency_key=stamp.key).first()
    if not form.is_valid():
        return _form_page(request, form, stamp, now=now, status=422, earlier=earlier)
    if earlier and request.POST.get("again") == "new":
        stamp = stamp.for_another(services.digest(form.cleaned_data))
    elif earlier and request.POST.get("again") == "add":
        return _add(request, earlier, form, stamp, now)
    elif earlier:
        return _sent_before(request, earlier, form, stamp)
    _keep_draft(
        request,
        stamp,
        answers=form.cleaned_data,
        suspicion=stamp.suspicion(now=now, trap=request.POST.get("website", "")),
    )
    return SeeOther(reverse("enquire_check"))


@get_or_post
@never_stored
def check(request: HttpRequest) -> HttpResponse:
    """The answers once more; a POST sends the answers that were shown. Safe to repeat."""
    now = timezone.now()
    drafts = request.session.get(DRAFTS, {})
    key = clean_text(request.POST.get("key", "")) or next(reversed(drafts), "")
    draft = drafts.get(key)
    if draft is None:
        return _without_draft(request, key)
    stamp = Stamp.read(draft["stamp"])
    form = _form(draft["answers"])
    if not form.is_valid():  # an offer was closed, or the site changed, since the form was filled
        return _form_page(request, form, stamp, now=now, status=422)
    shown = request.POST.get("shown", "")
    changed = bool(shown) and shown != services.digest(form.cleaned_data)
    if request.method != "POST" or changed:
        return _check_page(request, form, stamp, now=now, changed=changed)
    try:
        enquiry = services.send(
            key=stamp.key,
            answers=form.cleaned_data,
            desk=DeskSettings.for_request(request),
            now=now,
            came_from=stamp.came_from,
            suspicion=draft["suspicion"] or limits.suspicion(request, stamp),
        )
    except services.AlreadySent as sent_before:
        return _sent_before(request, sent_before.enquiry, form, stamp)
    _forget_draft(request, stamp)
    return SeeOther(_sent_url(enquiry))


@require_safe
@never_stored
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """The reference and what happens next; nothing else about the enquiry."""
    enquiry = behind(Enquiry.objects.all(), LINK_PURPOSE, token, version="link_version").first()
    if enquiry is None or not enquiry.link_holds(timezone.now()):
        return nowhere(request)
    talked_about = enquiry.merged_into or enquiry
    additions = talked_about.timeline.filter(kind=TimelineEntry.Kind.ADDED_TO).order_by("at", "pk")
    return render(request, "enquiries/sent.html", {"enquiry": enquiry, "added": additions.last()})


@requires_csrf_token
@never_stored
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """
    A form came without its security token, usually because it was open for long.

    Its answers are kept, with a button to send them again; those that another website posted are
    not, nor are passwords. An address that takes no form says so: 405.
    """
    if not _takes(request):
        response = render(request, "405.html", status=405)
        is_a_form = posted.names_at(request.path) is not None
        response["Allow"] = "GET, HEAD, POST" if is_a_form else "GET, HEAD"
        return response
    origin = request.headers.get("Origin", "")
    own = not origin or origin.partition("://")[2] == request.get_host()
    context = {"answers": _to_send_again(request) if own else [], "action": request.path}
    return render(request, "enquiries/send_again.html", context, status=403)


def _takes(request: HttpRequest) -> bool:
    """Whether this address takes what was sent with this method."""
    if request.path.startswith(OF_LIBRARIES):
        return True
    return request.method == "POST" and posted.names_at(request.path) is not None


def _to_send_again(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values of a form that can be posted again; none if its answers are gone."""
    names = posted.names_at(request.path) or []
    if "key" in names and clean_text(request.POST.get("key", "")) not in _drafts(request):
        return []
    return [
        (name, clean_text(value, multiline=True))
        for name in names
        for value in request.POST.getlist(name)
    ]


def _form(data: dict | None, **kwargs) -> EnquiryForm:
    return EnquiryForm(
        data,
        open_offers=OfferPage.objects.published().open().in_order(),
        sectors=Sector.objects.in_order(),
        **kwargs,
    )


def _form_page(
    request: HttpRequest,
    form: EnquiryForm,
    stamp: Stamp,
    *,
    now: datetime,
    status: int = 200,
    earlier: Enquiry | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "stamp": str(stamp),
        "reply_by": _reply_by(request, now),
        "earlier": earlier,
    }
    return render(request, "enquiries/enquire.html", context, status=status)


def _check_page(
    request: HttpRequest, form: EnquiryForm, stamp: Stamp, *, now: datetime, changed: bool
) -> HttpResponse:
    context = {
        "form": form,
        "key": stamp.key.hex,
        "shown": services.digest(form.cleaned_data),
        "changed": changed,
        "reply_by": _reply_by(request, now),
        "outside": DeskSettings.for_request(request).is_outside(form.cleaned_data["postcode"]),
    }
    return render(request, "enquiries/check.html", context, status=409 if changed else 200)


def _fresh_or_kept(request: HttpRequest, now: datetime) -> tuple[EnquiryForm, Stamp]:
    """An empty form, or the last one whose answers wait; with the offers of the link ticked."""
    drafts = _drafts(request)
    draft = next(reversed(drafts.values()), None)
    answers = draft["answers"] if draft else {}
    linked = [clean_text(slug) for slug in request.GET.getlist("offer")]
    form = _form(None, initial=answers)
    ticked = [slug for slug in (*answers.get("offers", []), *linked) if slug in form.topics]
    form.initial["offers"] = ticked or answers.get("offers", [])
    if draft:
        return form, Stamp.read(draft["stamp"])
    door = reverse("start", args=[ticked[0]]) if ticked else ""
    return form, Stamp.new(drawn_at=now, came_from=own_path(request) or door)


def own_path(request: HttpRequest) -> str:
    """The page of ours that led here; empty if it was somebody else's."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return ""
    path = urlsplit(referer).path
    with suppress(Resolver404):
        if "token" in resolve(path).kwargs:  # it would tell which enquiry somebody sent
            return ""
    return clean_text(path)


def posted_stamp(request: HttpRequest, kind: type[Stamp] = Stamp) -> Stamp:
    """The stamp of the form that was sent; a new one of unknown age if it is not ours."""
    try:
        return kind.read(request.POST.get("stamp", ""))
    except BadStamp:
        return kind.new(drawn_at=None)


def _reply_by(request: HttpRequest, now: datetime):
    """The day by which an enquiry sent now is answered."""
    desk = DeskSettings.for_request(request)
    return clock.reply_due(now, desk)


def _sent_url(enquiry: Enquiry) -> str:
    return reverse("enquire_sent", args=[enquiry.token])


def _drafts(request: HttpRequest) -> dict[str, dict]:
    """
    The answers that wait to be sent, by key, oldest first.

    Two windows that send at the same moment each write back the draft of the other: what is an
    enquiry by now is none of these.
    """
    drafts = request.session.get(DRAFTS, {})
    if not drafts:
        return {}
    sent = Enquiry.objects.filter(idempotency_key__in=[UUID(hex=key) for key in drafts])
    keys = {key.hex for key in sent.values_list("idempotency_key", flat=True)}
    return {key: draft for key, draft in drafts.items() if key not in keys}


def _keep_draft(request: HttpRequest, stamp: Stamp, *, answers: dict, suspicion: str) -> None:
    """Keep the answers as the newest draft; the oldest gives way if there are many."""
    draft = {"answers": answers, "stamp": str(stamp), "suspicion": suspicion}
    drafts = _drafts(request)
    others = {key: kept for key, kept in drafts.items() if key != stamp.key.hex}
    newest = dict(list(others.items())[1 - DRAFTS_KEPT :])
    request.session[DRAFTS] = {**newest, stamp.key.hex: draft}
    if not request.user.is_authenticated:
        request.session.set_expiry(int(OLDEST.total_seconds()))


def _forget_draft(request: HttpRequest, stamp: Stamp) -> None:
    """Clear what was typed; with the last draft a visitor loses the session cookie too."""
    drafts = _drafts(request)
    others = {key: draft for key, draft in drafts.items() if key != stamp.key.hex}
    if others:
        request.session[DRAFTS] = others
    elif request.user.is_authenticated:
        request.session.pop(DRAFTS, None)
    else:
        request.session.flush()


def _without_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Sent already (a double click, the back button), or not kept any more."""
    with suppress(ValueError, Enquiry.DoesNotExist):
        return SeeOther(_sent_url(Enquiry.objects.get(idempotency_key=UUID(hex=key))))
    if _drafts(request):
        return SeeOther(reverse("enquire_check"))
    lost = request.method == "POST"
    context = {"lost": lost}
    return render(request, "enquiries/nothing_to_check.html", context, status=409 if lost else 200)


def _sent_before(
    request: HttpRequest, enquiry: Enquiry, form: EnquiryForm, stamp: Stamp
) -> HttpResponse:
    """The same form again: the same answer; with changed text, the choice what to do with it."""
    if enquiry.digest == services.digest(form.cleaned_data):
        _forget_draft(request, stamp)
        return SeeOther(_sent_url(enquiry))
    answers = [
        (name, value)
        for name, answer in form.cleaned_data.items()
        for value in (answer if isinstance(answer, list) else [answer])
    ]
    context = {"enquiry": enquiry, "form": form, "answers": answers, "stamp": str(stamp)}
    return render(request, "enquiries/sent_before.html", context, status=409)


def _add(
    request: HttpRequest, enquiry: Enquiry, form: EnquiryForm, stamp: Stamp, now: datetime
) -> HttpResponse:
    try:
        services.add_to(
            enquiry=enquiry,
            answers=form.cleaned_data,
            changes=form.changes_to(enquiry),
            desk=DeskSettings.for_request(request),
            now=now,
        )
    except services.TooManyAdditions:
        form.add_error("message", TOO_MUCH_ADDED)
        return _form_page(request, form, stamp, now=now, status=429, earlier=enquiry)
    except services.Anonymised:
        form.add_error("message", NOT_HELD)
        return _form_page(request, form, stamp.for_another(""), now=now, status=409)
    _forget_draft(request, stamp)
    return SeeOther(_sent_url(enquiry))
