from core.panels import ToApprovePanel

from .models import Partner


class PartnersToApprovePanel(ToApprovePanel):
    """On the CMS home, for those who may publish partners: what was proposed."""

    name = "partners_to_approve"
    order = 63
    heading = "Partners to approve"
    explains = "A proposal goes live when you approve it. Until then the public sees the old words."
    model = Partner
