from wagtail.snippets.views.snippets import SnippetViewSet

from .models import ImpactFact


class ImpactFactViewSet(SnippetViewSet):
    model = ImpactFact
    icon = "order-up"
    menu_label = "Impact facts"
    add_to_admin_menu = True
    menu_order = 240
    list_display = ["figure", "label", "period", "source_title", "stale_after"]
    ordering = ["order", "pk"]
