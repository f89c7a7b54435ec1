"""The front page and the plain pages."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from casestudies.models import CaseStudyPage
from home.models import HomePage, PlainPage, StepBlock

STEP = {"heading": "Hear what fits", "text": "One person replies."}


@pytest.mark.parametrize(("number", "is_right"), [(1, False), (2, True), (4, True), (5, False)])
def test_how_it_works_has_2_to_4_steps(number, is_right):
    stream = HomePage._meta.get_field("steps").stream_block
    value = stream.to_python([{"type": "step", "value": STEP}] * number)

    if is_right:
        assert len(stream.clean(value)) == number
    else:
        with pytest.raises(StreamBlockValidationError):
            stream.clean(value)


@pytest.mark.parametrize(("field", "limit"), [("heading", 60), ("text", 160)])
def test_a_step_has_limits(field, limit):
    block = StepBlock()

    assert block.clean(block.to_python({**STEP, field: "x" * limit}))
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({**STEP, field: "x" * (limit + 1)}))


def test_a_plain_page_needs_its_text_in_words(home):
    page = PlainPage.objects.first()
    page.body = ""

    with pytest.raises(ValidationError) as refused:
        page.full_clean()

    assert refused.value.message_dict == {"body": ["Enter the text of the page"]}


def test_the_home_page_stays_when_its_featured_case_study_is_deleted(client, home):
    home.featured_case_study.delete()

    home.refresh_from_db()
    assert home.featured_case_study is None
    assert client.get("/").status_code == 200


def test_there_is_one_home_page_and_one_of_each_index(home):
    parent = home.get_parent()

    assert not HomePage.can_create_at(parent)
    assert PlainPage.can_create_at(home)
    assert not PlainPage.can_create_at(parent)
    assert not CaseStudyPage.can_create_at(home)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_home_page_only_reads(client, home, method):
    assert getattr(client, method)("/").status_code == 405


def test_the_home_page_asks_the_database_a_bounded_number_of_times(
    client, home, django_assert_max_num_queries
):
    client.get("/")

    with django_assert_max_num_queries(30):
        client.get("/")


@pytest.mark.parametrize("address", ["/nowhere/", "/ways-to-get-involved/nowhere/", "/partners/x/"])
def test_a_page_that_does_not_exist_is_not_found_in_words(client, home, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
