from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

from .feeds import CaseStudyFeed

urlpatterns = [
    path(
        "case-studies/feed/",
        require_safe(conditional_page(CaseStudyFeed())),
        name="case_studies_feed",
    ),
]
