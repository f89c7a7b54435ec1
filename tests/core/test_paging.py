import pytest
from django.http import Http404

from core.paging import page_of


@pytest.mark.parametrize("number", [None, "", "1"])
def test_the_first_page_is_shown_unless_another_is_asked_for(number):
    assert list(page_of("abcd", number, 3)) == list("abc")


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "9" * 5_000])
def test_a_page_that_does_not_exist_is_not_found(number):
    with pytest.raises(Http404):
        page_of("abcd", number, 3)
