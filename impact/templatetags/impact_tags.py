from django import template
from django.utils import timezone

from impact.models import ImpactFact, ImpactFactQuerySet

register = template.Library()


@register.simple_tag
def home_facts() -> ImpactFactQuerySet:
    """The fresh figures for the home page. One query."""
    return ImpactFact.objects.fresh(timezone.localdate()).for_home().in_order()
