"""G4 of the Business Portal's design."""

import pytest

from portal.simulator import Simulator
from tests.faults.portal_clicks import click_while_switching

pytestmark = pytest.mark.slow


def test_g4_switching_to_live_and_back_costs_no_employer_a_click_or_an_enquiry(sites):
    with (
        Simulator() as portal,
        sites.running("tests.faults.settings", PORTAL_ALLOWED_HOSTS=portal.host) as site,
    ):
        seen = click_while_switching(site, portal, clicks=200, pause=1)

    assert seen.is_good, f"{seen}\n{seen.errors}"
