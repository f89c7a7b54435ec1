from core.panels import ToApprovePanel

from .models import OfferLink


class OfferLinksToApprovePanel(ToApprovePanel):
    """On the CMS home, for those who may publish offer links: what was proposed."""

    name = "offer_links_to_approve"
    order = 64
    heading = "Offer links to approve"
    explains = "A proposal goes live when you approve it. Until then the public sees the old words."
    model = OfferLink
