"""Small things templates ask for."""

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template


@pytest.mark.parametrize(
    ("number", "link"),
    [
        ("020 7946 0000", "tel:+442079460000"),
        ("(020) 7946-0000", "tel:+442079460000"),
        ("+44 20 7946 0000", "tel:+442079460000"),
        ("+33 1 23 45 67 89", "tel:+33123456789"),
        ("07700 900 982", "tel:+447700900982"),
        ("0044 20 7946 0000", "tel:+442079460000"),
        ("+44 (0)20 7946 0000", "tel:+442079460000"),
        ("00 33 1 23 45 67 89", "tel:+33123456789"),
    ],
)
def test_a_phone_number_becomes_a_link_that_phones_understand(number, link):
    template = Template("{% load core_tags %}{{ number|tel }}")

    assert template.render(Context({"number": number})) == link


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("BIG Alliance", "BA"),
        ("Timewise", "T"),
        ("City and Islington College", "CI"),
        ("iWork", "I"),
        ("2nd Chance Trust", "2C"),
        ("nobody yet", "NY"),
        ("", ""),
    ],
)
def test_an_organisation_has_initials(name, letters):
    template = Template("{% load core_tags %}{{ name|initials }}")

    assert template.render(Context({"name": name})) == letters


@pytest.mark.parametrize(
    ("address", "changes", "leads_to"),
    [
        ("/x/?q=a&page=2", "page=3", "?q=a&amp;page=3"),
        ("/x/?q=a&page=2", "page=None", "?q=a"),
        ("/x/?q=a&page=2", "page=''", "?q=a"),
        ("/x/?page=2", "page=None", "/x/"),
        ("/x/?sector=a&sector=b&page=2", "page=None", "?sector=a&amp;sector=b"),
        ("/x/", "page=2", "?page=2"),
        ("/x/?q=%00%22%3E%3Cscript%3E", "page=2", "?q=%22%3E%3Cscript%3E&amp;page=2"),
    ],
)
def test_a_link_to_this_page_keeps_what_was_asked(rf, address, changes, leads_to):
    template = Template(f"{{% load core_tags %}}{{% here_with {changes} %}}")

    assert template.render(Context({"request": rf.get(address)})) == leads_to


@pytest.mark.parametrize(
    ("pages", "current", "shown"),
    [
        (1, 1, "1 "),
        (3, 2, "1 2 3 "),
        (20, 1, "1 2 … 20 "),
        (20, 10, "1 … 9 10 11 … 20 "),
        (20, 20, "1 … 19 20 "),
    ],
)
def test_a_pager_shows_the_ends_and_the_neighbours(pages, current, shown):
    results = Paginator(range(pages), 1).page(current)
    template = Template(
        "{% load core_tags %}{% page_numbers results as numbers %}"
        "{% for number in numbers %}{{ number|default_if_none:'…' }} {% endfor %}"
    )

    assert template.render(Context({"results": results})) == shown
