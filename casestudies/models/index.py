from dataclasses import replace

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.models import BasePage
from core.paging import page_of

from ..filters import FilterForm, Filters
from .case_study import CaseStudyPage


class CaseStudyIndexPage(BasePage):
    """All case studies, a few to a page."""

    PER_PAGE = 10  # 2 beside each other on most screens

    lede = models.CharField(max_length=200, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("lede")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["casestudies.CaseStudyPage"]
    max_count = 1
    search_fields = [*BasePage.search_fields, index.SearchField("lede")]

    @property
    def card_text(self) -> str:
        return self.search_description or self.lede

    def child_by_slug(self, slug: str) -> "CaseStudyPage":
        return CaseStudyPage.objects.child_of(self).for_its_page().get(slug=slug)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        studies = CaseStudyPage.objects.child_of(self).published()
        options = studies.options(Filters())
        chosen = Filters.asked_for(request.GET).known(options)
        if chosen:
            counts = {(o.name, o.value): o.count for o in studies.options(chosen)}
            options = [replace(o, count=counts.get((o.name, o.value), 0)) for o in options]
        found = studies.matching(chosen).newest_first().for_cards()
        context["form"] = FilterForm(chosen, options)
        context["results"] = page_of(found, request.GET.get("page"), self.PER_PAGE)
        return context
