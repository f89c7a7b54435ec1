"""The demonstration content: loaded once, mended when it differs, and never by accident."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, Revision, Site

from accounts.models import User
from casestudies.models import CaseStudyPage, TaggedCaseStudy
from core.models import SiteImage
from enquiries.models import DeskSettings
from home.demo.loader import PASSWORD, load
from home.models import HomePage, PlainPage
from impact.models import ImpactFact
from offers.models import OfferLink, OfferPage, Sector
from partners.models import Partner

MODELS = [CaseStudyPage, OfferPage, PlainPage, Partner, OfferLink, ImpactFact, Sector, SiteImage]


def counts():
    return {model.__name__: model.objects.count() for model in [*MODELS, User, Revision, Page]}


def test_a_second_run_changes_nothing(home):
    before = counts()

    assert load(timezone.localtime()) == 0
    assert counts() == before


def test_a_changed_page_is_mended_through_a_revision(home):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    summary = offer.summary
    offer.summary = "Something else"
    offer.save_revision().publish()
    revisions = offer.revisions.count()

    assert load(timezone.localtime()) == 1

    offer.refresh_from_db()
    assert offer.summary == summary
    assert offer.revisions.count() == revisions + 1
    assert load(timezone.localtime()) == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda: OfferPage.objects.filter(slug="hire-flexibly").delete(),
        lambda: Partner.objects.filter(slug="timewise").update(role="Nothing"),
        lambda: Sector.objects.filter(slug="retail").update(order=99),
        lambda: DeskSettings.objects.update(phone=""),
        lambda: ImpactFact.objects.first().delete(),
        lambda: HomePage.objects.update(featured_case_study=None),
        lambda: TaggedCaseStudy.objects.filter(tag__slug="local-hiring").delete(),
    ],
    ids=["offer", "partner", "sector", "desk", "fact", "featured", "tags"],
)
def test_whatever_differs_is_mended_and_then_stays(home, change):
    before = {name: number for name, number in counts().items() if name != "Revision"}
    change()

    assert load(timezone.localtime()) >= 1

    assert load(timezone.localtime()) == 0
    assert {name: number for name, number in counts().items() if name != "Revision"} == before


def test_an_account_that_changed_its_password_keeps_it(home, person):
    editor = person("editor")
    editor.set_password("another-long-password")
    editor.save()

    assert load(timezone.localtime()) == 0
    assert person("editor").check_password("another-long-password")


def test_without_debug_the_command_refuses(home, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="--yes-this-is-a-demo"):
        call_command("load_demo")


@pytest.mark.parametrize(("debug", "options"), [(True, {}), (False, {"yes_this_is_a_demo": True})])
def test_with_debug_or_the_flag_it_loads(home, settings, capsys, debug, options):
    settings.DEBUG = debug

    call_command("load_demo", **options)

    assert "Demonstration content: 0 changes." in capsys.readouterr().out


def test_every_page_partner_and_link_is_live_through_a_revision(home):
    pages = Page.objects.filter(depth__gt=1)

    assert pages.count() > 35
    for model in (pages, Partner.objects.all(), OfferLink.objects.all()):
        for thing in model:
            assert thing.live
            assert thing.live_revision is not None
            assert thing.live_revision == thing.latest_revision
            assert not thing.has_unpublished_changes


def test_every_page_of_the_demonstration_passes_its_own_checks(home):
    for page in Page.objects.filter(depth__gt=1).specific():
        page.full_clean()
    for model in (Partner, OfferLink, ImpactFact, DeskSettings):
        for thing in model.objects.all():
            thing.full_clean()


def test_the_home_page_is_the_root_of_the_default_site(home, settings):
    site = Site.objects.get()

    assert (site.root_page_id, site.is_default_site) == (home.pk, True)
    assert f"{site.hostname}:{site.port}" in settings.BASE_URL
    assert Page.objects.filter(depth=2).count() == 1


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("admin", ["Administrators"]),
        ("editor", ["Editors"]),
        ("editor2", ["Editors"]),
        ("desk", ["Enquiry desk"]),
        ("partner", []),
        ("partner2", []),
    ],
)
def test_the_accounts_have_their_groups_and_no_more(person, name, groups):
    user = person(name)

    assert list(user.groups.values_list("name", flat=True)) == groups
    assert not user.is_superuser
    assert user.check_password(PASSWORD)


def test_every_drawing_says_whose_it_is(home):
    for image in SiteImage.objects.all():
        assert image.credit
        assert image.licence
        assert not image.default_alt_text


def test_case_studies_were_published_one_after_the_other(home):
    dates = list(CaseStudyPage.objects.newest_first().values_list("first_published_at", flat=True))

    assert dates == sorted(dates, reverse=True)
    assert len(set(dates)) == len(dates)
    assert dates[0] <= timezone.now()
