"""
What the desk does with one enquiry: each a screen of the CMS, each one POST.

GET shows the form, or asks whether to go on; POST acts through one service. What a service
refuses is said on the form, with everything that was typed.
"""

import json
import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from core.personal_data import export_person, read_address
from offers.models import OfferPage, Sector

from . import action_forms as forms
from . import services
from .models import NOT_SURE, NOT_SURE_LABEL, DeskSettings, Enquiry, ReplyTemplate, TimelineEntry
from .personal_data import export_enquiry, find_enquiries

Kind = TimelineEntry.Kind
# What the employer and the desk said to each other: shown beside the words that are written.
SAID = (Kind.ADDED_TO, Kind.ANSWERED, Kind.REPLIED, Kind.ASKED, Kind.SPOKEN)
SAID_SHOWN = 10


class DeskAction(WagtailAdminTemplateMixin, FormView):
    """One action on one enquiry."""

    name = ""  # in the address
    label = ""  # on the button, and the title of the screen
    done = ""  # what is said afterwards; {} is the reference
    explains = ""  # what it means, in a sentence
    form_class: type[Form] = forms.ActionForm
    template_name = "enquiries_admin/action.html"
    header_icon = "mail"
    holds = True  # else what holds several enquiries does that in its own order
    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm("enquiries.change_enquiry"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def run(self, form: Form) -> None:
        """Call the service."""
        raise NotImplementedError

    def has_acted(self, form: Form) -> bool:
        """Whether this form was sent before: a second press is told what the first was."""
        what = f"{self.name}:{self.kwargs['pk']}:{form.cleaned_data['key']}"
        form.cleaned_data["key"] = key = uuid.uuid5(self.enquiry.uuid, what)
        return services.has_acted(enquiry=self.enquiry, key=key, holds=self.holds)

    def refuse_unseen(self, form: Form) -> None:
        """Whoever has not seen what others did since decides on something else."""
        seen, by = form.cleaned_data["seen"], self.request.user
        if seen is not None:
            services.refuse_unseen(enquiry=self.enquiry, seen=seen, by=by, holds=self.holds)

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        form = super().get_form(form_class)
        form.initial["seen"] = self.enquiry.timeline.newest()
        return form

    @cached_property
    def enquiry(self) -> Enquiry:
        return get_object_or_404(Enquiry, pk=self.kwargs["pk"])

    @cached_property
    def desk(self) -> DeskSettings:
        return DeskSettings.for_request(self.request)

    @property
    def by_at(self) -> dict[str, User | datetime]:
        """Who acts, and when."""
        return {"by": self.request.user, "now": timezone.now()}

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            with transaction.atomic():
                if not self.has_acted(form):
                    self.refuse_unseen(form)
                    self.run(form)
        except services.Refused as refused:
            if isinstance(refused, services.SinceYouLooked):
                form.has_seen(refused.seen)
            form.add_error(None, str(refused))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, self.get_success_message())
        return redirect(self.get_success_url())

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_message(self) -> str:
        return self.done.format(self.enquiry.reference)

    def get_success_url(self) -> str:
        return reverse("enquiries:inspect", args=[self.enquiry.pk])

    def get_page_title(self) -> str:
        return f"{self.label}: {self.enquiry.reference}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("enquiries:index"), "label": "Enquiries"},
            {"url": self.get_success_url(), "label": self.enquiry.reference},
            {"url": "", "label": self.label},
        ]

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            label=self.label,
            explains=self.explains,
            enquiry=self.enquiry,
            back=self.get_success_url(),
            **kwargs,
        )


class Assign(DeskAction):
    name, label = "assign", "Assign"
    done = "{} is assigned."
    form_class = forms.AssignForm

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "people": people_at_the_desk()}

    def get_initial(self) -> dict:
        return {"owner": self.enquiry.owner_id}

    def run(self, form: Form) -> None:
        owner = form.cleaned_data["owner"]
        services.assign(enquiry=self.enquiry, to=owner, **self.by_at)
        if owner is None:
            self.done = "Nobody looks after {} now."


class Take(DeskAction):
    name, label = "take", "Take it"
    done = "{} is yours."
    explains = "You look after this enquiry."

    def run(self, form: Form) -> None:
        services.assign(enquiry=self.enquiry, to=self.request.user, **self.by_at)


class Note(DeskAction):
    name, label = "note", "Add a note"
    done = "The note is on the timeline of {}."
    form_class = forms.NoteForm

    def run(self, form: Form) -> None:
        write = services.speak if form.cleaned_data["spoke"] else services.write_note
        text, key = form.cleaned_data["text"], form.cleaned_data["key"]
        write(enquiry=self.enquiry, text=text, key=key, **self.by_at)


class Reply(DeskAction):
    name, label = "reply", "Reply"
    done = "Your reply to {} is on its way."
    form_class = forms.ReplyForm
    template_name = "enquiries_admin/reply.html"
    subject = "about your enquiry"
    write = staticmethod(services.reply)

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "enquiry": self.enquiry}

    def get_initial(self) -> dict:
        chosen = self.request.GET.get("template", "")
        if not chosen.isdecimal():
            return {}
        template = self.templates.filter(pk=int(chosen[:18])).first()
        return {"text": template.fill_in(self.enquiry, self.desk)} if template else {}

    @cached_property
    def templates(self):
        return ReplyTemplate.objects.fitting(self.enquiry).select_related("offer").in_order()

    def run(self, form: Form) -> None:
        self.write(
            enquiry=self.enquiry,
            text=form.cleaned_data["text"],
            key=form.cleaned_data["key"],
            desk=self.desk,
            **self.by_at,
        )

    def get_context_data(self, **kwargs) -> dict:
        said = self.enquiry.timeline.filter(kind__in=SAID).exclude(text="").order_by("-pk")
        return super().get_context_data(
            templates=self.templates,
            desk=self.desk,
            subject=self.subject,
            said=said.select_related("actor")[:SAID_SHOWN],
            **kwargs,
        )


class Ask(Reply):
    name, label = "ask", "Ask a question"
    done = "Your question to {} is on its way."
    explains = "Until they answer, nothing is due at the desk but to ask again."
    subject = "a question about your enquiry"
    write = staticmethod(services.ask)


class Answered(DeskAction):
    name, label = "answered", "They answered"
    done = "What they answered is on the timeline of {}."
    explains = "They answered by email or phone. The day for your reply is set anew."
    form_class = forms.AnsweredForm

    def run(self, form: Form) -> None:
        given = {"text": form.cleaned_data["text"], "key": form.cleaned_data["key"]}
        services.hear_answer(enquiry=self.enquiry, desk=self.desk, **given, **self.by_at)


class Read(DeskAction):
    name, label = "read", "Mark as read"
    done = "What was added to {} is read."
    explains = "You have read what the employer added."

    def run(self, form: Form) -> None:
        services.mark_read(enquiry=self.enquiry, **self.by_at)


class Settle(DeskAction):
    name, label = "settle", "Mark as dealt with"
    done = "What could not be delivered for {} is dealt with."
    explains = "You have reached them in another way, or it does not matter any more."
    form_class = forms.SettleForm

    def get_initial(self) -> dict:
        return {"number": self.enquiry.timeline.undelivered().count()}

    def run(self, form: Form) -> None:
        number = form.cleaned_data["number"]
        services.settle_undelivered(enquiry=self.enquiry, number=number, **self.by_at)


class Quarantine(DeskAction):
    name, label = "quarantine", "Mark as spam"
    done = "{} is in quarantine."
    explains = "It is kept, and nobody is mailed about it. You can release it later."
    form_class = forms.QuarantineForm

    def run(self, form: Form) -> None:
        reason = form.cleaned_data["reason"]
        services.quarantine(enquiry=self.enquiry, reason=reason, **self.by_at)


class Release(DeskAction):
    name, label = "release", "Release from quarantine"
    done = "{} is out of quarantine."
    explains = (
        "If nobody was mailed about it yet, the desk and the employer get their mails, and the "
        "reply date is set anew."
    )

    def run(self, form: Form) -> None:
        services.release(enquiry=self.enquiry, desk=self.desk, **self.by_at)


class Merge(DeskAction):
    name, label = "merge", "Join with another"
    done = "{} is kept as a duplicate of this one."
    explains = "What it asks about, and the other does not, moves to the other enquiry."
    form_class = forms.MergeForm
    holds = False

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "enquiry": self.enquiry}

    def get_initial(self) -> dict:
        return {"reference": self.request.GET.get("into", "")}

    def run(self, form: Form) -> None:
        given = {name: form.cleaned_data[name] for name in ("seen", "key")}
        into = form.cleaned_data["reference"]
        self.into = services.merge(enquiry=self.enquiry, into=into, **given, **self.by_at)

    def get_success_url(self) -> str:
        """Where it goes on; before it is joined, where it came from."""
        stays = getattr(self, "into", None) or self.enquiry.merged_into or self.enquiry
        return reverse("enquiries:inspect", args=[stays.pk])

    def refuse_unseen(self, form: Form) -> None:
        """The service does, once it holds both."""


class Erase(DeskAction):
    name, label = "erase", "Remove personal details"
    done = "The personal details of {} are removed."
    explains = (
        "Who they are and all that was written, here and in duplicates, is removed now and cannot "
        "be brought back. Mails that wait are not sent. What is open counts as withdrawn."
    )
    form_class = forms.EraseForm
    holds = False

    def get_initial(self) -> dict:
        return {"why": forms.EraseForm.WHY[0]} if self.enquiry.erasure_asked_at else {}

    def run(self, form: Form) -> None:
        services.erase(enquiry=self.enquiry, why=form.cleaned_data["why"], **self.by_at)

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        if self.enquiry.email:
            same = find_enquiries(read_address(self.enquiry.email)).exclude(pk=self.enquiry.pk)
            if others := ", ".join(same.values_list("reference", flat=True)):
                stay = f"Other enquiries from the same address stay: {others}."
                context["explains"] += f" {stay}"
        return context


class Held(DeskAction):
    """Everything that is held on the person, as a file for them. GET only: it changes nothing."""

    name, label = "held", "Download what is held"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        email = self.enquiry.email
        held = export_person(email) if email else {"enquiries": [export_enquiry(self.enquiry)]}
        name = f"{self.enquiry.reference}.json"
        return HttpResponse(
            json.dumps(held, indent=2, ensure_ascii=False),
            headers={
                "Content-Type": "application/json",
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "private, no-store",
            },
        )


class Offers(DeskAction):
    name, label = "offers", "Change what it is about"
    done = "What {} is about is changed."
    explains = "What a partner has already stays as it is."
    form_class = forms.OffersForm

    def get_form_kwargs(self) -> dict:
        """Those the public sees, and those it is about."""
        its_own = OfferPage.objects.filter(pk__in=self.enquiry.interests.values("offer"))
        offers = (OfferPage.objects.published() | its_own).in_order()
        return {**super().get_form_kwargs(), "offers": offers}

    def get_initial(self) -> dict:
        open_interests = self.enquiry.interests.open().select_related("offer")
        slugs = [one.offer.slug for one in open_interests if one.offer]
        unsure = [NOT_SURE for one in open_interests if one.topic == NOT_SURE_LABEL]
        return {"offers": [*slugs, *unsure]}

    def run(self, form: Form) -> None:
        services.change_offers(
            enquiry=self.enquiry, offers=form.cleaned_data["offers"], desk=self.desk, **self.by_at
        )


class Log(DeskAction):
    """An enquiry that came in by phone or at an event."""

    name, label = "log", "Log an enquiry"
    done = "The enquiry is stored as {}."
    explains = "For somebody who called, or whom you met. It is yours until you assign it."
    form_class = forms.LoggedEnquiryForm

    def get_form_kwargs(self) -> dict:
        return {
            **super().get_form_kwargs(),
            "open_offers": OfferPage.objects.published().in_order(),
            "sectors": Sector.objects.in_order(),
        }

    def has_acted(self, form: Form) -> bool:
        """The service knows by the key."""
        return False

    def refuse_unseen(self, form: Form) -> None:
        """There is nothing yet that others could change."""

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        return super(DeskAction, self).get_form(form_class)

    def run(self, form: Form) -> None:
        self.enquiry = services.log(
            key=form.cleaned_data["key"],
            answers=form.answers,
            source=form.cleaned_data["source"],
            acknowledge=form.cleaned_data["acknowledge"],
            desk=self.desk,
            **self.by_at,
        )

    @cached_property
    def enquiry(self) -> Enquiry | None:
        return None

    def get_success_url(self) -> str:
        if self.enquiry is None:
            return reverse("enquiries:index")
        return reverse("enquiries:inspect", args=[self.enquiry.pk])

    def get_page_title(self) -> str:
        return self.label

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("enquiries:index"), "label": "Enquiries"},
            {"url": "", "label": self.label},
        ]


ON_ENQUIRIES: list[type[DeskAction]] = [
    *(Assign, Take, Note, Reply, Ask, Answered, Read, Settle, Quarantine, Release, Merge, Offers),
    *(Erase, Held),
]


def people_at_the_desk():
    """Everyone who may act on enquiries, by name."""
    return (
        User.objects.with_perm(
            "enquiries.change_enquiry", backend="django.contrib.auth.backends.ModelBackend"
        )
        .filter(is_active=True)
        .order_by("last_name", "first_name", "email")
    )
