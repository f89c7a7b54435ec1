"""Where the portal may be: at a host that the deployment names, and nowhere else."""

from urllib.parse import urlsplit
from uuid import UUID

import uritemplate
from django.conf import settings

SOURCE = "islington-aspires"  # the site, as the portal's address is told
LOOPBACK = {"127.0.0.1", "localhost"}  # of the simulator: no certificate, and no way out
EXPAND = "Enter a link template that leads to the portal, like {+base}/start{?offer,source}"


def start_of(base: str, template: str, offer: UUID) -> str:
    """
    Where an offer begins in the portal: a link template of RFC 6570, filled in.

    It may name `base`, `offer` (the offer's UUID) and `source`. Empty if it is no template.
    """
    names = {"base": base.rstrip("/"), "offer": str(offer), "source": SOURCE}
    try:
        return uritemplate.expand(template, names)
    except ValueError:
        return ""


def refusal(address: str) -> str:
    """Why this address is not one of the portal, in words; empty if it is."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "Enter a full web address, like https://portal.example.gov.uk"
    if not host or any(sign.isspace() or sign in "\\\x00" for sign in address):
        return "Enter a full web address, like https://portal.example.gov.uk"
    if "@" in parts.netloc:
        return "Enter an address without a user name"
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        return "Enter an address that starts with https://"
    if port is not None:
        host = f"{host}:{port}"
    if host not in settings.PORTAL_ALLOWED_HOSTS:
        return (
            f"This site may not send anybody to ‘{host}’. Whoever runs it names the portal’s host "
            "in PORTAL_ALLOWED_HOSTS"
        )
    return ""
