from django.utils import timezone
from wagtail.admin.ui.components import Component

from . import watch


class PortalPanel(Component):
    """On the CMS home of those who look after the connection: what is wrong with it."""

    name = "portal"
    order = 45
    template_name = "portal_admin/portal_panel.html"

    def get_context_data(self, parent_context: dict) -> dict:
        return {"concerns": watch.concerns(timezone.now())}
