import pytest
from django.utils import timezone
from wagtail.models import Site

from portal import door
from portal.models import KNOWN_FOR, PortalHealth, PortalSettings
from portal.simulator import Simulator


@pytest.fixture
def portal(settings):
    """A portal on this machine to which the site may lead."""
    with Simulator() as running:
        settings.PORTAL_ALLOWED_HOSTS = [running.host]
        yield running


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch):
    monkeypatch.setattr("portal.door.KNOWN_FOR", KNOWN_FOR)
    door.forget()
    yield
    door.forget()


@pytest.fixture
def switch(home, portal):
    """Set the portal: `switch("live")`. It is well unless `is_well` says otherwise."""

    def switch(stage: str, *, is_well: bool | None = True, **changes) -> PortalSettings:
        site = Site.objects.get(is_default_site=True)
        found = PortalSettings.for_site(site)
        given = {"stage": stage, "base_url": portal.url, "announcement": "<p>It comes.</p>"}
        for name, value in {**given, **changes}.items():
            setattr(found, name, value)
        found.full_clean()
        found.save()
        PortalHealth.objects.all().delete()
        if is_well is not None:
            PortalHealth.objects.create(is_healthy=is_well, checked_at=timezone.now())
        door.forget()
        return found

    return switch
