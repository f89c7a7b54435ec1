from wagtail.snippets.views.snippets import SnippetViewSet

from .models import CaseStudyTag


class CaseStudyTagViewSet(SnippetViewSet):
    model = CaseStudyTag
    icon = "tag"
    menu_label = "Case study tags"
    list_display = ["name"]
    ordering = ["name"]
