from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def identity_provider() -> str:
    """The name of where staff sign in; empty if that is here."""
    return settings.OIDC.get("name", "")


@register.filter
def naming(words: str, provider: str) -> str:
    """Put the provider's name where "{provider}" stands."""
    return words.replace("{provider}", provider)
