from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from core.text import clean_text

from .models import CaseStudyIndexPage, CaseStudyPage


class CaseStudyFeed(Feed):
    """The newest case studies as an Atom feed. Its entries keep their ids when a page moves."""

    LENGTH = 20

    feed_type = Atom1Feed
    title = f"Case studies – {settings.WAGTAIL_SITE_NAME}"
    author_name = settings.WAGTAIL_SITE_NAME

    def get_object(self, request: HttpRequest) -> CaseStudyIndexPage:
        index = CaseStudyIndexPage.objects.published().order_by("path").first()
        if index is None:
            raise Http404
        return index

    def link(self, index: CaseStudyIndexPage) -> str:
        return settings.BASE_URL + index.get_url()

    def feed_url(self) -> str:
        return settings.BASE_URL + reverse("case_studies_feed")

    def subtitle(self, index: CaseStudyIndexPage) -> str:
        return clean_text(index.lede)

    def items(self, index: CaseStudyIndexPage) -> list[CaseStudyPage]:
        studies = CaseStudyPage.objects.child_of(index).published().newest_first()
        return list(studies[: self.LENGTH])

    def item_guid(self, study: CaseStudyPage) -> str:
        return study.translation_key.urn

    def item_link(self, study: CaseStudyPage) -> str:
        return settings.BASE_URL + study.get_url()

    # Control characters have no place in XML: one would end the feed.
    def item_title(self, study: CaseStudyPage) -> str:
        return clean_text(study.title)

    def item_description(self, study: CaseStudyPage) -> str:
        """The summary, and whose it is; escaped, for Django calls it HTML in the feed."""
        told = study.employer in study.summary
        return escape(clean_text(study.summary if told else f"{study.employer}. {study.summary}"))

    def item_pubdate(self, study: CaseStudyPage) -> datetime | None:
        return study.first_published_at

    def item_updateddate(self, study: CaseStudyPage) -> datetime | None:
        return study.last_published_at or study.first_published_at
