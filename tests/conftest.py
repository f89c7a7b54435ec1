"""
Every test that uses the database starts on the demonstration content.

Tests change it inside a transaction that is rolled back. What needs real commits, processes or a
browser runs against a copy of the whole site: see `tests/running_site.py`.
"""

import os

import pytest
from django.utils import timezone


def pytest_addoption(parser):
    parser.addoption("--no-skips", action="store_true", help="count a skipped test as a failure")


def pytest_sessionfinish(session, exitstatus):
    """With --no-skips a run in which a test was skipped has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter and reporter.stats.get("skipped")
    if session.config.getoption("--no-skips") and exitstatus == 0 and skipped:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database of pytest-django, with the demonstration content loaded once."""
    from home.demo.loader import load

    with django_db_blocker.unblock():
        load(timezone.localtime())


@pytest.fixture
def home(db):
    from home.models import HomePage

    return HomePage.objects.get()


@pytest.fixture
def desk(home):
    """The desk settings of the demonstration content."""
    from enquiries.models import DeskSettings

    return DeskSettings.objects.get()


@pytest.fixture
def person(db):
    """Look up one of the demonstration accounts: `person("editor")`."""
    from accounts.models import User

    return lambda name: User.objects.get(email=f"{name}@example.org")


@pytest.fixture
def answers():
    """The cleaned answers of a filled-in enquiry form; keyword arguments change some."""

    def make(**changes):
        return {
            "offers": ["mentor-a-young-person", "hire-flexibly"],
            "organisation": "Canal Bakery",
            "size": "10-49",
            "sector": "retail",
            "postcode": "N1 2UD",
            "name": "Sam Okafor",
            "role": "Owner",
            "email": "sam@example.com",
            "phone": "020 7946 0999",
            "message": "We open in spring.",
            **changes,
        }

    return make


@pytest.fixture
def make_enquiry(desk, answers):
    """Store an enquiry as the site does; keyword arguments change its answers."""
    import uuid

    from enquiries import services

    def make(*, now=None, suspicion="", **changes):
        return services.send(
            key=uuid.uuid4(),
            answers=answers(**changes),
            desk=desk,
            now=now or timezone.now(),
            suspicion=suspicion,
        )

    return make


@pytest.fixture(scope="session")
def sites(tmp_path_factory):
    """Makes running copies of the site, on the database server the suite runs on."""
    from django.conf import settings

    from tests.running_site import SiteFactory

    url = os.environ.get("DATABASE_URL", "")
    on_a_server = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    server = f"{url.rpartition('/')[0]}/postgres" if on_a_server else ""
    factory = SiteFactory(tmp_path_factory.mktemp("sites"), server)
    yield factory
    factory.close()
