from django.urls import path

from . import views

urlpatterns = [
    path("start/<slug:offer>/", views.start, name="start"),
]
