"""What the Business Portal is promised, at full size."""

from collections.abc import Callable

from tests.faults import portal_chaos
from tests.faults.portal_clicks import click_while_switching
from tests.faults.portal_on_site import connect
from tests.proof.places import Figure, site_and_portal

ENQUIRIES, KILLS = 200, 20
WHILE_IT_HANGS = 20  # employers
CLICKS = 1_000


def chaos(on: str) -> Callable[[], Figure]:
    """200 enquiries, 20 kills, a portal that answers as in `FAULTS`, a day without it."""

    def run() -> Figure:
        with site_and_portal(on) as (site, portal):
            seen = portal_chaos.chaos(site, portal, enquiries=ENQUIRIES, kills=KILLS)
        faults = set(seen.answers) >= set(portal_chaos.FAULTS)
        return str(seen), seen.is_good and seen.kills == KILLS and faults and seen.repeats > 0

    return run


def mails_while_it_hangs(on: str) -> Callable[[], Figure]:
    """The mails of 21 enquiries while one attempt to reach the portal gets no answer."""

    def run() -> Figure:
        with site_and_portal(on) as (site, portal):
            connect(site, portal)
            delivered, wanted = portal_chaos.mails_while_it_hangs(site, portal, WHILE_IT_HANGS)
        return f"{delivered} of {wanted} mails delivered meanwhile", delivered == wanted

    return run


def clicks(on: str) -> Callable[[], Figure]:
    """1,000 clicks on offers, every tenth of them to the end, while the stage is switched."""

    def run() -> Figure:
        with site_and_portal(on) as (site, portal):
            seen = click_while_switching(site, portal, clicks=CLICKS, pause=2)
        return f"{seen} {' '.join(seen.errors[:3])}", seen.is_good

    return run
