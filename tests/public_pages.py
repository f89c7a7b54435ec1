"""Every public address of the demonstration content."""

from wagtail.models import Page

VIEWS = ["/partners/", "/impact/", "/search/", "/search/?q=mentor", "/enquire/", "/enquire/check/"]


def page_paths() -> list[str]:
    """The paths of every published page."""
    return [page.url for page in Page.objects.live().public().filter(depth__gt=1).order_by("path")]


def all_paths() -> list[str]:
    """Pages, partners and the views that can be opened by anybody."""
    from partners.models import Partner

    partners = [partner.get_absolute_url() for partner in Partner.objects.published()]
    return [*page_paths(), *partners, *VIEWS]


def one_of_each_type() -> dict[str, str]:
    """A path for each kind of page: what is checked in a browser, where each look is slow."""
    first = {}
    for page in Page.objects.live().public().filter(depth__gt=1).order_by("path").specific():
        first.setdefault(type(page).__name__, page.url)
    return {
        **first,
        "partners": "/partners/",
        "partner": "/partners/big-alliance/",
        "impact": "/impact/",
        "search": "/search/?q=mentor",
        "enquire": "/enquire/?offer=mentor-a-young-person",
        "nothing to check": "/enquire/check/",
        "sign in": "/accounts/login/",
        "not found": "/no-such-page/",
    }
