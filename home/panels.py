from django.utils.timezone import localdate
from wagtail.admin.ui.components import Component

from .checks import overdue_duties


class DutiesPanel(Component):
    """On the CMS home of administrators: legal duties whose date has passed, or soon will."""

    name = "duties"
    order = 40
    template_name = "home_admin/duties_panel.html"

    def get_context_data(self, parent_context: dict) -> dict:
        return {"duties": [message.msg for message in overdue_duties(localdate())]}
