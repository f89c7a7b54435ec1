from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.http import SeeOther

from . import door


@require_safe
@cache_control(no_store=True)
def start(request: HttpRequest, offer: str) -> HttpResponse:
    """
    The door behind every ‘I'm interested’: decides at the click where it leads.

    With `?via=form` to our form, whatever the portal does.
    """
    wants_form = request.GET.get("via") == "form"
    to = door.form_of(offer) if wants_form else door.leads_to(offer, now=timezone.now())
    response = SeeOther(to)
    response["Referrer-Policy"] = "no-referrer"
    return response
