from django.http import HttpRequest
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import OfferLink, OfferLinkQuerySet, Sector


class OfferLinkViewSet(SnippetViewSet):
    model = OfferLink
    icon = "link"
    menu_label = "Offer links"
    add_to_admin_menu = True
    menu_order = 230
    list_display = ["partner", "offer", "role", "room_text", "live"]
    list_filter = ["partner", "role", "room"]
    ordering = ["partner__name", "offer__title"]

    def get_queryset(self, request: HttpRequest) -> OfferLinkQuerySet:
        return OfferLink.objects.select_related("partner", "offer")


class SectorViewSet(SnippetViewSet):
    model = Sector
    icon = "tag"
    list_display = ["name", "order"]
    ordering = ["order", "name"]
