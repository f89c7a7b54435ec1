from django.urls import path

from . import handover_views, member_views, track_views, views, website_views

urlpatterns = [
    path("enquire/", views.enquire, name="enquire"),
    path("enquire/check/", views.check, name="enquire_check"),
    path("enquire/sent/<str:token>/", views.sent, name="enquire_sent"),
    path("track/", track_views.lost, name="track_lost"),
    path("track/<str:token>/", track_views.track, name="track"),
    path("track/<str:token>/add/", track_views.add, name="track_add"),
    path("track/<str:token>/phone/", track_views.phone, name="track_phone"),
    path("track/<str:token>/email/", track_views.email, name="track_email"),
    path("track/<str:token>/email/<str:code>/", track_views.email_code, name="track_email_code"),
    path("track/<str:token>/withdraw/", track_views.withdraw, name="track_withdraw_all"),
    path(
        "track/<str:token>/withdraw/<uuid:interest>/", track_views.withdraw, name="track_withdraw"
    ),
    path("track/<str:token>/download/", track_views.download, name="track_download"),
    path(
        "track/<str:token>/download/<str:code>/",
        track_views.download_code,
        name="track_download_code",
    ),
    path("track/<str:token>/erase/", track_views.erase, name="track_erase"),
    path("track/<str:token>/erase/<str:code>/", track_views.erase_code, name="track_erase_code"),
    path(
        "track/<str:token>/other-partner/<uuid:interest>/",
        track_views.other_partner,
        name="track_other_partner",
    ),
    *(
        path(
            f"handover/<str:token>/{address}",
            handover_views.by_link(view),
            name=f"handover{name}",
        )
        for address, name, view in handover_views.PAGES
    ),
    path("partner/<slug:slug>/interests/", member_views.interests, name="partner_interests"),
    *(
        path(
            f"partner/<slug:slug>/interests/<uuid:handover>/{address}",
            member_views.by_membership(view),
            name=f"partner_interest{name}",
        )
        for address, name, view in handover_views.PAGES
    ),
    path("contact/website/", website_views.contact, name="website_contact"),
    path("contact/website/sent/<str:token>/", website_views.sent, name="website_sent"),
    path("privacy/", website_views.privacy, name="privacy"),
    path("privacy/<slug:version>/", website_views.privacy, name="privacy_version"),
]
