from django.urls import path

from . import views

urlpatterns = [
    path("start/<slug:offer>/", views.start, name="start"),
    path("enquire/", views.enquire, name="enquire"),
    path("enquire/check/", views.check, name="enquire_check"),
    path("enquire/sent/<str:token>/", views.sent, name="enquire_sent"),
]
