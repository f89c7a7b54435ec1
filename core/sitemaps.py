from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from wagtail.models import Page

from .models import PublicPageQuerySet


class OwnHostSitemap(Sitemap):
    """Addresses on the site's own host, whatever the request names."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return settings.BASE_URL.partition("://")[2]


class PageSitemap(OwnHostSitemap):
    """Every published page, and when it was last published. Two queries."""

    def items(self) -> PublicPageQuerySet:
        return PublicPageQuerySet(Page).published().filter(depth__gt=1).order_by("path")

    def location(self, item: Page) -> str:
        return item.get_url()

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at


class ViewSitemap(OwnHostSitemap):
    """Views that anybody may open, by name. Nothing says when their text last changed."""

    def __init__(self, *names: str):
        self.names = names

    def items(self) -> tuple[str, ...]:
        return self.names

    def location(self, item: str) -> str:
        return reverse(item)
