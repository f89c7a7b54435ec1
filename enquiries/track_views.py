"""
The employer's page for one enquiry, and what can be done there.

GET shows, POST acts. Whoever has the link gets in; whatever is wrong with a link, the answer is
the same "not found". Nothing of these pages is stored.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.http import SeeOther, as_it_was_left, get_or_post, never_stored, nowhere
from core.tokens import BadToken, behind, read_token
from core.working_days import today

from . import services, track_forms
from .held import held
from .models import EMAIL_PURPOSE, TRACK_PURPOSE, DeskSettings, Enquiry, TimelineEntry
from .standing import mails, question, said, standings
from .views import TOO_MUCH_ADDED

Kind = TimelineEntry.Kind
View = Callable[..., HttpResponse]

TOO_MANY_CODES = "We have sent many links for this enquiry today. Try again tomorrow, or call us"
# What is said on the tracking page after an action, by its name in `?done=`.
DONE = {
    "added": "We have what you added.",
    "phone": "We have changed your phone number.",
    "email": "We have sent a link to your new email address. Open it within 3 days to confirm it.",
    "confirmed": "Your new email address is confirmed. This page has a new address: "
    "we have emailed it to you.",
    "other_partner": "We look for somebody else and will be in touch.",
    "withdrawn": "We have noted what you do not want any more.",
    "download": "We have emailed you a link to download what we hold. It works for 3 days.",
    "erase": "We have emailed you a link to ask us to remove your details. It works for 3 days.",
    "erasure": "You have asked us to remove your details. Our team has been told.",
}


def of_an_enquiry(view: View) -> View:
    """Open the enquiry of the token, for `view(request, enquiry, …)`; the same 404 without one."""

    @wraps(view)
    @never_stored
    def open_it(request: HttpRequest, token: str, **more: object) -> HttpResponse:
        enquiry = _enquiry(token, timezone.now())
        try:
            return view(request, enquiry, **more) if enquiry else nowhere(request)
        except services.Anonymised:  # since the page was opened
            return nowhere(request)

    return open_it


@require_safe
@of_an_enquiry
def track(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """Where it stands, what was said and mailed, and what can be done."""
    desk = DeskSettings.for_request(request)
    is_joined = enquiry.merged_into_id is not None
    shown = [] if is_joined else standings(enquiry, desk, today())
    context = {
        "enquiry": enquiry,
        "done": DONE.get(request.GET.get("done", ""), ""),
        "is_joined": is_joined,
        "standings": shown,
        "open_interests": sum(one.is_open for one in shown),
        "question": question(enquiry),
        "said": said(enquiry),
        "mails": mails(enquiry),
        "token": enquiry.track_token,
    }
    return render(request, "enquiries/track.html", context)


@get_or_post
@of_an_enquiry
def add(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """Add words to the enquiry."""
    form = _form(request, track_forms.WordsForm, enquiry)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_words(
                enquiry=enquiry,
                text=form.cleaned_data["text"],
                key=form.cleaned_data["once"],
                **_for_desk_now(request),
            )
            return _done(enquiry, "added")
        except services.TooManyAdditions:
            form.add_error("text", TOO_MUCH_ADDED)
            return _form_page(request, "add", form, status=429)
    return _form_page(request, "add", form)


@get_or_post
@of_an_enquiry
def phone(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """Change the phone number."""
    form = _form(request, track_forms.OtherPhoneForm, enquiry, phone=enquiry.phone)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_phone(
                enquiry=enquiry, phone=form.cleaned_data["phone"], **_for_desk_now(request)
            )
            return _done(enquiry, "phone")
        except services.TooManyAdditions:
            form.add_error("phone", TOO_MUCH_ADDED)
            return _form_page(request, "phone", form, status=429)
        except services.PartOfAnother:
            return _refused(request, enquiry)
    return _form_page(request, "phone", form)


@get_or_post
@of_an_enquiry
def email(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """Ask for another e-mail address, which its owner confirms."""
    form = _form(request, track_forms.OtherEmailForm, enquiry)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_for_email(
                enquiry=enquiry,
                email=form.cleaned_data["email"],
                key=form.cleaned_data["once"],
                **_for_desk_now(request),
            )
            return _done(enquiry, "email")
        except services.TooManyCodes:
            form.add_error("email", TOO_MANY_CODES)
            return _form_page(request, "email", form, status=429)
        except services.PartOfAnother:
            return _refused(request, enquiry)
    return _form_page(request, "email", form)


@get_or_post
@never_stored
def email_code(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """
    Confirm the new address. A second press leads where the first did: the link is void by then.

    Its token opens nothing else: whoever got the mail by mistake sees no enquiry.
    """
    now = timezone.now()
    enquiry = _enquiry(token, now, EMAIL_PURPOSE)
    if enquiry is None:
        return _confirmed_before(request, token, code, now)
    asked = _asked(enquiry, Kind.EMAIL_CHANGE_ASKED, code, now)
    if asked is None or not services.is_latest(enquiry, asked):
        return nowhere(request)
    if request.method != "POST":
        return _form_page(request, "email_code", _button(enquiry))
    try:
        enquiry = services.confirm_email(
            enquiry=enquiry, asked=asked, desk=DeskSettings.for_request(request), now=now
        )
    except (services.TooManyAdditions, services.PartOfAnother) as refused:
        is_too_much = isinstance(refused, services.TooManyAdditions)
        return _refused(request, None, status=429 if is_too_much else 409)
    except (services.WrongState, services.Anonymised):
        return nowhere(request)
    return _done(enquiry, "confirmed")


@get_or_post
@of_an_enquiry
def withdraw(request: HttpRequest, enquiry: Enquiry, interest: str = "") -> HttpResponse:
    """Withdraw one interest, or all that are open."""
    one = enquiry.interests.filter(uuid=interest).first() if interest else None
    if interest and one is None:
        return nowhere(request)
    if request.method != "POST":
        return _form_page(request, "withdraw", _button(enquiry), interest=one)
    try:
        services.call_off(enquiry=enquiry, interest=one, **_for_desk_now(request))
    except (services.WrongState, services.PartOfAnother):
        return _refused(request, enquiry)
    return _done(enquiry, "withdrawn")


@get_or_post
@of_an_enquiry
def other_partner(request: HttpRequest, enquiry: Enquiry, interest: str) -> HttpResponse:
    """Say that one would rather not work with the partner that has accepted."""
    one = enquiry.interests.select_related("partner").filter(uuid=interest).first()
    if one is None:
        return nowhere(request)
    if request.method != "POST" and not one.is_accepted:
        return _back_to(enquiry)
    seen = one.partner.slug if one.partner else ""
    form = _form(request, track_forms.OtherPartnerForm, enquiry, partner=seen)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, "other_partner", form, interest=one)
    try:
        services.refuse_partner(
            interest=one,
            text=form.cleaned_data["text"],
            seen=form.cleaned_data["partner"],
            key=form.cleaned_data["once"],
            **_for_desk_now(request),
        )
    except services.TooManyAdditions:
        form.add_error("text", TOO_MUCH_ADDED)
        return _form_page(request, "other_partner", form, interest=one, status=429)
    except services.WrongState:
        return _refused(request, enquiry)
    return _done(enquiry, "other_partner")


@get_or_post
@of_an_enquiry
def download(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """Ask for the link to download what is held."""
    return _code_page(request, enquiry, "download", Kind.DOWNLOAD_LINK)


@get_or_post
@of_an_enquiry
def download_code(request: HttpRequest, enquiry: Enquiry, code: str) -> HttpResponse:
    """What is held: a page to read and print, or a file."""
    now = timezone.now()
    asked = _asked(enquiry, Kind.DOWNLOAD_LINK, code, now)
    if asked is None:
        return nowhere(request)
    if request.method != "POST":
        return _form_page(request, "download_code", _button(enquiry))
    services.note_download(enquiry=enquiry, asked=asked, now=now)
    everything = held(enquiry, DeskSettings.for_request(request), now)
    if request.POST.get("file") != "json":
        context = {
            "enquiry": enquiry,
            "facts": {name: value for name, value in everything.items() if isinstance(value, str)},
            "lists": {name: rows for name, rows in everything.items() if isinstance(rows, list)},
        }
        return render(request, "enquiries/track_held.html", context)
    file = JsonResponse(everything, json_dumps_params={"ensure_ascii": False, "indent": 2})
    file["Content-Disposition"] = f'attachment; filename="{enquiry.reference}.json"'
    return file


@get_or_post
@of_an_enquiry
def erase(request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
    """Ask for the link to have the details removed."""
    return _code_page(request, enquiry, "erase", Kind.ERASURE_LINK)


@get_or_post
@of_an_enquiry
def erase_code(request: HttpRequest, enquiry: Enquiry, code: str) -> HttpResponse:
    """Ask the team to remove the details."""
    if _asked(enquiry, Kind.ERASURE_LINK, code, timezone.now()) is None:
        return nowhere(request)
    if request.method != "POST":
        return _form_page(request, "erase_code", _button(enquiry))
    services.ask_for_erasure(enquiry=enquiry, **_for_desk_now(request))
    return _done(enquiry, "erasure")


@get_or_post
@as_it_was_left
def lost(request: HttpRequest) -> HttpResponse:
    """Mail the links of an address to it; the answer is the same for any address."""
    form = track_forms.LostLinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.send_links(email=form.cleaned_data["email"], **_for_desk_now(request))
        return SeeOther(f"{reverse('track_lost')}?asked=1")
    if "asked" in request.GET and not form.is_bound:
        return render(request, "enquiries/track_links_sent.html")
    context = {"form": form}
    return render(request, "enquiries/track_lost.html", context, status=_status(form))


def _enquiry(token: str, now: datetime, purpose: str = TRACK_PURPOSE) -> Enquiry | None:
    """The enquiry whose link this is; None whatever is wrong."""
    tracked = Enquiry.objects.tracked(now).select_related("sector", "privacy_notice")
    return behind(tracked, purpose, token, version="link_version").first()


def _asked(enquiry: Enquiry, kind: Kind, code: str, now: datetime) -> TimelineEntry | None:
    """What the mailed link is for; None whatever is wrong."""
    try:
        return services.asked_with(enquiry=enquiry, kind=kind, code=code, now=now)
    except BadToken:
        return None


def _confirmed_before(request: HttpRequest, token: str, code: str, now: datetime) -> HttpResponse:
    """The second press of the button that confirms an address; "not found" for all else."""
    try:
        uuid, version = read_token(EMAIL_PURPOSE, token)
        enquiry = Enquiry.objects.tracked(now).get(uuid=uuid, link_version=version + 1)
        kind = Kind.EMAIL_CHANGE_ASKED
        asked = services.asked_with(enquiry=enquiry, kind=kind, code=code, now=now, version=version)
    except (BadToken, Enquiry.DoesNotExist):
        return nowhere(request)
    if request.method != "POST" or not services.was_confirmed(enquiry, asked):
        return nowhere(request)
    return _done(enquiry, "confirmed")


def _code_page(request: HttpRequest, enquiry: Enquiry, name: str, kind: Kind) -> HttpResponse:
    """A button that has a link mailed to the address on record; not after that was changed."""
    form = _form(request, track_forms.OnceForm, enquiry)
    try:
        if request.method != "POST" or not form.is_valid():
            services.refuse_changed(enquiry=enquiry, now=timezone.now())
            return _form_page(request, name, form)
        services.send_code(
            enquiry=enquiry, kind=kind, key=form.cleaned_data["once"], **_for_desk_now(request)
        )
    except services.ChangedLately as changed:
        return _refused(request, enquiry, changed=changed)
    except services.TooManyCodes:
        return _refused(request, enquiry, status=429)
    except services.NowhereToMail:
        return _refused(request, enquiry)
    return _done(enquiry, name)


def _form(
    request: HttpRequest, kind: type[track_forms.OnceForm], enquiry: Enquiry, **initial: str
) -> track_forms.OnceForm:
    data = request.POST if request.method == "POST" else None
    return kind(data, enquiry=enquiry, initial=initial)


def _button(enquiry: Enquiry) -> track_forms.OnceForm:
    """A form that holds nothing but its button."""
    return track_forms.OnceForm(enquiry=enquiry)


def _for_desk_now(request: HttpRequest) -> dict[str, DeskSettings | datetime]:
    """For which desk, and when."""
    return {"desk": DeskSettings.for_request(request), "now": timezone.now()}


def _status(form: track_forms.PlainForm) -> int:
    return 422 if form.errors else 200


def _form_page(
    request: HttpRequest,
    name: str,
    form: track_forms.OnceForm,
    *,
    status: int = 0,
    **more: object,
) -> HttpResponse:
    enquiry = form.enquiry
    context = {
        "form": form,
        "enquiry": enquiry,
        "action": request.path,
        "back": reverse("track", args=[enquiry.track_token]),
        **more,
    }
    return render(request, f"enquiries/track_{name}.html", context, status=status or _status(form))


def _back_to(enquiry: Enquiry) -> HttpResponse:
    return SeeOther(reverse("track", args=[enquiry.track_token]))


def _done(enquiry: Enquiry, what: str) -> HttpResponse:
    return SeeOther(f"{reverse('track', args=[enquiry.track_token])}?done={what}")


def _refused(
    request: HttpRequest,
    enquiry: Enquiry | None,
    *,
    status: int = 409,
    changed: services.ChangedLately | None = None,
) -> HttpResponse:
    """What cannot be done any more, yet, or so often; without an enquiry no way back to it."""
    context = {
        "changed": changed,
        "back": reverse("track", args=[enquiry.track_token]) if enquiry else "",
        "too_often": status == 429,  # noqa: PLR2004 - the HTTP status
    }
    return render(request, "enquiries/track_refused.html", context, status=status)
