import json
import re
from functools import lru_cache

import segno
from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import QueryDict
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core import structured_data as schema
from core.text import clean_text

register = template.Library()


@register.filter
def tel(number: str) -> str:
    """A number as a `tel:` link wants it: a British one gets its country code."""
    digits = re.sub(r"^00", "+", re.sub(r"[^\d+]", "", number))
    return "tel:" + re.sub(r"^(?:\+440?|0)", "+44", digits)


@register.filter
def initials(name: str) -> str:
    """Up to two letters for the arch that stands where a logo could be: capitals if it has any."""
    words = re.findall(r"[\w’']+", name)
    capitals = [word for word in words if word[0].isupper() or word[0].isdigit()]
    return "".join(word[0] for word in (capitals or words)[:2]).upper()


@register.simple_tag(takes_context=True)
def current(context: template.Context, address: str) -> SafeString | str:
    """What marks a menu's link: `aria-current` is "page" on that page, "true" on those below it."""
    path = context["request"].path
    if path == address:
        return mark_safe(' aria-current="page"')
    return mark_safe(' aria-current="true"') if path.startswith(address) else ""


@register.simple_tag(takes_context=True)
def canonical(context: template.Context, number: int = 1) -> SafeString:
    """
    The one address of this page for search engines and whoever shares it: on the site's own
    host, whatever the request names, and without parameters but the `number` of a listing's page.
    """
    address = own_address(context) + (f"?page={number}" if number > 1 else "")
    return format_html(
        '<link rel="canonical" href="{0}"><meta property="og:url" content="{0}">', address
    )


class Titled(template.Node):
    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: template.NodeList):
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        name = " ".join(self.nodelist.render(context).split()).replace('"', "&quot;")
        return mark_safe(  # noqa: S308 - the template's own output, escaped where it is a value
            f"<title>{name} – {settings.WAGTAIL_SITE_NAME}</title>"
            f'<meta property="og:title" content="{name}">'
        )


@register.tag
def titled(parser: template.base.Parser, token: template.base.Token) -> Titled:
    """`{% titled %}{% block title %}…{% endtitled %}`: the title of a page, also for sharing."""
    nodelist = parser.parse(["endtitled"])
    parser.delete_first_token()
    return Titled(nodelist)


@register.inclusion_tag("includes/sharing.html", takes_context=True)
def sharing(context: template.Context) -> dict[str, str]:
    """How the page looks where it is shared: its kind, and the picture of its door colour."""
    page = context.get("page")
    door = getattr(page, "door", "")
    return {
        "kind": getattr(page, "sharing_kind", "website"),
        "picture": schema.picture(door),
        "door": door,
        "site_name": settings.WAGTAIL_SITE_NAME,
    }


# What could end the script element, or be taken for markup, as JSON escapes.
AS_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&"}


def data_block(*things: dict) -> SafeString | str:
    """Things of schema.org as a script element that no browser runs; nothing for nothing."""
    if not things:
        return ""
    data = {"@context": "https://schema.org", "@graph": things}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(AS_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> SafeString | str:
    """What the page tells machines about its subject."""
    page = context.get("page")
    return data_block(*page.structured_data()) if hasattr(page, "structured_data") else ""


@register.simple_tag(takes_context=True)
def breadcrumb_data(context: template.Context) -> SafeString | str:
    """The trail that `includes/trail.html` shows, for machines: with the page's own name."""
    get = context.get
    if not get("here"):
        return ""
    crumbs = [("Home", "/")]
    crumbs += [(page.title, page.get_url(get("request"))) for page in (get("pages") or [])[1:]]
    if get("parent"):
        crumbs.append((get("parent"), get("parent_url")))
    return data_block(schema.breadcrumbs(crumbs, get("here")))


@register.simple_tag(takes_context=True)
def own_address(context: template.Context) -> str:
    """The one address of this page, on the site's own host and without parameters."""
    return schema.full(escape_uri_path(context["request"].path))


@register.filter
@lru_cache(maxsize=200)
def qr_code(address: str) -> SafeString:
    """An address as a QR code: an `<svg>` that is as wide as what it stands in."""
    drawing = segno.make(address, micro=False)
    return mark_safe(drawing.svg_inline(omitsize=True, svgclass=None, lineclass=None))  # noqa: S308 - only lines


@register.simple_tag(takes_context=True)
def here_with(context: template.Context, **changes: object) -> str:
    """This page's query string with some parameters changed; one set to None or "" is left out."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    for name, values in list(query.lists()):
        query.setlist(name, [clean_text(value) for value in values])
    return f"?{query.urlencode()}" if query else context["request"].path


@register.simple_tag
def page_numbers(results: Page) -> list[int | None]:
    """Numbers for a pager around the current page; None stands for an ellipsis."""
    wanted = results.paginator.get_elided_page_range(results.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in wanted]
