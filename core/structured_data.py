"""
What machines read about a page: schema.org, as plain dicts of JSON.

Here is what all subjects share. A page tells its own by `structured_data()`, without a query of
its own.
"""

from django.conf import settings
from django.templatetags.static import static

NAME = settings.WAGTAIL_SITE_NAME
ISLINGTON = {"@type": "AdministrativeArea", "name": "Islington, London"}


def full(path: str) -> str:
    """The address of a path on the site's own host, whatever a request names."""
    return settings.BASE_URL + path


def picture(door: str = "") -> str:
    """The address of the picture that stands for a page where it is shared; by door colour."""
    return full(static(f"img/og/{door or 'site'}.png"))


def publisher() -> dict:
    """The partnership, as other things refer to it."""
    return {"@type": "Organization", "@id": full("/#us"), "name": NAME, "url": full("/")}


def breadcrumbs(crumbs: list[tuple[str, str]], here: str) -> dict:
    """The trail of a page: (name, path) of those above it, home first, then its own name."""
    items: list[dict] = [{"name": name, "item": full(path)} for name, path in crumbs]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, **item}
            for number, item in enumerate([*items, {"name": here}], start=1)
        ],
    }
