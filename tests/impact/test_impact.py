"""Figures carry their source and their date; a stale one leaves every page."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.utils import timezone

from impact.models import ImpactFact

DAY = timedelta(days=1)


@pytest.fixture
def fact(home):
    return ImpactFact.objects.filter(on_home=True).in_order().first()


def shown(client):
    return list(client.get("/impact/").context["facts"])


def on_the_home_page():
    context = Context()
    Template("{% load impact_tags %}{% home_facts as found %}").render(context)
    return list(context["found"])


@pytest.mark.parametrize(("days", "is_fresh"), [(0, True), (1, True), (-1, False), (-365, False)])
def test_a_fact_is_shown_until_the_end_of_its_last_day(client, fact, days, is_fresh):
    fact.stale_after = timezone.localdate() + DAY * days
    fact.save()

    assert (fact in shown(client)) is is_fresh
    assert (fact in on_the_home_page()) is is_fresh
    assert (fact in ImpactFact.objects.fresh(timezone.localdate())) is is_fresh


def test_the_home_page_shows_only_what_was_chosen_for_it(fact):
    assert fact in on_the_home_page()

    ImpactFact.objects.filter(pk=fact.pk).update(on_home=False)

    assert fact not in on_the_home_page()


def test_facts_stand_in_the_order_of_the_editors(client, fact):
    ImpactFact.objects.filter(pk=fact.pk).update(order=999)

    assert shown(client)[-1] == fact


def test_every_shown_fact_carries_its_period_and_its_source(client, fact):
    text = client.get("/impact/").content.decode()

    for each in shown(client):
        assert each.figure in text
        assert each.period in text
        assert each.source_text in text
        assert each.get_nature_display() in text


def test_a_source_with_an_address_is_a_link(client, fact):
    ImpactFact.objects.filter(pk=fact.pk).update(source_url="https://example.org/report")

    text = client.get("/impact/").content.decode()

    assert f'<a href="https://example.org/report">{fact.source_text}</a>' in text


def test_without_any_fresh_figure_the_page_says_so(client, fact):
    ImpactFact.objects.update(stale_after=timezone.localdate() - DAY)

    response = client.get("/impact/")

    assert response.status_code == 200
    assert "There are no figures to show now." in response.content.decode()


@pytest.mark.parametrize(
    ("field", "limit"),
    [("figure", 8), ("label", 80), ("period", 60), ("source_title", 200)],
)
def test_every_text_has_its_limit(fact, field, limit):
    setattr(fact, field, "x" * limit)
    fact.full_clean()

    setattr(fact, field, "x" * (limit + 1))
    with pytest.raises(ValidationError) as refused:
        fact.full_clean()
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("source_title", "Enter where this figure comes from"),
        ("period", "Enter the period this figure covers"),
    ],
)
def test_a_figure_without_a_source_or_period_is_refused_in_words(fact, field, words):
    setattr(fact, field, "")

    with pytest.raises(ValidationError) as refused:
        fact.full_clean()

    assert refused.value.message_dict == {field: [words]}
    with pytest.raises(IntegrityError), transaction.atomic():
        ImpactFact.objects.filter(pk=fact.pk).update(**{field: ""})


@pytest.mark.parametrize(
    "changes",
    [
        {"comparison_figure": "8", "comparison_period": ""},
        {"comparison_figure": "", "comparison_period": "2013/14"},
    ],
    ids=["no period", "no figure"],
)
def test_a_comparison_needs_a_figure_and_a_period(fact, changes):
    for name, value in changes.items():
        setattr(fact, name, value)

    with pytest.raises(
        ValidationError, match="Enter both the figure to compare with and its period"
    ):
        fact.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        ImpactFact.objects.filter(pk=fact.pk).update(**changes)


def test_the_home_facts_cost_one_query(fact, django_assert_num_queries):
    with django_assert_num_queries(1):
        on_the_home_page()


def test_the_page_asks_the_database_as_often_for_few_facts_as_for_many(
    client, fact, django_assert_max_num_queries
):
    client.get("/impact/")
    with django_assert_max_num_queries(9) as many:
        client.get("/impact/")
    ImpactFact.objects.exclude(pk=fact.pk).delete()
    client.get("/impact/")
    with django_assert_max_num_queries(9) as few:
        client.get("/impact/")

    assert len(many) == len(few)


def test_the_page_only_reads(client, home):
    assert client.post("/impact/").status_code == 405


def test_an_editor_is_told_where_a_figure_needs_its_source(client, person):
    client.force_login(person("editor"))

    response = client.post(
        "/admin/snippets/impact/impactfact/add/",
        {
            "figure": "7",
            "label": "people",
            "period": "2025",
            "nature": "annual",
            "source_title": "",
        },
    )

    assert response.status_code == 200
    assert "Enter where this figure comes from" in response.content.decode()
