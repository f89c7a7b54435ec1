from django import template

from enquiries.models import Handover
from partners.models import Partner

register = template.Library()


@register.simple_tag
def handed_to(partner: Partner) -> dict[str, int]:
    """
    What was handed to a partner, ever. One query.

    Shape: {"waiting": 1, "with_us": 2, "handed": 9, "taken_up": 6, "declined": 1, "silent": 0,
    "placed": 3, "people": 5}. `placed` counts those placed or matched, `people` how many people
    that were.
    """
    return Handover.objects.filter(partner=partner).figures()
