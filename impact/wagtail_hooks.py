from wagtail.snippets.models import register_snippet

from .viewsets import ImpactFactViewSet

register_snippet(ImpactFactViewSet)
