from django.utils.timezone import now
from wagtail.admin.ui.components import Component

from core.working_days import today
from offers.models import OfferLink
from outbox.models import Message
from outbox.services import usable_addresses

from .models import DeskSettings, WebsiteMessage
from .needs import counted_for
from .services import retention_state


class DeskPanel(Component):
    """On the CMS home, for those who may see enquiries: what is new, and what is wrong."""

    name = "desk"
    order = 50
    template_name = "enquiries_admin/desk_panel.html"

    def get_context_data(self, parent_context: dict) -> dict:
        request = parent_context["request"]
        desk = DeskSettings.for_request(request)
        to_handle = WebsiteMessage.objects.to_handle()
        return {
            "needs": counted_for(request).each,
            "given_up": Message.objects.mails().dead().count(),
            "no_mailbox": not desk.receives_at,
            "unproven": _unproven(desk),
            "messages": to_handle.count(),
            "overdue": to_handle.filter(due_on__lt=today()).count(),
            "retention": retention_state(now()),
            "doubtful": WebsiteMessage.objects.quarantined().count(),
        }


def _unproven(desk: DeskSettings) -> list[str]:
    """Addresses of the team and of partners to which nothing is sent: not proven, or bounced."""
    contacts = OfferLink.objects.published().exclude(contact_email="")
    addresses = dict.fromkeys([*desk.mailboxes, *contacts.values_list("contact_email", flat=True)])
    usable = usable_addresses(addresses)
    return [address for address in addresses if address not in usable]
