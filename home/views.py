from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from .models import SecurityContact
from .styleguide import samples


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a security problem, as RFC 9116 wants it."""
    contact = SecurityContact.for_request(request)
    if not (contact.contact and contact.expires_on):
        raise Http404
    form = f"{reverse('website_contact')}?topic=security"
    lines = [
        f"Contact: mailto:{contact.contact}",
        f"Contact: {settings.BASE_URL}{form}",
        f"Expires: {contact.expires_on:%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: {settings.BASE_URL}{reverse('security_txt')}",
        f"Policy: {settings.BASE_URL}/vulnerability-disclosure/",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with sample data, for those who work on the site; not there in real use."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "home/styleguide.html", samples(Site.find_for_request(request)))
