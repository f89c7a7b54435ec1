"""An employer who fills in the enquiry form over HTTP, without a browser."""

import html
import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request

LONG_ENOUGH = 3.1  # seconds after which a filled-in form looks like a person's
ANSWERS = {
    "offers": ["mentor-a-young-person"],
    "organisation": "Canal Bakery",
    "name": "Sam Okafor",
    "email": "sam@example.com",
}


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


class Employer:
    """Keeps cookies like a browser; follows no redirect by itself."""

    def __init__(self, site_url: str):
        self.url = site_url
        self.jar = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), _NoRedirects
        ).open
        self.key = ""

    def request(self, path: str, data: dict | None = None) -> tuple[int, str, str]:
        """Status, location and text of one answer. An answer that never came is (0, "", "")."""
        body = urllib.parse.urlencode(data, doseq=True).encode() if data is not None else None
        address = urllib.parse.urljoin(self.url, path)
        try:
            answer = self._open(urllib.request.Request(address, body), timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        except OSError:
            return 0, "", ""
        with answer:
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()

    def token(self) -> str:
        return next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")

    def fill_in(self, *, wait: float = LONG_ENOUGH, **answers) -> None:
        """Up to the check page."""
        _, _, page = self.request("/enquire/")
        time.sleep(wait)
        stamp = _hidden(page, "stamp")
        data = {**ANSWERS, **answers, "stamp": stamp, "csrfmiddlewaretoken": self.token()}
        status, location, text = self.request("/enquire/", data)
        assert (status, location) == (303, "/enquire/check/"), (status, text[:500])
        _, _, page = self.request("/enquire/check/")
        self.key = _hidden(page, "key")

    def send(self) -> tuple[int, str]:
        """Press ‘Send enquiry’: status and location. May be repeated."""
        data = {"key": self.key, "csrfmiddlewaretoken": self.token()}
        status, location, _ = self.request("/enquire/check/", data)
        return status, location

    def reference(self, location: str) -> str:
        """The reference on the confirmation page."""
        _, _, page = self.request(location)
        return re.search(r"IA-[2-9A-Z]{4}-[2-9A-Z]{4}", page)[0]


def _hidden(page: str, name: str) -> str:
    for tag in re.findall(r"<input[^>]*>", page):
        if f'name="{name}"' in tag:
            return html.unescape(re.search(r'value="([^"]*)"', tag)[1])
    raise AssertionError(f"The page has no field {name}: {page[:500]}")
