from django.http import HttpRequest
from django.utils.timezone import localdate, now
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from core.viewsets import OneAtATime

from .models import OfferLink, OfferLinkQuerySet, Sector


def _confirmed(link: OfferLink) -> str:
    """When somebody last said that it is right; if that is long ago, what follows."""
    day = localdate(link.confirmed_at)
    words = f"{day.day} {day:%B %Y}"
    if link.lapsed_at:
        return f"{words}: hidden until the partner confirms it"
    return f"{words}: the partner does not answer" if link.is_stale(now()) else words


class OfferLinkViewSet(OneAtATime):
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
        Column("confirmed_at", label="Confirmed", sort_key="confirmed_at", accessor=_confirmed),
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
