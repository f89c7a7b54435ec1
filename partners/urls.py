from django.urls import path

from . import area_views, invitation_views, member_views, profile_views, views

urlpatterns = [
    path("partners/", views.partners, name="partners"),
    path("partners/<slug:slug>/", views.partner, name="partner"),
    path("partner/", area_views.area, name="partner_area"),
    path("partner/<slug:slug>/", area_views.overview, name="partner_overview"),
    path("partner/<slug:slug>/profile/", profile_views.profile, name="partner_profile"),
    path("partner/<slug:slug>/profile/edit/", profile_views.edit, name="partner_profile_edit"),
    path(
        "partner/<slug:slug>/profile/take-back/",
        profile_views.take_back,
        name="partner_profile_take_back",
    ),
    path("partner/<slug:slug>/members/", member_views.members, name="partner_members"),
    path("partner/<slug:slug>/members/invite/", invitation_views.invite, name="partner_invite"),
    path(
        "partner/<slug:slug>/members/<uuid:member>/lead/",
        member_views.make_lead,
        name="partner_member_lead",
    ),
    path(
        "partner/<slug:slug>/members/<uuid:member>/remove/",
        member_views.remove,
        name="partner_member_remove",
    ),
    path(
        "partner/<slug:slug>/invitations/<uuid:invitation>/again/",
        invitation_views.again,
        name="partner_invitation_again",
    ),
    path(
        "partner/<slug:slug>/invitations/<uuid:invitation>/withdraw/",
        invitation_views.withdraw,
        name="partner_invitation_withdraw",
    ),
    path("accounts/invitation/<str:token>/", invitation_views.accept, name="invitation"),
]
