from wagtail.snippets.models import register_snippet

from .viewsets import OfferLinkViewSet, SectorViewSet

register_snippet(OfferLinkViewSet)
register_snippet(SectorViewSet)
