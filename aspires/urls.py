from allauth.account.views import logout
from django.conf import settings
from django.conf.urls.static import static
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import RedirectView, TemplateView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import ConfirmByPasskeyView
from core.sitemaps import PageSitemap, ViewSitemap
from core.views import livez, not_here
from outbox.views import readyz
from partners.sitemaps import PartnerSitemap

# One way in and out: every other sign-in or password page of Wagtail leads to allauth's. Wagtail's
# own sign-out leaves a session behind, with a message in it that nobody sees.
sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
robots = TemplateView.as_view(
    template_name="robots.txt",
    content_type="text/plain",
    extra_context={"base_url": settings.BASE_URL},
)
sitemaps = {
    "pages": PageSitemap(),
    "partners": PartnerSitemap(),
    "views": ViewSitemap(
        "finder", "partners", "impact", "enquire", "track_lost", "website_contact", "privacy"
    ),
}

urlpatterns = [
    path("livez", livez),
    path("readyz", readyz),
    path("admin/login/", sign_in),
    path("admin/logout/", logout),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("_util/login/", sign_in),
    path("admin/", include(wagtailadmin_urls)),
    # Pages of allauth that this site does not use: administrators make and change accounts.
    re_path(
        r"^accounts/(confirm-email|email|login/code|password/set|phone|social|3rdparty)/", not_here
    ),
    re_path(r"^accounts/2fa/webauthn/keys/\d+/edit/", not_here),
    path("accounts/2fa/webauthn/reauthenticate/", ConfirmByPasskeyView.as_view()),
    path("accounts/2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index")),
    path("accounts/", include("allauth.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}img/mark.svg")),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap, {"sitemaps": sitemaps}, name="sitemap"),
    path("", include("core.urls")),
    path("", include("portal.urls")),
    path("", include("enquiries.urls")),
    path("", include("offers.urls")),
    path("", include("casestudies.urls")),
    path("", include("partners.urls")),
    path("", include("impact.urls")),
    path("", include("search.urls")),
    path("", include("home.urls")),
    # Only pictures as pages show them: documents and originals may not be for everybody.
    *static(f"{settings.MEDIA_URL}images/", document_root=settings.MEDIA_ROOT / "images"),
    path("", include(wagtail_urls)),
]

handler400 = "core.views.bad_request"
handler500 = "core.views.server_error"
