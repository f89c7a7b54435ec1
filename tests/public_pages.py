"""Every public address of the demonstration content."""

# One address of each kind of page: what is looked at where each look is slow.
PAGES = {
    "home": "/",
    "offers": "/ways-to-get-involved/",
    "offer": "/ways-to-get-involved/mentor-a-young-person/",
    "offer without a partner": "/ways-to-get-involved/pay-the-london-living-wage/",
    "case studies": "/case-studies/",
    "case studies, last page": "/case-studies/?page=2",
    "case studies, filtered": "/case-studies/?size=50-249&offer=hire-flexibly&q=a",
    "case studies, nothing found": "/case-studies/?size=1-9&q=xylophone",
    "case study": "/case-studies/fanlight-foods/",
    "case study from a source": "/case-studies/kings-cross-jobs/",
    "partners": "/partners/",
    "partner": "/partners/big-alliance/",
    "impact": "/impact/",
    "search": "/search/",
    "search results": "/search/?q=mentor",
    "nothing found": "/search/?q=xylophone",
    "plain page": "/about/",
    "privacy notice": "/privacy/",
    "privacy notice version": "/privacy/2026-11/",
    "cookies": "/cookies/",
    "accessibility statement": "/accessibility-statement/",
    "finder": "/what-suits-us/",
    "finder results": "/what-suits-us/?goal=give-back&size=10-49&hours=4&sector=retail",
    "finder, nothing fits": "/what-suits-us/?goal=contracts&hours=1",
    "enquiry form": "/enquire/?offer=hire-flexibly",
    "contact about the website": "/contact/website/?topic=format",
    "nothing to check": "/enquire/check/",
    "lost link": "/track/",
    "lost link, asked for": "/track/?asked=1",
    "sign in": "/accounts/login/",
    "forgotten password": "/accounts/password/reset/",
    "not found": "/no-such-page/",
}
# These may set a cookie.
POST_FORMS = {
    *("enquiry form", "contact about the website", "lost link", "sign in", "forgotten password"),
}
VIEWS = [
    *("/partners/", "/impact/", "/search/", "/search/?q=mentor", "/enquire/", "/enquire/check/"),
    *("/track/", "/contact/website/", "/privacy/", "/what-suits-us/", "/what-suits-us/?goal=hire"),
    "/what-suits-us/?goal=contracts&hours=1",
]


def page_paths() -> list[str]:
    """The paths of every published page."""
    from wagtail.models import Page

    return [page.url for page in Page.objects.live().public().filter(depth__gt=1).order_by("path")]


def partner_paths() -> list[str]:
    """The paths of every published partner."""
    from partners.models import Partner

    return [partner.get_absolute_url() for partner in Partner.objects.published()]


def all_paths() -> list[str]:
    """Pages, partners and the views that can be opened by anybody."""
    return [*page_paths(), *partner_paths(), *VIEWS]
