"""A password without a second factor opens no address under /admin/, whoever has it."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.urls import Resolver404, get_resolver, resolve
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.regex_helper import normalize

from tests.accounts.conftest import SET_UP

pytestmark = pytest.mark.slow

ASK = "/accounts/2fa/reauthenticate/"
# One of these fits every argument of every address.
VALUES = ["3", "home", "en", "ffd3b1f2-1c9f-4b3a-9f0e-3f5a1a2b3c4d", "about/us"]
FEWEST = 250  # addresses
# Icons, and words of the framework's scripts: of the site there is nothing in them.
FOR_ALL = {"/admin/sprite/", "/admin/jsi18n/"}
# Wagtail's own, which nobody reaches: the site has others at these addresses.
SHADOWED = {"admin/login/$", "admin/logout/$", "admin/password_reset/$"}


@pytest.fixture
def sign_in_as(client, person):
    """The client of a demonstration account, or nobody's."""

    def sign_in_as(name):
        if name != "anonymous":
            client.force_login(person(name))
        return client

    return sign_in_as


def patterns(of: URLResolver, begun: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address under a resolver, as one regular expression, with its pattern."""
    for pattern in of.url_patterns:
        expression = begun + pattern.pattern.regex.pattern.removeprefix("^").replace("\\Z", "$")
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, expression)
        else:
            yield expression, pattern


def address_of(expression: str, pattern: URLPattern) -> str:
    """An address that leads to this pattern."""
    for made, names in reversed(normalize(expression)):
        for value in VALUES:
            address = "/" + made % dict.fromkeys(names, value)
            try:
                if resolve(address).func is pattern.callback:
                    return address
            except Resolver404:
                continue
    return ""


@cache
def addresses() -> list[str]:
    """One address for each pattern that is reached by an address under /admin/."""
    cms = [
        (expression, pattern)
        for expression, pattern in patterns(get_resolver())
        if expression.startswith("admin/")
    ]
    found = [(expression, address_of(expression, pattern)) for expression, pattern in cms]
    assert {expression for expression, address in found if not address} == SHADOWED
    return sorted({address for _, address in found if address})


def test_there_are_addresses_and_each_is_under_admin(db):
    found = addresses()

    assert len(found) >= FEWEST
    assert all(re.match("/admin/", address) for address in found)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["admin", "editor", "desk"])
def test_a_password_alone_is_led_to_set_up_a_factor_everywhere(somebody, name, method):
    somebody = somebody(name)
    somebody.give_password()

    answers = {address: getattr(somebody, method)(address) for address in addresses()}

    led = {(answer.status_code, answer.get("Location")) for answer in answers.values()}
    assert led == {(302, SET_UP)}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_password_alone_is_asked_for_the_factor_everywhere(somebody, method):
    half, owner = somebody("admin"), somebody("admin")
    half.give_password()
    owner.set_up()

    answers = {address: getattr(half, method)(address) for address in addresses()}

    assert {answer.status_code for answer in answers.values()} == {302}
    assert {answer["Location"].partition("?")[0] for answer in answers.values()} == {ASK}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["partner", "anonymous"])
def test_members_of_partners_and_strangers_are_let_in_nowhere(sign_in_as, name, method):
    client = sign_in_as(name)

    kept_out = [
        address for address in addresses() if address not in FOR_ALL and "logout" not in address
    ]

    answers = {address: getattr(client, method)(address) for address in kept_out}

    found = [address for address, answer in answers.items() if answer.status_code != 302]
    assert all(answers[address].status_code == 404 for address in found)
    assert all("password_reset" in address for address in found)
    led = {answer.get("Location", "/accounts/login/") for answer in answers.values()}
    assert all(to.startswith(("/accounts/", "/admin/login/")) for to in led)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_no_method_gets_past(somebody, method):
    admin = somebody("admin")
    admin.give_password()

    answer = admin.browser.generic(method, "/admin/users/")

    assert (answer.status_code, answer["Location"]) == (302, SET_UP)


def test_the_walk_would_see_an_open_door(somebody):
    """With the factor most of these addresses answer: it is the factor that was missing."""
    admin = somebody("admin")
    admin.set_up()
    admin.browser.raise_request_exception = False
    kept_in = [address for address in addresses() if "logout" not in address]

    answers = [admin.get(address).status_code for address in kept_in]

    assert answers.count(200) > 60
