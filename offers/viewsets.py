from django.http import HttpRequest
from django.utils.timezone import localdate
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import OfferLink, OfferLinkQuerySet, Sector


class OfferLinkViewSet(SnippetViewSet):
    model = OfferLink
    icon = "link"
    menu_label = "Offer links"
    add_to_admin_menu = True
    menu_order = 230
    list_display = [
        "partner",
        Column("offer", label="Offer", sort_key="offer__title"),
        Column("get_role_display", label="Role", sort_key="role"),
        Column(
            "room", label="Room", sort_key="room", accessor=lambda link: link.room_text(localdate())
        ),
        Column("what_we_do", label="What it does"),
        LiveStatusTagColumn(),
        UpdatedAtColumn(),
    ]
    list_filter = ["partner", "offer", "role", "room", "live"]
    search_fields = ["partner__name", "offer__title", "what_we_do"]
    ordering = ["partner__name", "offer__title"]

    def get_queryset(self, request: HttpRequest) -> OfferLinkQuerySet:
        return OfferLink.objects.select_related("partner", "offer")


class SectorViewSet(SnippetViewSet):
    model = Sector
    icon = "tag"
    list_display = ["name", "order"]
    ordering = ["order", "name"]
