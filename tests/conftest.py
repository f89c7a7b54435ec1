"""
Every test that uses the database starts on the demonstration content.

Tests change it inside a transaction that is rolled back. What needs real commits, processes or a
browser runs against a copy of the whole site: see `tests/running_site.py`.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.utils import timezone

from tests.databases import Template

FOLDER = "ASPIRES_TESTS_FOLDER"


def pytest_addoption(parser):
    parser.addoption("--no-skips", action="store_true", help="count a skipped test as a failure")


def pytest_sessionfinish(session, exitstatus):
    """With --no-skips a run in which a test was skipped has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter and reporter.stats.get("skipped")
    if session.config.getoption("--no-skips") and exitstatus == 0 and skipped:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_configure(config):
    """All processes of a run share a folder, and in it the template of their databases."""
    config.folder = None
    if FOLDER not in os.environ:
        config.folder = os.environ[FOLDER] = tempfile.mkdtemp(prefix="aspires_tests_")


def pytest_unconfigure(config):
    if config.folder:
        shared_template().database.drop()
        shutil.rmtree(config.folder)
        del os.environ[FOLDER]


def shared_template() -> Template:
    """On the database server that the tests run on."""
    from django.conf import settings

    on_a_server = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    url = os.environ.get("DATABASE_URL", "")
    server = f"{url.rpartition('/')[0]}/postgres" if on_a_server else ""
    return Template(Path(os.environ[FOLDER], "template"), server)


@pytest.fixture(scope="session")
def template():
    return shared_template().make()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, template):
    """The test database starts as a copy, where the database can: no migration has to run."""
    from django.db import connection

    connection.settings_dict["TEST"]["MIGRATE"] = False
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = template.database.name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, template):
    """The test database of pytest-django, with the demonstration content."""
    from django.conf import settings
    from django.contrib.auth.hashers import make_password
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    from accounts.models import User
    from home.demo.loader import PASSWORD

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            template.database.copy_into(connection.connection)
            ContentType.objects.clear_cache()
        shutil.copytree(template.media, settings.MEDIA_ROOT, dirs_exist_ok=True)
        User.objects.filter(email__endswith="@example.org").update(password=make_password(PASSWORD))


@pytest.fixture(autouse=True)
def _portal_stays_known(monkeypatch):
    """What is known of the portal does not run out while a test counts queries."""
    monkeypatch.setattr("portal.door.KNOWN_FOR", 3600)


@pytest.fixture
def home(db):
    from home.models import HomePage

    return HomePage.objects.get()


@pytest.fixture
def today():
    """The day in London on which the test runs; midnight may pass after the tests are collected."""
    return timezone.localdate()


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
def sign_in(client, person):
    """The client of a demonstration account, or nobody's: `sign_in("desk")`."""

    def sign_in(name):
        if name != "anonymous":
            client.force_login(person(name))
        return client

    return sign_in


@pytest.fixture
def make_member(person, home):
    """Make a demonstration account act for a partner: `make_member("desk", "timewise")`."""
    from partners.models import Membership, Partner

    def make(name, slug, **rights):
        return Membership.objects.create(
            user=person(name),
            partner=Partner.objects.get(slug=slug),
            joined_at=timezone.now(),
            **rights,
        )

    return make


@pytest.fixture
def lead(sign_in):
    """The client of somebody who leads BIG Alliance."""
    return sign_in("partner")


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
def sites(tmp_path_factory, template):
    """Makes running copies of the site, on the database server the suite runs on."""
    from tests.running_site import SiteFactory

    return SiteFactory(tmp_path_factory.mktemp("sites"), template)
