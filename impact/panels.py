from django.utils.timezone import localdate
from wagtail.admin.ui.components import Component

from .models import ImpactFact

MOST = 10  # facts in the panel; the list of the facts shows the others


class StalePanel(Component):
    """On the CMS home, for those who may change figures: which have left the site or soon will."""

    name = "stale_facts"
    order = 60
    template_name = "impact_admin/stale_panel.html"

    def get_context_data(self, parent_context: dict) -> dict:
        today = localdate()
        aging = ImpactFact.objects.stale(today) | ImpactFact.objects.soon_stale(today)
        facts = list(aging.select_related("owner").stalest_first()[: MOST + 1])
        return {
            "facts": [(fact, fact.age_text(today)) for fact in facts[:MOST]],
            "more": len(facts) > MOST,
        }
