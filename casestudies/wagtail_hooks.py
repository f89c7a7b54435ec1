from wagtail.snippets.models import register_snippet

from .viewsets import CaseStudyTagViewSet

register_snippet(CaseStudyTagViewSet)
