from datetime import datetime

from core.sitemaps import OwnHostSitemap

from .models import Partner, PartnerQuerySet


class PartnerSitemap(OwnHostSitemap):
    """Every active partner, and when its page was last published. Two queries."""

    def items(self) -> PartnerQuerySet:
        return Partner.objects.published().in_order()

    def lastmod(self, item: Partner) -> datetime | None:
        return item.last_published_at
