from django.urls import path, re_path

from . import views
from .api import api
from .problems import nothing_here

urlpatterns = [
    path("start/<slug:offer>/", views.start, name="start"),
    path("api/portal/v1/", api.urls),
    re_path(r"^api/portal(?:/|$)", nothing_here),
]
