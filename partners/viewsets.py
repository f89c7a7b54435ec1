from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Partner


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "group"
    add_to_admin_menu = True
    menu_order = 220
    list_display = ["name", "kind", "is_active", "live"]
    ordering = ["order", "name"]
