"""
What a partner sees and does about one interest that was handed to it.

There are two doors to the same pages: the link of the mail, and the partner area for members. GET
shows, POST acts. Who the employer is, is shown only while the partner has accepted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.forms import PlainForm
from core.http import SeeOther, get_or_post, never_stored, nowhere
from core.tokens import behind

from . import handover_forms as forms
from . import services
from .models import HANDOVER_PURPOSE, DeskSettings, Handover, TimelineEntry

View = Callable[..., HttpResponse]

# What is said after an action, by its name in `?done=`.
DONE = {
    "accepted": "You take them up. We have told them that you will be in touch.",
    "reported": "We have what you told us.",
}


@dataclass(frozen=True)
class Door:
    """How somebody came in: for the addresses of the pages, and who acts; nobody by a link."""

    name: str
    args: tuple[str, ...]
    frame: str  # the template that the pages extend
    member: User | None = None

    def to(self, page: str = "") -> str:
        """The address of one of the pages: "", "report", "outcome" or "give_back"."""
        return reverse(f"{self.name}_{page}" if page else self.name, args=self.args)


def by_link(view: View) -> View:
    """Open the handover of the token, for `view(request, handover, door)`; the same 404 else."""

    @wraps(view)
    @get_or_post
    @never_stored
    def open_it(request: HttpRequest, token: str) -> HttpResponse:
        handover = _handover(token, timezone.now())
        if handover is None:
            return nowhere(request)
        return acted(view, request, handover, Door("handover", (token,), "enquiries/by_link.html"))

    return open_it


def acted(view: View, request: HttpRequest, handover: Handover, door: Door) -> HttpResponse:
    """What the view answers; if the partner has the interest no more, a page that says so."""
    if not (handover.is_open and handover.partner.is_active):
        return _ended(request, handover, door, status=_conflict(request))
    try:
        return view(request, handover, door)
    except services.HandoverEnded as ended:
        return _ended(request, ended.handover, door, status=_conflict(request))
    except services.NotAccepted:
        return SeeOther(door.to())
    except services.Anonymised:  # since the page was opened
        return nowhere(request)


def answer(request: HttpRequest, handover: Handover, door: Door) -> HttpResponse:
    """What it is about; accept it or decline it. Once accepted: who the employer is."""
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {"handover": handover, "member": door.member, **_for_desk_now(request)}
        if form.cleaned_data["answer"] == form.ACCEPT:
            services.take_up(**given)
            return SeeOther(f"{door.to()}?done=accepted")
        if handover.is_accepted:  # since the page was opened: giving back has a page of its own
            form = forms.GiveBackForm({"text": form.cleaned_data["text"]})
            to = door.to("give_back")
            return _page(request, "give_back", handover, door, form, action=to, status=409)
        services.turn_down(**given, text=form.cleaned_data["text"])
        return SeeOther(door.to())
    if handover.is_accepted:
        return _page(request, "accepted", handover, door, form)
    return _page(request, "answer", handover, door, form)


def report(request: HttpRequest, handover: Handover, door: Door) -> HttpResponse:
    """Tell the desk how far it is."""
    form = forms.ReportForm(request.POST if request.method == "POST" else None)
    if not handover.is_accepted:
        return SeeOther(door.to())
    if request.method != "POST" or not form.is_valid():
        return _page(request, "report", handover, door, form)
    services.report(
        handover=handover,
        member=door.member,
        text=form.cleaned_data["text"],
        has_spoken=bool(form.cleaned_data["spoken"]),
        key=form.cleaned_data["once"],
        now=timezone.now(),
    )
    return SeeOther(f"{door.to()}?done=reported")


def outcome(request: HttpRequest, handover: Handover, door: Door) -> HttpResponse:
    """Say what came of it: that ends it."""
    form = forms.OutcomeForm(request.POST if request.method == "POST" else None)
    if not handover.is_accepted:
        return SeeOther(door.to())
    if request.method != "POST" or not form.is_valid():
        return _page(request, "outcome", handover, door, form)
    services.record(
        handover=handover,
        member=door.member,
        outcome=form.cleaned_data["outcome"],
        count=form.cleaned_data["outcome_count"],
        text=form.cleaned_data["text"],
        now=timezone.now(),
    )
    return SeeOther(door.to())


def give_back(request: HttpRequest, handover: Handover, door: Door) -> HttpResponse:
    """Give it back to the desk."""
    form = forms.GiveBackForm(request.POST if request.method == "POST" else None)
    if not handover.is_accepted:
        return SeeOther(door.to())
    if request.method != "POST" or not form.is_valid():
        return _page(request, "give_back", handover, door, form)
    services.turn_down(
        handover=handover,
        member=door.member,
        text=form.cleaned_data["text"],
        **_for_desk_now(request),
    )
    return SeeOther(door.to())


# What stands behind each door: the end of the address, of its name, and the view.
PAGES = [
    ("", "", answer),
    ("report/", "_report", report),
    ("outcome/", "_outcome", outcome),
    ("give-back/", "_give_back", give_back),
]


def _handover(token: str, now: datetime) -> Handover | None:
    """The handover whose link this is; None whatever is wrong."""
    found = Handover.objects.shown_to_partners().with_all()
    handover = behind(found, HANDOVER_PURPOSE, token, version="link_version").first()
    return handover if handover and handover.link_holds(now) else None


def _page(
    request: HttpRequest,
    name: str,
    handover: Handover,
    door: Door,
    form: PlainForm,
    *,
    action: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "handover": handover,
        "interest": handover.interest,
        "enquiry": handover.interest.enquiry,
        "done": DONE.get(request.GET.get("done", ""), ""),
        "frame": door.frame,
        "partner": handover.partner,
        "action": action or request.path,
        "back": door.to(),
        "pages": {page: door.to(page) for page in ("report", "outcome", "give_back")},
        "said": TimelineEntry.objects.said_during(handover) if handover.is_accepted else [],
    }
    if form.is_bound and form.errors:
        status = 422
    return render(request, f"enquiries/handover_{name}.html", context, status=status)


def _ended(request: HttpRequest, handover: Handover, door: Door, *, status: int) -> HttpResponse:
    return _page(request, "ended", handover, door, PlainForm(), status=status)


def _conflict(request: HttpRequest) -> int:
    """Whoever acts on what has ended is told so; who looks is just shown it."""
    return 409 if request.method == "POST" else 200


def _for_desk_now(request: HttpRequest) -> dict[str, DeskSettings | datetime]:
    """For which desk, and when."""
    return {"desk": DeskSettings.for_request(request), "now": timezone.now()}
