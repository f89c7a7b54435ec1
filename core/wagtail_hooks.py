from collections.abc import Iterator

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.text import get_text_list
from django.utils.timezone import localdate
from wagtail import hooks
from wagtail.admin import messages as admin_messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from . import admin_views
from .admin_forms import ADDRESS_IS_TAKEN, RESERVED_SLUGS
from .models import NotWhole, PreElectionPeriod, PublishedWhole
from .panels import (
    CalmPanel,
    DraftsPanel,
    PagesToApprovePanel,
    PreElectionPanel,
    UndescribedPanel,
    WaitingPanel,
    edits_pages,
)
from .services import PREVIEW_SHARED, PREVIEW_WITHDRAWN
from .userbar import use_plain_words_checker
from .viewsets import OnePageAtATime

hooks.register("construct_wagtail_userbar", use_plain_words_checker)


@hooks.register("register_admin_viewset", order=1)  # after Wagtail's own, which it replaces
def edit_one_page_at_a_time() -> OnePageAtATime:
    return OnePageAtATime()


@hooks.register("register_admin_urls")
def preview_urls() -> list[URLPattern]:
    return [
        path(
            "secret-previews/<int:page_id>/",
            admin_views.secret_previews,
            name=admin_views.ADDRESS,
        ),
        path(
            "secret-previews/<int:page_id>/<int:link_id>/withdraw/",
            admin_views.withdraw_preview,
            name="withdraw_secret_preview",
        ),
    ]


@hooks.register("register_page_header_buttons")
def offer_a_secret_preview(
    page: Page, user: AbstractBaseUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if page.depth > 1 and page.permissions_for_user(user).can_edit():
        address = reverse(admin_views.ADDRESS, args=[page.pk])
        yield Button("Share a secret preview", url=address, icon_name="view", priority=35)


@hooks.register("register_log_actions")
def register_previews(actions: LogActionRegistry) -> None:
    actions.register_action(PREVIEW_SHARED, "Share a secret preview", "Made a secret preview link")
    actions.register_action(
        PREVIEW_WITHDRAWN, "Withdraw a secret preview", "Withdrew a secret preview link"
    )


@hooks.register("construct_homepage_panels")
def add_the_pre_election_period(request: HttpRequest, panels: list[Component]) -> None:
    if period := PreElectionPeriod.objects.on(localdate()).first():
        panels.append(PreElectionPanel(period))


@hooks.register("construct_homepage_panels")
def add_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    """In place of Wagtail's own panel of what to approve, which asks the database for each line."""
    if edits_pages(request.user):
        panels[:] = [one for one in panels if not isinstance(one, WorkflowObjectsToModeratePanel)]
        panels += [kind(request) for kind in (DraftsPanel, PagesToApprovePanel, UndescribedPanel)]


@hooks.register("construct_homepage_panels", order=900)  # after those of every app
def say_that_nothing_waits(request: HttpRequest, panels: list[Component]) -> None:
    waiting = [one for one in panels if isinstance(one, WaitingPanel)]
    if waiting and not any(one.things for one in waiting):
        panels.append(CalmPanel())


@hooks.register("before_edit_page")
def warn_before_an_election(request: HttpRequest, page: Page) -> None:
    """On the editing screen of every page, and more clearly where a councillor is featured."""
    period = PreElectionPeriod.objects.on(localdate()).first()
    if period is None or request.method != "GET":
        return
    words = period.warning
    if getattr(page.get_latest_revision_as_object(), "features_a_councillor", False):
        words += " This page features a councillor: if it is scheduled, it waits until then."
    messages.warning(request, words)


@hooks.register("before_edit_snippet")
def say_what_waits_for_approval(request: HttpRequest, thing: Model) -> None:
    """Above the form: who proposed it, and where the old words stand beside the new ones."""
    # What was returned is in a workflow still, and waits for nobody here.
    if request.method != "GET" or getattr(thing, "current_workflow_task", None) is None:
        return
    who = thing.current_workflow_state.requested_by or "Somebody who left"
    words = f"{who} asks for approval. Nothing of it is public before that."
    compare = thing.snippet_viewset.get_url_name("revisions_compare")
    address = reverse(compare, args=[quote(thing.pk), "live", "latest"])
    buttons = [admin_messages.button(address, "See what changed")] if thing.live else None
    admin_messages.info(request, words, buttons=buttons)


@hooks.register("construct_snippet_action_menu")
@hooks.register("construct_page_action_menu")
def offer_to_approve_first(items: list[Component], request: HttpRequest, context: dict) -> None:
    """What waits for approval is opened to be approved."""
    items.sort(key=lambda item: item.name != "approve")


@hooks.register("before_create_page")
def warn_before_a_new_page(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    period = PreElectionPeriod.objects.on(localdate()).first()
    if period and request.method == "GET":
        messages.warning(request, period.warning)


@hooks.register("before_bulk_action")
def publish_only_what_is_complete(
    request: HttpRequest, action: str, pages: list[Page], bulk_action: BulkAction
) -> HttpResponse | None:
    """Publish none of several pages if one has gaps: the editing screen names them."""
    if action != "publish" or not isinstance(bulk_action, PageBulkAction):
        return None
    if bulk_action.cleaned_form.cleaned_data.get("include_descendants"):
        pages = [*pages, *(draft for page in pages for draft in page.get_descendants().not_live())]
    drafts = [page.get_latest_revision_as_object() for page in pages]
    lacking = [draft.get_admin_display_title() for draft in drafts if not _is_whole(draft)]
    if not lacking:
        return None
    messages.error(
        request,
        f"Nothing was published. Open {get_text_list([f'‘{name}’' for name in lacking], 'and')} "
        "and press Publish there to see what is missing.",
    )
    return redirect(bulk_action.next_url)


def _is_whole(draft: Page) -> bool:
    try:
        if isinstance(draft, PublishedWhole):  # others are Wagtail's own, with a title alone
            draft.check_whole(today=localdate())
    except NotWhole:
        return False
    return True


@hooks.register("before_copy_page")
def keep_addresses_of_views_free(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A copy gets its address on a form of Wagtail's own, which does not know ours."""
    taken = RESERVED_SLUGS | getattr(page.specific_class, "reserved_slugs", frozenset())
    slug = request.POST.get("new_slug", "").strip()  # as the form cleans it
    if request.method != "POST" or slug not in taken:
        return None
    messages.error(request, ADDRESS_IS_TAKEN)
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
@hooks.register("before_move_page")
def keep_needed_pages(request: HttpRequest, page: Page, *to: Page) -> HttpResponse | None:
    """The front page, and what the law asks for and the foot of every page links to."""
    if not getattr(page.specific_class, "is_needed", False):
        return None
    messages.error(
        request, f"The site needs ‘{page.title}’: it cannot be deleted, unpublished or moved."
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_needed_pages_among_others(
    request: HttpRequest, action: str, pages: list[Page], bulk_action: BulkAction
) -> HttpResponse | None:
    if action not in {"delete", "unpublish", "move"} or not isinstance(bulk_action, PageBulkAction):
        return None
    refused = (keep_needed_pages(request, page) for page in pages)
    return next((answer for answer in refused if answer), None)
