from django.urls import path

from .preview_views import preview

urlpatterns = [
    path("preview/<str:token>/", preview, name="preview"),
]
