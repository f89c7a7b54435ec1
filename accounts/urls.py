"""What allauth adds to its own addresses, under /accounts/; 404 while no provider is set."""

from django.urls import path

from . import views

urlpatterns = [
    path("oidc/", views.oidc_start, name="oidc_start"),
    path("oidc/callback/", views.oidc_callback, name="oidc_callback"),
]
