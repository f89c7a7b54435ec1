"""
The score Mozilla's HTTP Observatory would give to an answer over HTTPS.

Written after its own rules (github.com/mdn/mdn-http-observatory, `src/grader/charts.js` and
`src/analyzer/tests/`, August 2026). Left out is what no answer alone can show: the redirection
from HTTP, the browsers' list of preloaded hosts (+5) and the integrity of our own script (+5).
"""

import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

BASE = 100
LEAST_FOR_EXTRA_CREDIT = 90
HALF_A_YEAR = 15_552_000  # seconds; the scanner's own number
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
FOREIGN_SCRIPT = re.compile(r'<script[^>]+src="(?!/(?!/))')
PRIVATE_REFERRER = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}


@dataclass
class Answer:
    """What came back: headers by lower-case name, and each `Set-Cookie` line."""

    headers: dict[str, str]
    cookies: list[str] = field(default_factory=list)
    html: str = ""


def score(answer: Answer) -> int:
    """Points: 100, less every fault, and with 90 or more left, plus every extra."""
    points = modifiers(answer).values()
    curbed = BASE + sum(number for number in points if number < 0)
    return BASE + sum(points) if curbed >= LEAST_FOR_EXTRA_CREDIT else max(curbed, 0)


def modifiers(answer: Answer) -> dict[str, int]:
    """Points by test of the scanner."""
    headers = answer.headers
    policy = _policy(headers.get("content-security-policy", ""))
    return {
        "content-security-policy": _policy_points(policy),
        "cookies": _cookie_points(answer.cookies),
        "cross-origin-resource-sharing": -50
        if headers.get("access-control-allow-credentials")
        else 0,
        "cross-origin-opener-policy": _among(
            headers.get("cross-origin-opener-policy"), {"same-origin"}
        ),
        "cross-origin-embedder-policy": _among(
            headers.get("cross-origin-embedder-policy"), {"require-corp", "credentialless"}
        ),
        "cross-origin-resource-policy": _among(
            headers.get("cross-origin-resource-policy"), {"same-origin", "same-site"}
        ),
        "referrer-policy": 5 if headers.get("referrer-policy") in PRIVATE_REFERRER else -5,
        "strict-transport-security": _transport_points(headers.get("strict-transport-security")),
        "subresource-integrity": -50 if FOREIGN_SCRIPT.search(answer.html) else 0,
        "x-content-type-options": 0 if headers.get("x-content-type-options") == "nosniff" else -5,
        "x-frame-options": 5
        if "frame-ancestors" in policy
        or headers.get("x-frame-options", "").lower() in {"deny", "sameorigin"}
        else -20,
    }


def _policy(header: str) -> dict[str, set[str]]:
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {name.lower(): set(sources) for name, *sources in parts}


def _policy_points(policy: dict[str, set[str]]) -> int:
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    scripts, styles = policy.get("script-src", default), policy.get("style-src", default)
    objects = policy.get("object-src", default)
    if scripts & (BROAD | INLINE) or objects & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for some in policy.values() for source in some):
        return -20
    if "'unsafe-eval'" in scripts | styles:
        return -10
    if styles & (BROAD | INLINE):
        return 0
    return 10 if default == {"'none'"} else 5


def _cookie_points(lines: list[str]) -> int:
    worst = 0 if not lines else 5
    for line in lines:
        for name, cookie in SimpleCookie(line).items():
            is_session = "sess" in name.lower() or "login" in name.lower()
            if not cookie["secure"]:
                worst = min(worst, -40 if is_session else -20)
            if is_session and not cookie["httponly"]:
                worst = min(worst, -30)
            if cookie["samesite"].lower() not in {"lax", "strict"}:
                worst = min(worst, -20 if "csrf" in name.lower() or cookie["samesite"] else 0)
    return worst


def _transport_points(header: str | None) -> int:
    age = re.search(r"max-age=(\d+)", header or "")
    if not age:
        return -20
    return 0 if int(age[1]) >= HALF_A_YEAR else -10


def _among(value: str | None, good: set[str]) -> int:
    return 10 if value in good else 0
