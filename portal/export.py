"""Enquiries as a file for the day on which the portal takes over: one JSON object a line."""

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

from django.db.models import Exists, OuterRef

from core.structured_data import full
from enquiries.models import Enquiry, EnquiryQuerySet, Interest

from .contract import VERSION
from .events import API
from .representations import Data, moment, of_enquiry


def wanted(*, only_open: bool, since: datetime | None) -> EnquiryQuerySet:
    """What is handed over: with something still to do, or received since then, if so wished."""
    found = Enquiry.objects.counted().filter(anonymised_at=None)
    if only_open:
        found = found.filter(Exists(Interest.objects.open().filter(enquiry=OuterRef("pk"))))
    if since is not None:
        found = found.filter(created_at__gte=since)
    return found.order_by("pk")


def collect(enquiries: EnquiryQuerySet, *, now: datetime) -> tuple[list[Data], list[str]]:
    """
    The lines of the file, what they are first; and the references of those that are left out: their
    privacy notice does not name the portal.
    """
    shared = Enquiry.objects.shared()
    lines = [_line(one) for one in (enquiries & shared).select_related("sector", "privacy_notice")]
    others = enquiries.exclude(pk__in=shared.order_by().values("pk"))
    left_out = list(others.values_list("reference", flat=True))
    manifest = {
        "contract": VERSION,
        "count": len(lines),
        "generated_at": moment(now),
        "left_out": left_out,
    }
    return [manifest, *lines], left_out


def write(out: Path, lines: list[Data]) -> None:
    """
    Write the file, for its owner's eyes alone, and its checksum beside it: both, or nothing.

    :raises FileExistsError: if there is such a file already.
    """
    raw = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
    checksum = f"{hashlib.sha256(raw).hexdigest()}  {out.name}\n".encode()
    written = []
    try:
        for file, content in ((out.with_name(f"{out.name}.sha256"), checksum), (out, raw)):
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            written.append(file)
            with os.fdopen(handle, "wb") as opened:
                opened.write(content)
    except BaseException:
        for file in written:
            file.unlink()
        raise


def _line(one: Enquiry) -> Data:
    history = one.timeline.select_related("interest", "partner").order_by("pk")
    return {
        "$schema": full(f"{API}/openapi.json#/components/schemas/Enquiry"),
        **of_enquiry(one),
        "history": [
            {
                "at": moment(entry.at),
                "what": entry.kind,
                "interest": str(entry.interest.uuid) if entry.interest else None,
                "partner": str(entry.partner.uuid) if entry.partner else None,
                "outcome": entry.outcome or None,
            }
            for entry in history
        ],
    }
