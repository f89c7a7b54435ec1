from django import template

from partners.models import Partner, PartnerQuerySet

register = template.Library()


@register.simple_tag
def all_partners() -> PartnerQuerySet:
    """Every published partner. One query."""
    return Partner.objects.published().in_order()
