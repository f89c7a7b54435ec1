import django_filters
from django.utils.timezone import localdate
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import ImpactFact, ImpactFactQuerySet


class ImpactFactFilterSet(WagtailFilterSet):
    AGES = {
        "stale": ("Stale", ImpactFactQuerySet.stale),
        "soon": ("Soon stale (within 60 days)", ImpactFactQuerySet.soon_stale),
        "fresh": ("Shown now", ImpactFactQuerySet.fresh),
    }

    age = django_filters.ChoiceFilter(
        label="Age",
        method="of_age",
        choices=[(value, label) for value, (label, _) in AGES.items()],
        empty_label="All",
    )

    def of_age(self, queryset: ImpactFactQuerySet, name: str, value: str) -> ImpactFactQuerySet:
        _, facts_of_age = self.AGES[value]
        return facts_of_age(queryset, localdate())

    class Meta:
        model = ImpactFact
        fields = ["age", "on_home", "nature", "owner"]


class ImpactFactViewSet(SnippetViewSet):
    model = ImpactFact
    icon = "order-up"
    menu_label = "Impact facts"
    add_to_admin_menu = True
    menu_order = 240
    list_display = [
        "figure",
        Column("label", label="What it counts", sort_key="label"),
        Column("period", label="Period", sort_key="period"),
        Column("stale_after", label="Shown until", sort_key="stale_after"),
        Column("age", label="Age", accessor=lambda fact: fact.age_text(localdate())),
        BooleanColumn("on_home", label="On the home page", sort_key="on_home"),
        Column("source_text", label="Source", sort_key="source_title"),
    ]
    filterset_class = ImpactFactFilterSet
    search_fields = ["figure", "label", "period", "source_title"]
    ordering = ["order", "pk"]
