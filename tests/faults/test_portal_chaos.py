"""What employers send reaches the portal once and in order, whatever goes wrong on the way."""

import pytest

from portal.simulator import Simulator
from tests.faults.portal_chaos import FAULTS, chaos, mails_while_it_hangs
from tests.faults.portal_on_site import connect

pytestmark = pytest.mark.slow


@pytest.fixture
def portal():
    with Simulator() as running:
        yield running


@pytest.fixture
def site(sites, portal):
    with sites.running("tests.faults.settings", PORTAL_ALLOWED_HOSTS=portal.host) as site:
        yield site


def test_a_portal_that_hangs_delays_no_mail(site, portal):
    connect(site, portal)

    delivered, wanted = mails_while_it_hangs(site, portal, employers=5)

    assert delivered == wanted == 12


def test_each_enquiry_reaches_the_portal_once_and_in_order_through_all_of_it(site, portal):
    seen = chaos(site, portal, enquiries=16, kills=3)

    assert seen.is_good, str(seen)
    assert seen.kills == 3
    assert set(seen.answers) >= set(FAULTS)
