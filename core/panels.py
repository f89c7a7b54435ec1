from wagtail.admin.ui.components import Component

from .models import PreElectionPeriod


class PreElectionPanel(Component):
    """On the CMS home of everybody: that the weeks before an election have begun."""

    name = "pre_election"
    order = 10
    template_name = "core_admin/pre_election_panel.html"

    def __init__(self, period: PreElectionPeriod):
        self.period = period

    def get_context_data(self, parent_context: dict) -> dict:
        return {"period": self.period}
