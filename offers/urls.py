from django.urls import path

from . import freshness_views, member_views, views

OFFERS = "partner/<slug:slug>/offers/"
LINK = f"{OFFERS}<uuid:link>/"

urlpatterns = [
    path("what-suits-us/", views.finder, name="finder"),
    path("still-right/<str:token>/", freshness_views.by_link, name="still_right"),
    path(f"{OFFERS}still-right/", freshness_views.by_membership, name="partner_still_right"),
    path(OFFERS, member_views.links, name="partner_offers"),
    path(f"{OFFERS}add/", member_views.add, name="partner_offer_add"),
    path(f"{LINK}edit/", member_views.edit, name="partner_offer_edit"),
    path(f"{LINK}take-back/", member_views.take_back, name="partner_offer_take_back"),
    path(f"{LINK}pause/", member_views.pause, name="partner_offer_pause"),
    path(f"{LINK}withdraw/", member_views.withdraw, name="partner_offer_withdraw"),
    path(f"{LINK}contact/", member_views.contact, name="partner_offer_contact"),
    path(f"{LINK}contact/code/", member_views.code, name="partner_offer_code"),
]
