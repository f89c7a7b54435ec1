from django import template
from django.utils import timezone
from wagtail.blocks import StreamValue

from impact.models import ImpactFact, ImpactFactQuerySet

register = template.Library()


@register.simple_tag
def home_facts() -> ImpactFactQuerySet:
    """The fresh figures for the home page. One query."""
    return ImpactFact.objects.fresh(timezone.localdate()).for_home().in_order()


@register.simple_tag
def fresh_facts(stream: StreamValue) -> list[ImpactFact]:
    """The facts chosen in a stream of `fact_block()`, without stale and deleted ones. One query."""
    today = timezone.localdate()
    facts = [block.value for block in stream]
    return [fact for fact in facts if fact and not fact.is_stale(today)]


@register.filter
def sources(facts: list[ImpactFact]) -> list[dict]:
    """
    Where figures come from, each source once: {"text", "url", "figures"}.

    `figures` says which figures a source stands for; empty if one source stands for all.
    """
    found = {}
    for fact in facts:
        source = {"text": fact.source_text, "url": fact.source_url, "figures": []}
        found.setdefault((fact.source_text, fact.source_url), source)["figures"].append(fact.figure)
    if len(found) == 1:
        return [{**source, "figures": []} for source in found.values()]
    return list(found.values())
