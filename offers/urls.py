from django.urls import path

from . import views

urlpatterns = [
    path("what-suits-us/", views.finder, name="finder"),
]
