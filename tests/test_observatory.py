"""Over HTTPS, with the settings of production, every page scores 130 or more at the Observatory."""

import json
from http.cookies import SimpleCookie

import pytest

from deploy.check_production import EXAMPLE
from tests.observatory import Answer, modifiers, score
from tests.public_pages import PAGES

pytestmark = pytest.mark.slow

LEAST = 130
LEAST_OF_THE_CMS = 75  # a B: its own screens need inline scripts
OTHERS = ["/livez", "/admin/", "/start/hire-flexibly/", "/sitemap.xml", "/robots.txt", "/privacy"]
# Runs in a process of its own: what production answers, by address, as JSON.
VISIT = """
import json, re, sys
import django
django.setup()
from django.test import Client

def answer(client, method, path, **options):
    response = getattr(client, method)(path, secure=True, **options)
    return {
        "status": response.status_code,
        "headers": {name.lower(): value for name, value in response.headers.items()},
        "cookies": [cookie.OutputString() for cookie in response.cookies.values()],
        "html": "" if response.streaming else response.content.decode(),
    }

host = "aspires.example.org"
seen = {}
for path in json.loads(sys.argv[1]):
    seen[path] = answer(Client(SERVER_NAME=host, raise_request_exception=False), "get", path)
client = Client(SERVER_NAME=host, enforce_csrf_checks=True)
form = answer(client, "get", "/enquire/")
hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form["html"]))
seen["a filled-in form"] = answer(
    client, "post", "/enquire/", headers={"referer": f"https://{host}/enquire/"}, data={
        **hidden, "offers": "not-sure", "organisation": "Canal Bakery", "name": "Sam Okafor",
        "email": "sam@example.com",
    },
)
seen["a wrong host"] = answer(Client(SERVER_NAME="evil.example"), "get", "/")
seen["a static file"] = answer(Client(SERVER_NAME=host), "get", re.search(
    r'<link rel="stylesheet" href="([^"]+)"', form["html"])[1])
print(json.dumps(seen))
"""


@pytest.fixture(scope="module")
def production(sites):
    """What production answers, by address."""
    paths = [*PAGES.values(), *OTHERS]
    with sites.running() as site:
        values = {name: value for name, value in EXAMPLE.items() if name != "DATABASE_URL"}
        values["SECOND_FACTOR"] = "required"
        done = site.run("-c", VISIT, json.dumps(paths), **values)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert len(seen) > 15
    return seen


def answer_of(seen: dict) -> Answer:
    return Answer(seen["headers"], seen["cookies"], seen["html"])


def test_every_answer_of_production_scores_130_or_more(production):
    answers = {path: answer_of(seen) for path, seen in production.items()}
    assert score(answers.pop("/admin/")) >= LEAST_OF_THE_CMS

    scores = {path: score(answer) for path, answer in answers.items()}
    assert {path: points for path, points in scores.items() if points < LEAST} == {}
    assert scores["/"] == 150
    assert scores["/accounts/login/"] == scores["a filled-in form"] == 155


def test_the_score_does_not_hang_on_the_newest_rules(production):
    """Earlier versions of the scanner gave nothing for the opener and embedder policies."""
    points = modifiers(answer_of(production["/"]))

    assert points["cross-origin-opener-policy"] == points["cross-origin-embedder-policy"] == 10
    assert score(answer_of(production["/"])) - 20 >= LEAST


def test_cookies_of_production_belong_to_this_host_alone(production):
    lines = [line for seen in production.values() for line in seen["cookies"]]

    names = set()
    for line in lines:
        for name, cookie in SimpleCookie(line).items():
            names.add(name)
            assert cookie["secure"], line
            assert cookie["httponly"], line
            assert cookie["path"] == "/", line
            assert cookie["samesite"] == "Lax", line
            assert not cookie["domain"], line
    assert names == {"__Host-csrftoken", "__Host-sessionid"}
    assert production["a filled-in form"]["status"] == 303


def test_the_score_can_see_a_fault(production):
    good = answer_of(production["/"])

    def without(name: str) -> Answer:
        return Answer({key: value for key, value in good.headers.items() if key != name})

    assert score(without("content-security-policy")) == 75
    assert score(without("strict-transport-security")) == 80
    assert score(without("cross-origin-resource-policy")) == 140
    assert score(Answer(good.headers, ["sessionid=x; HttpOnly; Path=/; SameSite=Lax"])) == 60
    assert score(Answer(good.headers, html='<script src="//evil.example/x.js">')) == 50
