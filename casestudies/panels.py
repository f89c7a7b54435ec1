"""On the CMS home, for editors: which case studies wait for their employer or for a check."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from core.panels import Line, WaitingPanel, in_words, pages_to_edit
from core.working_days import today

from .models import CaseStudyPage, Permission, SignOff, StoryRequest

DUE_WITHIN = timedelta(days=30)
LAPSES_WITHIN = timedelta(days=60)


def _edit(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def _day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class CommentedPanel(WaitingPanel):
    """Stories that their employer wants to be changed."""

    name = "sign_offs_to_change"
    order = 64
    heading = "Changes wanted"
    explains = "The employer asks for changes. Read what they wrote, change it, and ask again."

    def found(self) -> QuerySet[SignOff]:
        return (
            SignOff.objects.commented()
            .filter(withdrawn_at=None)
            .select_related("case_study")
            .order_by("answered_at", "pk")
        )

    def line(self, sign_off: SignOff) -> Line:
        return Line(
            reverse("sign_offs:inspect", args=[sign_off.pk]),
            sign_off.case_study.get_admin_display_title(),
            f"they wrote on {in_words(sign_off.answered_at)}",
        )


class SignOffsPanel(WaitingPanel):
    """Stories that wait for their employer to approve them."""

    name = "sign_offs_waiting"
    order = 65
    heading = "Waiting for sign-off"
    explains = "The employer has a link to the story. Ring them if it takes long."

    def found(self) -> QuerySet[SignOff]:
        return SignOff.objects.unanswered().select_related("case_study").order_by("asked_at", "pk")

    def line(self, sign_off: SignOff) -> Line:
        words = f"asked on {in_words(sign_off.asked_at)}"
        if sign_off.expires_at <= timezone.now():
            words += "; the link is over, ask again"
        page = sign_off.case_study
        return Line(_edit(page.pk), page.get_admin_display_title(), words)


class StoriesPanel(WaitingPanel):
    """Employers who were asked for their story and can still tell it."""

    name = "stories_waiting"
    order = 66
    heading = "Waiting for a story"
    explains = "The employer has a link to the form. What they send becomes a draft."
    all_url_name = "story_requests"

    def found(self) -> QuerySet[StoryRequest]:
        return StoryRequest.objects.waiting(timezone.now()).order_by("expires_at", "pk")

    def line(self, story: StoryRequest) -> Line:
        words = f"the link works until {_day_in_words(story.works_until)}"
        return Line(reverse("story_requests"), story.organisation, words)


class StoriesToEditPanel(WaitingPanel):
    """Stories that have come and that nobody edits yet; one's own are among one's drafts."""

    name = "stories_to_edit"
    order = 66
    heading = "Stories that have come"
    explains = "Each is a draft that nobody has edited yet. Edit it, then ask the employer."
    all_url_name = "story_requests"

    def found(self) -> QuerySet[StoryRequest]:
        came = StoryRequest.objects.to_edit().exclude(case_study__owner=self.request.user)
        return came.select_related("case_study").order_by("answered_at", "pk")

    def line(self, story: StoryRequest) -> Line:
        page = story.case_study
        words = f"came on {in_words(story.answered_at)}"
        return Line(_edit(page.pk), page.get_admin_display_title(), words)


class ReviewPanel(WaitingPanel):
    """Published case studies whose day of review has passed, or comes within 30 days."""

    name = "reviews_due"
    order = 67
    heading = "Due for review"
    explains = "Check that each case study still holds. Then enter the next day of review."
    all_url_name = "pages_due_for_review"

    def found(self) -> QuerySet[CaseStudyPage]:
        mine = pages_to_edit(self.request.user)
        due = CaseStudyPage.objects.due_for_review(today() + DUE_WITHIN)
        return due.filter(pk__in=mine.values("pk")).select_related("story_owner")

    def line(self, page: CaseStudyPage) -> Line:
        is_late = page.review_on < today()
        words = f"{'was due' if is_late else 'due'} on {_day_in_words(page.review_on)}"
        if page.story_owner:
            words += f", {page.story_owner} looks after it"
        return Line(_edit(page.pk), page.get_admin_display_title(), words)


class LapsingPanel(WaitingPanel):
    """Permissions that end within 60 days, for those who may see the register."""

    name = "permissions_lapsing"
    order = 68
    heading = "Permissions ending"
    explains = "Ask the employer again. A page without its permission leaves the site."

    def found(self) -> QuerySet[Permission]:
        """Those of which the mail warns, and those of no case study."""
        lapsing = Permission.objects.lapsing(today(), LAPSES_WITHIN).not_renewed()
        return lapsing.select_related("case_study").first_to_end()

    def line(self, permission: Permission) -> Line:
        story = permission.case_study
        name = story.get_admin_display_title() if story else permission.organisation
        words = f"{permission.covers}, until {_day_in_words(permission.until)}"
        return Line(reverse("permissions:inspect", args=[permission.pk]), name, words)

    def all_url(self) -> str:
        return f"{reverse('permissions:index')}?status=lapsing"
