"""Comparisons on the impact page: a table for everybody, bars for those who see them."""

import pytest
from bs4 import BeautifulSoup

from impact.models import ImpactFact


@pytest.fixture
def fact(home):
    return ImpactFact.objects.get(figure="1,023")


def table(client, fact):
    page = BeautifulSoup(client.get("/impact/").content, "html.parser")
    [entry] = [entry for entry in page.select(".impact > li") if fact.label in entry.h2.get_text()]
    return entry.table


def cells(found):
    return [
        [cell.get_text(strip=True) for cell in row.select("th, td")] for row in found.select("tr")
    ]


def test_a_comparison_is_a_table_with_a_caption_and_headers(client, fact):
    found = table(client, fact)

    assert found.caption.get_text() == "Comparison: people supported into work"
    assert cells(found) == [["Period", "Figure"], ["2013/14", "816"], ["2014/15", "1,023"]]
    assert [header["scope"] for header in found.select("th")] == ["col", "col", "row", "row"]


def test_its_bars_are_drawn_by_the_server_and_hidden_from_screen_readers(client, fact):
    found = table(client, fact)

    assert [bar.rect["width"] for bar in found.select("svg")] == ["79.8%", "100.0%"]
    assert {bar["aria-hidden"] for bar in found.select("svg")} == {"true"}
    assert {bar["fill"] for bar in found.select("svg")} == {"currentcolor"}
    assert not found.select("[style], style")


@pytest.mark.parametrize(("earlier", "later"), [("60+", "70"), ("40%", "51"), ("0", "0")])
def test_figures_that_are_no_exact_numbers_of_one_kind_have_only_the_table(
    client, fact, earlier, later
):
    ImpactFact.objects.filter(pk=fact.pk).update(comparison_figure=earlier, figure=later)

    found = table(client, fact)

    assert cells(found)[1:] == [["2013/14", earlier], ["2014/15", later]]
    assert not found.select("svg")


def test_a_figure_without_a_comparison_has_no_table(client, fact):
    ImpactFact.objects.filter(pk=fact.pk).update(comparison_figure="", comparison_period="")

    assert table(client, fact) is None


def test_text_in_a_figure_stays_text(client, fact):
    ImpactFact.objects.filter(pk=fact.pk).update(comparison_figure="<b>1", figure='"><i>')

    page = client.get("/impact/").content.decode()

    assert "&lt;b&gt;1" in page
    assert '"><i>' not in page
