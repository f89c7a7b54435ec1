from collections.abc import Iterator

from django.contrib import messages
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import get_text_list
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from accounts.models import User
from core.models import NotWhole
from core.panels import edits_pages
from offers.models import OfferPage, Sector

from . import permission_views, publishing, story_admin_views
from .admin_views import CouncillorsReportView, ReviewReportView
from .log_formats import Answered, Changed
from .models import Basis, CaseStudyPage
from .panels import (
    CommentedPanel,
    LapsingPanel,
    ReviewPanel,
    SignOffsPanel,
    StoriesPanel,
    StoriesToEditPanel,
)
from .services import ANSWERED, ASKED, CHANGED, TAKEN_OFF, WITHDRAWN
from .services.stories import STORY_ASKED, STORY_WITHDRAWN
from .viewsets import CaseStudyTagViewSet, PermissionViewSet, SignOffViewSet

register_snippet(CaseStudyTagViewSet)


@hooks.register("register_admin_viewset")
def register_the_register() -> list[ModelViewSet]:
    return [PermissionViewSet(), SignOffViewSet()]


@hooks.register("register_log_actions")
def name_what_was_agreed(actions: LogActionRegistry) -> None:
    actions.register_action(ASKED, "Ask the employer", "Asked the employer to approve")
    actions.register_action(WITHDRAWN, "Withdraw a permission", "Withdrawn")
    actions.register_action(
        TAKEN_OFF, "Take off the site", "Taken off: a permission for it is over or withdrawn"
    )

    actions.register_action(ANSWERED)(Answered)
    actions.register_action(CHANGED)(Changed)


@hooks.register("register_admin_urls")
def asking_urls() -> list[URLPattern]:
    return [path("case-studies/<int:pk>/ask/", permission_views.ask, name="ask_for_sign_off")]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_to_ask(page: Page, user: User, next_url: str = "", **more: str) -> Iterator[Button]:
    if page.specific_class is not CaseStudyPage:
        return
    study = page.specific
    has_employer = study.basis == Basis.APPROVAL and not study.is_example
    if has_employer and permission_views.may_ask(user, study):
        address = reverse("ask_for_sign_off", args=[page.pk])
        yield Button("Ask the employer to approve", address, icon_name="check", priority=25)


@hooks.register("before_publish_page")
def publish_only_what_is_agreed(request: HttpRequest, page: Page) -> None:
    """The editing screen: `WordsForEditors` says why not, and the draft is saved by then."""
    if isinstance(page, CaseStudyPage):
        revision = page.get_latest_revision()
        publishing.allow(page=page, revision=revision, by=request.user, now=timezone.now())


@hooks.register("before_bulk_action")
def publish_only_what_is_agreed_among_others(
    request: HttpRequest, action: str, pages: list[Page], bulk_action: BulkAction
) -> HttpResponse | None:
    """Publish none of several pages if one must not be; the words say which, and why."""
    if action != "publish" or not isinstance(bulk_action, PageBulkAction):
        return None
    studies = [page.specific for page in pages if page.specific_class is CaseStudyPage]
    if bulk_action.cleaned_form.cleaned_data.get("include_descendants"):
        for page in pages:
            studies += CaseStudyPage.objects.descendant_of(page).not_live()
    refused = list(filter(None, (_refused(study, request.user) for study in studies)))
    if not refused:
        return None
    messages.error(request, f"Nothing was published. {' '.join(refused)}")
    return redirect(bulk_action.next_url)


def _refused(study: CaseStudyPage, user: User) -> str:
    revision = study.get_latest_revision()
    if revision is None:
        return f"‘{study}’ was not published. Open it and save it first."
    try:
        publishing.check(page=study, revision=revision, by=user, now=timezone.now())
    except NotWhole as refused:
        return str(refused)
    return ""


@hooks.register("before_copy_page")
def tell_each_story_once(request: HttpRequest, page: Page) -> HttpResponse | None:
    """An alias would be a second page of the story, live at once."""
    if request.method != "POST" or "alias" not in request.POST or not _holds_stories(page):
        return None
    messages.error(request, "A case study has one page: copy it without ‘Alias’")
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("after_copy_page")
def say_that_copies_are_drafts(request: HttpRequest, page: Page, copy: Page) -> None:
    if request.POST.get("publish_copies") and _holds_stories(page):
        messages.warning(request, "Copies of case studies are drafts: each needs its own approval.")


def _holds_stories(page: Page) -> bool:
    return CaseStudyPage.objects.descendant_of(page, inclusive=True).exists()


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    view = CouncillorsReportView
    return [
        path("reports/councillors/", view.as_view(), name="pages_with_a_councillor"),
        path(
            "reports/councillors/results/",
            view.as_view(results_only=True),
            name="pages_with_a_councillor_results",
        ),
    ]


@hooks.register("register_admin_urls")
def review_report_urls() -> list[URLPattern]:
    view = ReviewReportView
    return [
        path("reports/review/", view.as_view(), name="pages_due_for_review"),
        path(
            "reports/review/results/",
            view.as_view(results_only=True),
            name="pages_due_for_review_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def review_report_in_the_menu() -> MenuItem:
    address = reverse("pages_due_for_review")
    return MenuItem("Pages due for review", address, icon_name="time", order=740)


@hooks.register("construct_homepage_panels")
def add_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    user = request.user
    if edits_pages(user):
        panels.append(ReviewPanel(request))
    if story_admin_views.may_ask_for_stories(user):
        panels += [StoriesPanel(request), StoriesToEditPanel(request)]
    if user.has_perm("casestudies.view_signoff"):
        panels += [CommentedPanel(request), SignOffsPanel(request)]
    if user.has_perm("casestudies.view_permission"):
        panels.append(LapsingPanel(request))


@hooks.register("register_reports_menu_item")
def report_in_the_menu() -> MenuItem:
    return MenuItem(
        "Pages with a councillor", reverse("pages_with_a_councillor"), icon_name="user", order=750
    )


@hooks.register("register_admin_urls")
def story_urls() -> list[URLPattern]:
    views = story_admin_views
    return [
        path("stories/", views.story_requests, name=views.LIST),
        path("stories/ask/", views.ask_for_story, name="ask_for_story"),
        path(
            "stories/<int:pk>/withdraw/",
            views.withdraw_story_request,
            name="withdraw_story_request",
        ),
    ]


class StoriesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """Without a query, for it is asked on every screen; the screens themselves ask closely."""
        return edits_pages(request.user)


@hooks.register("register_admin_menu_item")
def stories_in_the_menu() -> MenuItem:
    address = reverse(story_admin_views.LIST)
    return StoriesMenuItem("Stories", address, icon_name="openquote", order=215)


@hooks.register("register_log_actions")
def register_stories(actions: LogActionRegistry) -> None:
    actions.register_action(STORY_ASKED, "Ask for a story", "Asked for a story")
    actions.register_action(STORY_WITHDRAWN, "Withdraw a story form", "Withdrew a story form")


@hooks.register("before_delete_page")
def keep_what_was_agreed_to(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Who agreed to what is evidence, and would go with the page."""
    studies = CaseStudyPage.objects.descendant_of(page, inclusive=True)
    asked = studies.filter(Q(sign_offs__isnull=False) | Q(permissions__isnull=False)).first()
    if asked is None:
        return None
    messages.error(
        request,
        f"Nothing was deleted. What the employer of ‘{asked}’ agreed to is kept with it: unpublish "
        "it instead.",
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_what_was_agreed_to_among_others(
    request: HttpRequest, action: str, pages: list[Page], bulk_action: BulkAction
) -> HttpResponse | None:
    if action != "delete" or not isinstance(bulk_action, PageBulkAction):
        return None
    refused = (keep_what_was_agreed_to(request, page) for page in pages)
    return next((answer for answer in refused if answer), None)


@hooks.register("before_delete_snippet")
def keep_sectors_in_use(request: HttpRequest, things: list[Model]) -> HttpResponse | None:
    """Live pages name them; a draft that does asks for another one when it is published."""
    sectors = [thing for thing in things if isinstance(thing, Sector)]
    studies = CaseStudyPage.objects.live().filter(sector__in=sectors)
    offers = OfferPage.objects.live().filter(sectors__in=sectors)
    pages = sorted({page.title for page in [*studies, *offers]})
    if not pages:
        return None
    names = get_text_list([f"‘{title}’" for title in pages], "and")
    messages.error(request, f"Nothing was deleted. Choose another sector on {names} first.")
    return redirect(Sector.snippet_viewset.get_url_name("list"))
