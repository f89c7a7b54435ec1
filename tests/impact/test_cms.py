"""Editors see which figures are stale or soon will be; each field says what it takes."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from impact.models import SOON, ImpactFact

LIST = reverse("wagtailsnippets_impact_impactfact:list")
HOME = reverse("wagtailadmin_home")


@pytest.fixture
def facts(home):
    """Three facts: stale since yesterday, shown for the last time in 9 days, fresh for long."""
    stale, soon, fresh, *others = ImpactFact.objects.in_order()
    for fact, days in ((stale, -2), (soon, 9), (fresh, 600)):
        fact.stale_after = timezone.localdate() + timedelta(days=days)
        fact.save()
    for other in others:
        other.delete()
    return {"stale": stale, "soon": soon, "fresh": fresh}


@pytest.fixture
def editor(client, person):
    client.force_login(person("editor"))
    return client


def listed(client, **filters):
    page = BeautifulSoup(client.get(LIST, filters).content, "html.parser")
    return {row.a.get_text(strip=True): row.get_text(" ", strip=True) for row in rows(page)}


def rows(page):
    return page.select("table.listing tbody tr")


def panel(client):
    page = BeautifulSoup(client.get(HOME).content, "html.parser")
    return page.find(id="stale-facts-section") or page.find(id="stale-facts")


def test_the_list_says_since_when_a_figure_is_stale_and_when_it_will_be(editor, facts):
    since = timezone.localdate() - timedelta(days=1)

    shown = listed(editor)

    assert f"Stale since {since.day} {since:%B %Y}" in shown[facts["stale"].figure]
    assert "Stale in 10 days" in shown[facts["soon"].figure]
    assert "Stale" not in shown[facts["fresh"].figure]


@pytest.mark.parametrize(
    ("age", "names"),
    [
        ("stale", {"stale"}),
        ("soon", {"soon"}),
        ("fresh", {"soon", "fresh"}),
        ("", {"stale", "soon", "fresh"}),
        ("nonsense", {"stale", "soon", "fresh"}),
    ],
)
def test_the_list_can_be_filtered_by_age(editor, facts, age, names):
    assert set(listed(editor, age=age)) == {facts[name].figure for name in names}


@pytest.mark.parametrize(("words", "found"), [("KX Recruit", 1), ("xylophone", 0), ("\x00", 10)])
def test_the_list_can_be_searched(editor, home, words, found):
    assert len(listed(editor, q=words)) == found


def test_the_home_of_the_cms_lists_what_is_stale_or_soon_stale_with_links(editor, facts):
    found = panel(editor)

    found = [(link["href"], link.parent.get_text(" ", strip=True)) for link in found.select("li a")]
    assert [address for address, _ in found] == [
        reverse("wagtailsnippets_impact_impactfact:edit", args=[facts[name].pk])
        for name in ("stale", "soon")
    ]
    assert "Stale since" in found[0][1]
    assert "Stale in 10 days" in found[1][1]


def test_the_panel_names_whom_to_ask(editor, facts, person):
    ImpactFact.objects.filter(pk=facts["stale"].pk).update(owner=person("editor2"))

    assert f"Ask {person('editor2')}" in panel(editor).get_text(" ", strip=True)


def test_there_is_no_panel_while_every_figure_is_fresh(editor, facts):
    ImpactFact.objects.update(stale_after=timezone.localdate() + SOON)

    assert panel(editor) is None


def test_only_people_who_may_change_figures_see_the_panel(client, person, facts):
    client.force_login(person("desk"))
    assert client.get(HOME).status_code == 200
    assert panel(client) is None

    person("desk").groups.add(Group.objects.get(name="Editors"))
    assert panel(client) is not None


def test_the_panel_stays_short_and_costs_the_same_with_many(
    editor, facts, django_assert_max_num_queries
):
    def queries():
        editor.get(HOME)
        with django_assert_max_num_queries(60) as seen:
            editor.get(HOME)
        return len(seen)

    few = queries()
    for number in range(30):
        facts["stale"].pk, facts["stale"].label = None, f"Fact {number}"
        facts["stale"].save()

    assert queries() == few
    found = panel(editor)
    assert len(found.select("li")) == 10
    assert f"{LIST}?age=stale" in [link["href"] for link in found.select("a")]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-31, "Stale since 2 December 2025"),
        (-1, "Stale since 1 January 2026"),
        (0, "Shown for the last time today"),
        (1, "Stale in 2 days"),
        (59, "Stale in 60 days"),
        (60, ""),
        (600, ""),
    ],
)
def test_the_age_of_a_figure_is_told_in_words(days, words):
    today = date(2026, 1, 1)

    assert ImpactFact(stale_after=today + timedelta(days=days)).age_text(today) == words


@pytest.mark.parametrize("days", [-1, 0, 59, 60])
def test_the_words_and_the_lists_agree(home, days):
    today = timezone.localdate()
    ImpactFact.objects.update(stale_after=today + timedelta(days=days))
    fact = ImpactFact.objects.first()

    assert ImpactFact.objects.stale(today).exists() is fact.is_stale(today)
    assert ImpactFact.objects.fresh(today).exists() is not fact.is_stale(today)
    told = fact.is_stale(today) or ImpactFact.objects.soon_stale(today).exists()
    assert told is bool(fact.age_text(today))


def test_every_field_says_what_to_type():
    silent = [
        field.name
        for field in ImpactFact._meta.fields
        if field.editable and not field.auto_created and not field.help_text
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("figure", "Enter the figure"),
        ("label", "Enter what the figure counts"),
        ("period", "Enter the period this figure covers"),
        ("source_title", "Enter where this figure comes from"),
        ("source_on", "Enter the date of the source"),
        ("stale_after", "Enter until when this figure may be shown"),
    ],
)
def test_an_editor_reads_what_is_missing(editor, home, field, words):
    data = {
        "figure": "7",
        "label": "people",
        "period": "2025",
        "nature": "annual",
        "source_title": "A report",
        "source_on": "2025-01-01",
        "stale_after": "2027-01-01",
        "order": "1",
        "method": "null",
    }

    response = editor.post(reverse("wagtailsnippets_impact_impactfact:add"), {**data, field: ""})

    assert response.status_code == 200
    assert words in BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)
    accepted = editor.post(reverse("wagtailsnippets_impact_impactfact:add"), data)
    assert accepted.status_code == 302
