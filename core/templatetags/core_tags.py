import re

from django import template
from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from core.text import clean_text

register = template.Library()


@register.filter
def tel(number: str) -> str:
    """A number as a `tel:` link wants it: a British one gets its country code."""
    digits = re.sub(r"^00", "+", re.sub(r"[^\d+]", "", number))
    return "tel:" + re.sub(r"^(?:\+440?|0)", "+44", digits)


@register.filter
def initials(name: str) -> str:
    """Up to two capitals for the arch that stands where a logo could be."""
    words = [
        word for word in re.findall(r"[\w’']+", name) if word[0].isupper() or word[0].isdigit()
    ]
    return "".join(word[0] for word in words[:2]).upper()


@register.simple_tag(takes_context=True)
def current(context: template.Context, address: str) -> SafeString | str:
    """What marks a menu's link: `aria-current` is "page" on that page, "true" on those below it."""
    path = context["request"].path
    if path == address:
        return mark_safe(' aria-current="page"')
    return mark_safe(' aria-current="true"') if path.startswith(address) else ""


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
def page_numbers(results) -> list[int | None]:
    """Numbers for a pager around the current page; None stands for an ellipsis."""
    wanted = results.paginator.get_elided_page_range(results.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in wanted]
