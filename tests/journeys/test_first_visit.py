"""The pages people come to first are light. `make proof` weighs every kind of page."""

import pytest

from tests.journeys.weight import first_visit
from tests.public_pages import PAGES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("name", "limit"),
    [("home", 60_000), ("offer", 100_000), ("enquiry form", 60_000), ("search results", 60_000)],
)
def test_a_first_visit_is_light_and_calls_nobody(browser, site, name, limit):
    visit = first_visit(browser, site.url + PAGES[name])

    assert visit.total <= limit
    assert visit.html <= 15_000
    assert visit.css <= 5_000
    assert visit.js <= 2_000
    assert visit.hosts == {site.url}
