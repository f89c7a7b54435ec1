import pytest

from partners.models import Partner


@pytest.fixture
def big_alliance(home):
    return Partner.objects.get(slug="big-alliance")
