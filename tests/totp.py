"""What an authenticator app does: RFC 6238, with six digits and half a minute."""

import base64
import hashlib
import hmac
import time

PERIOD = 30  # seconds


def code_of(key: str, at: float | None = None) -> str:
    """The code that an app with this key shows at a moment, in seconds; by default now."""
    counter = int(time.time() if at is None else at) // PERIOD
    secret = base64.b32decode(key.replace(" ", ""))
    digest = hmac.new(secret, counter.to_bytes(8, "big"), hashlib.sha1).digest()
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"
