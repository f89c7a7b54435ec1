"""What the home of the CMS shows its editors: panels of what waits for somebody."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState
from wagtail.permissions import page_permission_policy

from accounts.models import User

from .models import PreElectionPeriod, PublicPageQuerySet
from .working_days import LONDON

MOST = 10  # lines in one panel: what comes first is first to do


@dataclass(frozen=True)
class Line:
    """One thing that waits: where it is looked after, its name, and a few words on it."""

    url: str
    name: str
    words: str = ""


class PreElectionPanel(Component):
    """On the CMS home of everybody: that the weeks before an election have begun."""

    name = "pre_election"
    order = 10
    template_name = "core_admin/pre_election_panel.html"

    def __init__(self, period: PreElectionPeriod):
        self.period = period

    def get_context_data(self, parent_context: dict) -> dict:
        return {"period": self.period}


def edits_pages(user: User) -> bool:
    """Whether the home of the CMS is an editors' desk for this person."""
    return page_permission_policy.user_has_any_permission(user, ["add", "change", "publish"])


def pages_to_edit(user: User) -> QuerySet[Page]:
    """The pages that the person may change."""
    return page_permission_policy.instances_user_has_permission_for(user, "change")


class WaitingPanel(Component):
    """
    The frame of the panels of the editors' desk; one with nothing in it is not drawn.

    Each says what is in it by `found` and `line`, and costs a number of queries that does not grow.
    """

    template_name = "core_admin/waiting_panel.html"
    heading = ""
    explains = ""
    all_url_name = ""  # of the list of all, if there is one

    def __init__(self, request: HttpRequest):
        self.request = request

    def found(self) -> QuerySet:
        """What waits, the first to do first."""
        raise NotImplementedError

    def line(self, thing: Model) -> Line:
        raise NotImplementedError

    def all_url(self) -> str:
        """Where all of them stand; empty if that is nowhere."""
        return reverse(self.all_url_name) if self.all_url_name else ""

    @cached_property
    def things(self) -> list:
        """At most one more than is shown."""
        return list(self.found()[: MOST + 1])

    @cached_property
    def count(self) -> int:
        return len(self.things) if len(self.things) <= MOST else self.found().count()

    def get_context_data(self, parent_context: dict) -> dict:
        return {
            "name": self.name,
            "heading": self.heading,
            "explains": self.explains,
            "count": self.count,
            "lines": [self.line(thing) for thing in self.things[:MOST]],
            "more": max(self.count - MOST, 0),
            "all_url": self.all_url() if self.things else "",
        }


class CalmPanel(Component):
    """One line where every other panel of the desk has nothing to say."""

    name = "calm"
    order = 70
    template_name = "core_admin/calm_panel.html"


class DraftsPanel(WaitingPanel):
    """Drafts that the person owns or changed last, and that nobody has been asked to approve."""

    name = "my_drafts"
    order = 61
    heading = "Your drafts"
    explains = "Not published yet, or changed since. Publish them, or submit them for approval."

    def found(self) -> QuerySet[Page]:
        user = self.request.user
        mine = Q(owner=user, latest_revision__user=None) | Q(latest_revision__user=user)
        submitted = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, revision__isnull=False
        )
        return (
            Page.objects.filter(mine, alias_of=None)
            .filter(Q(live=False, first_published_at=None) | Q(has_unpublished_changes=True))
            .exclude(latest_revision__in=submitted.values("revision"))
            .order_by("-latest_revision_created_at", "pk")
        )

    def line(self, page: Page) -> Line:
        since = page.latest_revision_created_at
        words = f"saved on {in_words(since)}" if since else ""
        return Line(_edit(page), page.get_admin_display_title(), words)


class ToApprovePanel(WaitingPanel):
    """What somebody else submitted and the person may approve, of one kind of things."""

    model: type[Model] = Page

    def found(self) -> QuerySet[TaskState]:
        user = self.request.user
        states = TaskState.objects.reviewable_by(user)
        kind = ContentType.objects.get_for_model(self.model, for_concrete_model=False)
        return (
            states.filter(workflow_state__base_content_type=kind)
            .exclude(revision__user=user)
            .select_related("revision__user", "workflow_state__requested_by")
            .prefetch_related("revision__content_object")
            .order_by("started_at", "pk")
        )

    def line(self, state: TaskState) -> Line:
        by = state.revision.user or state.workflow_state.requested_by
        words = f"by {by}, " if by else ""
        thing = state.revision.content_object
        name = state.revision.object_str or str(thing)
        address = AdminURLFinder(self.request.user).get_edit_url(thing) if thing else ""
        return Line(address or "", name, f"{words}submitted on {in_words(state.started_at)}")


class PagesToApprovePanel(ToApprovePanel):
    name = "pages_to_approve"
    order = 62
    heading = "Pages to approve"
    explains = "Somebody else wrote them. Read each, then approve it or say what must change."


class UndescribedPanel(WaitingPanel):
    """Public pages that search engines have to describe by themselves."""

    name = "undescribed"
    order = 69
    heading = "Without description"
    explains = (
        "Search engines describe these pages by themselves. Enter a description under Promote: "
        "about 155 characters that say what the page is for."
    )

    def found(self) -> QuerySet[Page]:
        public = PublicPageQuerySet(Page).published()
        mine = pages_to_edit(self.request.user)
        return public.filter(search_description="", pk__in=mine.values("pk"), depth__gt=1).order_by(
            "path"
        )

    def line(self, page: Page) -> Line:
        return Line(_edit(page), page.get_admin_display_title())


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def in_words(moment: datetime) -> str:
    """The day it was in London."""
    day = moment.astimezone(LONDON).date()
    return f"{day.day} {day:%B %Y}"
