from django import template

from portal import door

register = template.Library()


@register.simple_tag
def portal_announcement() -> str:
    """What every page says while the portal is announced, as rich text; else nothing."""
    return door.known().announcement
