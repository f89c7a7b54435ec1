"""
Employers click on offers while an administrator switches the portal to live and back.

One click in ten goes on to the end: on our form, or in the portal if it led there. Nobody may see
an error, and all that was sent must be there.
"""

import json
import random
import threading
import urllib.error
import urllib.request
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus

from portal.simulator import Simulator
from tests.employer import Employer
from tests.faults.portal_on_site import Clock, connect
from tests.running_site import RunningSite

EMPLOYERS_AT_ONCE = 10
GOES_ON = 10  # every tenth
A_MINUTE = 60  # passes in a second
OFFERS = """
    SELECT slug, translation_key FROM wagtailcore_page
    JOIN offers_offerpage ON page_ptr_id = wagtailcore_page.id WHERE live
"""
SETTINGS = "SELECT id, site_id FROM portal_portalsettings"
LOGIN, PASSWORD = "admin@example.org", "open-a-door-2015"


@dataclass
class Seen:
    """What came of it."""

    clicks: int = 0
    led_to: Counter = field(default_factory=Counter)  # clicks, by "form" and "portal"
    finished: Counter = field(default_factory=Counter)  # enquiries, by where they were sent
    switches: int = 0
    errors: list[str] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)  # references and ids that the site does not have

    @property
    def is_good(self) -> bool:
        """No error, nothing lost, and both ways were gone to the end."""
        both = min(self.led_to["form"], self.led_to["portal"]) > 0
        finished = min(self.finished["form"], self.finished["portal"]) > 0
        return both and finished and self.switches > 1 and not (self.errors or self.lost)

    def __str__(self) -> str:
        return (
            f"{self.clicks} clicks, {self.led_to['form']} to the form and "
            f"{self.led_to['portal']} to the portal, {self.switches} switches; "
            f"{self.finished['form']} enquiries sent on the form and {self.finished['portal']} in "
            f"the portal; {len(self.errors)} errors, {len(self.lost)} lost"
        )


def click_while_switching(
    site: RunningSite, portal: Simulator, *, clicks: int, pause: float
) -> Seen:
    """`pause` is how many seconds lie between two switches."""
    token = connect(site, portal)
    _wait_until_healthy(site)
    offers = {slug: str(uuid.UUID(str(key))) for slug, key in site.database.rows(OFFERS)}
    seen, is_over = Seen(), threading.Event()
    sent: list[str] = []
    administrator = Administrator(site, portal)

    def switch() -> None:
        while not is_over.wait(pause):
            seen.switches += 1
            seen.errors += administrator.switch("live" if seen.switches % 2 else "off")

    def click(number: int) -> None:
        slug = random.Random(number).choice(sorted(offers))
        try:
            employer = Employer(site.url)
            way = _follow(employer, slug, portal)
            seen.led_to[way] += 1
            if number % GOES_ON == 0:
                finish = _finish_form if way == "form" else _finish_in_portal
                sent.append(finish(employer, slug, offers[slug], token))
                seen.finished[way] += 1
        except (AssertionError, OSError) as error:
            seen.errors.append(f"{slug}: {error!r}"[:300])

    switching = threading.Thread(target=switch)
    switching.start()
    with ThreadPoolExecutor(EMPLOYERS_AT_ONCE) as pool:
        list(pool.map(click, range(clicks)))
    is_over.set()
    switching.join()
    seen.clicks = clicks
    rows = site.database.rows("SELECT reference, uuid FROM enquiries_enquiry")
    stored = {reference for reference, _ in rows} | {str(uuid.UUID(str(key))) for _, key in rows}
    seen.lost = set(sent) - stored
    return seen


class Administrator:
    """Somebody in the CMS who switches the portal."""

    def __init__(self, site: RunningSite, portal: Simulator):
        ((_, where),) = site.database.rows(SETTINGS)
        self._address = f"/admin/settings/portal/portalsettings/{where}/"
        self._portal = portal
        self._person = Employer(site.url)
        self._person.request("/accounts/login/")
        data = {"login": LOGIN, "password": PASSWORD, "csrfmiddlewaretoken": self._person.token()}
        status, location, _ = self._person.request("/accounts/login/", data)
        assert (status, location) == (302, "/admin/"), (status, location)

    def switch(self, stage: str) -> list[str]:
        """Set the stage in the form of the settings; what went wrong."""
        data = {
            "stage": stage,
            "is_connected": "on",
            "base_url": self._portal.url,
            "link_template": "{+base}/start{?offer,source}",
            "health_path": "/health",
            "announcement": "null",
            "routes-TOTAL_FORMS": "0",
            "routes-INITIAL_FORMS": "0",
            "csrfmiddlewaretoken": self._person.token(),
        }
        status, _, text = self._person.request(self._address, data)
        return [] if status == HTTPStatus.FOUND else [f"switch: {status} {text[:200]}"]


def _wait_until_healthy(site: RunningSite) -> None:
    """The portal is asked every minute and has to answer well twice: have the minutes pass."""
    clock = Clock(site.folder)
    clock.start_worker(site)
    asked = "SELECT count(*) FROM portal_portalhealth"
    site.wait_for(lambda: site.database.rows(asked) == [(1,)], "the portal was asked once")
    with clock.running():
        clock.pace = A_MINUTE
        healthy = "SELECT count(*) FROM portal_portalhealth WHERE is_healthy"
        site.wait_for(lambda: site.database.rows(healthy) == [(1,)], "the portal is well")


def _follow(employer: Employer, slug: str, portal: Simulator) -> str:
    """Where the door of the offer leads, having looked at it: "form" or "portal"."""
    status, location, _ = employer.request(f"/start/{slug}/")
    assert status == HTTPStatus.SEE_OTHER, f"the door answered {status}"
    leads_away = location.startswith(portal.url)
    assert leads_away or location == f"/enquire/?offer={slug}", f"the door led to {location}"
    there, _, _ = employer.request(location)
    assert there == HTTPStatus.OK, f"{location} answered {there}"
    return "portal" if leads_away else "form"


def _finish_form(employer: Employer, slug: str, offer: str, token: str) -> str:
    """Fill in our form and send it: the reference."""
    employer.fill_in(offers=[slug])
    status, location = employer.send()
    assert status == HTTPStatus.SEE_OTHER, f"sending was answered {status}"
    return employer.reference(location)


def _finish_in_portal(employer: Employer, slug: str, offer: str, token: str) -> str:
    """The employer finishes there, and the portal hands the enquiry over: its id."""
    key = str(uuid.uuid4())
    said = {
        "offers": [offer],
        "organisation": {"name": "Canal Bikes (example)"},
        "contact": {"name": "Jo Bloggs", "email": "jo@example.org"},
        "message": "",
    }
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(
        f"{employer.url}/api/portal/v1/enquiries/{key}",
        json.dumps(said).encode(),
        headers,
        method="PUT",
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == HTTPStatus.CREATED, f"the site answered {answer.status}"
    return key
