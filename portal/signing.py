"""
Signatures of what the portal is sent: Standard Webhooks 1.0, symmetric.

Secrets are derived from SECRET_KEY and a version, never stored: rotating raises the version, and
both sign until the portal has the new one.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

PREFIX = "whsec_"
TOLERANCE = timedelta(minutes=5)  # of the timestamp, as the standard has it
_SALT = "portal.webhook"


def secret(version: int) -> str:
    """The secret of a version as the portal enters it: "whsec_" and 32 bytes in base64."""
    return PREFIX + base64.b64encode(_key(version, settings.SECRET_KEY)).decode()


def valid_secrets(version: int, *, previous_until: datetime | None, now: datetime) -> list[str]:
    """
    All that sign now, the newest first: this version's, the one before while it holds, and both
    under each earlier key of the site that still counts.
    """
    versions = [version]
    if previous_until is not None and now < previous_until and version > 1:
        versions.append(version - 1)
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    found = (PREFIX + base64.b64encode(_key(v, key)).decode() for v in versions for key in keys)
    return list(dict.fromkeys(found))


def headers(body: bytes, *, id: str, at: datetime, signed_with: Iterable[str]) -> dict[str, str]:
    """What goes with a body: its id, the moment of this attempt, and a signature of each secret."""
    stamp = str(int(at.timestamp()))
    signatures = " ".join(f"v1,{_sign(one, id, stamp, body)}" for one in signed_with)
    return {"webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": signatures}


def is_genuine(body: bytes, given: Mapping[str, str], *, secret: str, now: datetime) -> bool:
    """
    Whether the body was signed with this secret within the last five minutes; False for any
    headers that say nothing sensible. The names of headers are in small letters.
    """
    try:
        id, stamp = given["webhook-id"], given["webhook-timestamp"]
        at = datetime.fromtimestamp(int(stamp), tz=now.tzinfo)
        signatures = given["webhook-signature"].split(" ")
        expected = f"v1,{_sign(secret, id, stamp, body)}".encode()
        is_signed = any(hmac.compare_digest(one.encode(), expected) for one in signatures)
        return is_signed and abs(now - at) <= TOLERANCE
    except (KeyError, ValueError, OverflowError, OSError, binascii.Error):
        return False


def _key(version: int, key: str) -> bytes:
    return salted_hmac(_SALT, str(version), secret=key, algorithm="sha256").digest()


def _sign(secret: str, id: str, stamp: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{id}.{stamp}.".encode() + body
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
