"""What the desk does with one interest of an enquiry: each a screen of the CMS, each one POST."""

from django.forms import Form
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from wagtail.admin import messages

from casestudies.services import editors
from core.working_days import today
from partners.models import Partner

from . import action_forms as forms
from . import services
from .action_views import DeskAction
from .models import Enquiry, Interest

ELSEWHERE = "It was arranged in the Business Portal, so the partner is told nothing by us."


class InterestAction(DeskAction):
    """One action on one interest of an enquiry."""

    form_class = forms.WhyForm
    done = ""  # what is said of it afterwards, in half a sentence
    explains_not_mailed = ""  # in place of `explains`, if the partner was never mailed
    service = None

    @cached_property
    def interest(self) -> Interest:
        related = ("enquiry", "offer", "partner")
        return get_object_or_404(Interest.objects.select_related(*related), pk=self.kwargs["pk"])

    @cached_property
    def enquiry(self) -> Enquiry:
        return self.interest.enquiry

    def get_page_title(self) -> str:
        return f"{self.label}: {self.interest.topic}, {self.enquiry.reference}"

    def get_success_message(self) -> str:
        return f"{self.interest.topic}, {self.enquiry.reference}: {self.done}."

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        if self.explains_not_mailed and self.interest.pk in services.not_mailed(self.enquiry):
            context["explains"] = self.explains_not_mailed
        elif self.enquiry.interests.arranged_elsewhere().filter(pk=self.interest.pk).exists():
            context["explains"] = ELSEWHERE
        return context

    def run(self, form: Form) -> None:
        given = {"text": form.cleaned_data["text"], "key": form.cleaned_data["key"]}
        self.service(interest=self.interest, desk=self.desk, **given, **self.by_at)


class HandOver(InterestAction):
    name, label = "hand-over", "Hand over"
    done = "handed over"
    explains = (
        "The partner is mailed what it is about, and nothing about who asks: at its proven "
        "contact, else whoever leads it on this website. If there is neither, tell it yourself."
    )
    form_class = forms.HandOverForm

    def get_form_kwargs(self) -> dict:
        return {
            **super().get_form_kwargs(),
            "interest": self.interest,
            "today": today(),
            "mailable": services.mailable(Partner.objects.published()),
        }

    def run(self, form: Form) -> None:
        interest = services.hand_over(
            interest=self.interest,
            to=form.cleaned_data["partner"],
            text=form.cleaned_data["text"],
            briefing=form.cleaned_data["briefing"],
            key=form.cleaned_data["key"],
            desk=self.desk,
            **self.by_at,
        )
        last = interest.enquiry.timeline.filter(interest=interest).latest("pk")
        if last.message is None:
            words = f"{interest.partner} was not mailed: tell them yourself."
            messages.warning(self.request, words)


class Accepted(InterestAction):
    name, label = "accepted", "They accept"
    done = "the partner has accepted"
    explains = (
        "The partner takes the employer up, and told you so. The employer is mailed who helps, and "
        "the partner sees by its link who the employer is."
    )
    explains_not_mailed = (
        "The partner takes the employer up, and told you so. It was not mailed and sees nothing "
        "here: give it the employer’s details first. The employer is mailed that it has them."
    )
    service = staticmethod(services.accept)


class Declined(InterestAction):
    name, label = "declined", "They decline"
    done = "the desk has it again"
    explains = "The partner does not take the employer up: it is the desk’s again."
    service = staticmethod(services.decline)


class Brief(InterestAction):
    name, label = "brief", "Write to the partner"
    done = "the partner can read it"
    explains = (
        "The partner is mailed that there is something to read. It reads it beside the employer’s "
        "details, once it has accepted."
    )
    explains_not_mailed = (
        "The partner was not mailed, so it is not told of this: tell them yourself. Its members "
        "read it in the partner area, once it has accepted."
    )
    form_class = forms.BriefForm

    def run(self, form: Form) -> None:
        text, key = form.cleaned_data["text"], form.cleaned_data["key"]
        services.brief(interest=self.interest, text=text, key=key, desk=self.desk, **self.by_at)


class TakeBack(InterestAction):
    name, label = "take-back", "Take back"
    done = "the desk has it again"
    explains = "It is the desk’s again. The partner is told."
    explains_not_mailed = "It is the desk’s again. The partner was not mailed: tell them yourself."
    service = staticmethod(services.take_back)


class Reopen(InterestAction):
    name, label = "reopen", "Reopen"
    done = "the desk has it again"
    explains = "It is the desk’s again. What came of it stays on the timeline."
    service = staticmethod(services.reopen)


class Withdrawn(InterestAction):
    name, label = "withdrawn", "They do not want it any more"
    done = "not wanted any more"
    explains = "The employer said so."
    form_class = forms.ActionForm

    def run(self, form: Form) -> None:
        services.withdraw(interest=self.interest, key=form.cleaned_data["key"], **self.by_at)


class Close(InterestAction):
    name, label = "close", "Close"
    done = "closed"
    form_class = forms.CloseForm

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "enquiry": self.enquiry}

    @property
    def explains(self) -> str:
        """What follows, and that nobody has replied yet."""
        unanswered = " Nobody has replied to the employer yet." if self.enquiry.owes_reply else ""
        return f"{self._what_follows}{unanswered}".strip()

    @property
    def _what_follows(self) -> str:
        if self.interest.pk in services.not_mailed(self.enquiry):
            return f"{self.interest.partner} was not mailed by us: tell them yourself."
        if self.interest.is_accepted:
            return f"{self.interest.partner} has taken them up, and is told that it is settled."
        if not self.interest.is_handed_over:
            return ""
        return (
            f"{self.interest.partner} has not answered yet. What you record counts as done by our "
            "team, and the partner is told that it is settled."
        )

    def run(self, form: Form) -> None:
        fields = ("outcome", "text", "tell")
        services.close(
            interest=self.interest,
            count=form.cleaned_data["outcome_count"],
            key=form.cleaned_data["key"],
            desk=self.desk,
            **{name: form.cleaned_data[name] for name in fields},
            **self.by_at,
        )


class Story(InterestAction):
    name, label = "story", "Ask for their story"
    done = "the employer is asked to tell how it went"
    explains = (
        "The employer is mailed a link to a form, which works for 60 days. What they send becomes "
        "the draft of a case study."
    )
    form_class = forms.StoryForm

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "editors": editors()}

    def run(self, form: Form) -> None:
        editor, text = form.cleaned_data["editor"], form.cleaned_data["text"]
        services.ask_for_story(interest=self.interest, editor=editor, text=text, **self.by_at)


ON_INTERESTS: list[type[InterestAction]] = [
    *(HandOver, Brief, Accepted, Declined, TakeBack, Close, Withdrawn, Reopen, Story)
]
