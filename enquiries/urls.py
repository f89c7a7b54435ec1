from django.urls import path

from . import views, website_views

urlpatterns = [
    path("start/<slug:offer>/", views.start, name="start"),
    path("enquire/", views.enquire, name="enquire"),
    path("enquire/check/", views.check, name="enquire_check"),
    path("enquire/sent/<str:token>/", views.sent, name="enquire_sent"),
    path("contact/website/", website_views.contact, name="website_contact"),
    path("contact/website/sent/<str:token>/", website_views.sent, name="website_sent"),
    path("privacy/", website_views.privacy, name="privacy"),
    path("privacy/<slug:version>/", website_views.privacy, name="privacy_version"),
]
