from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

from . import sign_off_views
from .feeds import CaseStudyFeed
from .story_forms import URL_NAME as STORY
from .story_views import story

urlpatterns = [
    path(
        "case-studies/feed/",
        require_safe(conditional_page(CaseStudyFeed())),
        name="case_studies_feed",
    ),
    path("sign-off/<str:token>/", sign_off_views.sign_off, name="sign_off"),
    path("story/<str:token>/", story, name=STORY),
]
