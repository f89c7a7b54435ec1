from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.text import get_text_list
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from offers.models import OfferPage, Sector

from .admin_views import CouncillorsReportView
from .models import CaseStudyPage
from .viewsets import CaseStudyTagViewSet

register_snippet(CaseStudyTagViewSet)


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


@hooks.register("register_reports_menu_item")
def report_in_the_menu() -> MenuItem:
    return MenuItem(
        "Pages with a councillor", reverse("pages_with_a_councillor"), icon_name="user", order=750
    )


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
