"""Enquiries as a file for the day on which the portal takes over: one JSON object a line."""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
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


def write(out: Path, enquiries: EnquiryQuerySet, *, now: datetime) -> tuple[int, list[str]]:
    """
    Write the file, for its owner's eyes alone, and its checksum beside it; how many enquiries stand
    in it, and the references of those left out: their privacy notice does not name the portal.

    :raises FileExistsError: if there is such a file already.
    """
    shared = enquiries & Enquiry.objects.shared()
    ids = list(shared.values_list("pk", flat=True))
    others = enquiries.exclude(pk__in=shared.order_by().values("pk"))
    left_out = list(others.values_list("reference", flat=True))
    manifest = {
        "contract": VERSION,
        "count": len(ids),
        "generated_at": moment(now),
        "left_out": left_out,
    }
    checksum = hashlib.sha256()
    handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for line in chain([manifest], _lines(ids)):
            raw = json.dumps(line, ensure_ascii=False).encode() + b"\n"
            file.write(raw)
            checksum.update(raw)
    beside = out.with_name(f"{out.name}.sha256")
    beside.write_text(f"{checksum.hexdigest()}  {out.name}\n")
    return len(ids), left_out


def _lines(ids: list[int]) -> Iterator[Data]:
    for pk in ids:
        found = Enquiry.objects.select_related("sector", "privacy_notice").get(pk=pk)
        history = found.timeline.select_related("interest", "partner").order_by("pk")
        yield {
            "$schema": full(f"{API}/openapi.json#/components/schemas/Enquiry"),
            **of_enquiry(found),
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
