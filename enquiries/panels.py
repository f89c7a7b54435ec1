from django.utils.timezone import localdate, now
from wagtail.admin.ui.components import Component

from outbox.models import Message

from .models import DeskSettings, WebsiteMessage
from .needs import counted
from .services import retention_state


class DeskPanel(Component):
    """On the CMS home, for those who may see enquiries: what is new, and what is wrong."""

    name = "desk"
    order = 50
    template_name = "enquiries_admin/desk_panel.html"

    def get_context_data(self, parent_context: dict) -> dict:
        request = parent_context["request"]
        to_handle = WebsiteMessage.objects.to_handle()
        return {
            "needs": counted(localdate()),
            "given_up": Message.objects.dead().count(),
            "no_mailbox": not DeskSettings.for_request(request).receives_at,
            "messages": to_handle.count(),
            "overdue": to_handle.filter(due_on__lt=localdate()).count(),
            "retention": retention_state(now()),
            "doubtful": WebsiteMessage.objects.quarantined().count(),
        }
