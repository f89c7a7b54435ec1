from django.urls import path

from . import area_views, views

urlpatterns = [
    path("partners/", views.partners, name="partners"),
    path("partners/<slug:slug>/", views.partner, name="partner"),
    path("partner/", area_views.area, name="partner_area"),
    path("partner/<slug:slug>/", area_views.overview, name="partner_overview"),
]
