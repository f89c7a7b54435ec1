"""Enquiries as a spreadsheet: XLSX, or CSV that opens safely in one."""

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from tempfile import TemporaryFile

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.timezone import localtime
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from core.text import clean_text
from core.working_days import LONDON, today

from .models import Enquiry

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 5_000  # rows in memory at a time
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _each(attribute: str) -> Callable[[Enquiry], str]:
    """What each interest of an enquiry says, one after another."""

    def told(enquiry: Enquiry) -> str:
        values = [getattr(interest, attribute) for interest in enquiry.interests.all()]
        words = [value() if callable(value) else value for value in values]
        return ", ".join(str(word) for word in words if word)

    return told


COLUMNS: dict[str, Callable[[Enquiry], object]] = {
    "Reference": lambda enquiry: enquiry.reference,
    "Received": lambda enquiry: enquiry.created_at,
    "How it came in": lambda enquiry: enquiry.get_source_display(),
    "Status": lambda enquiry: enquiry.status,
    "Who looks after it": lambda enquiry: str(enquiry.owner or ""),
    "Organisation": lambda enquiry: enquiry.organisation,
    "People employed": lambda enquiry: enquiry.get_size_display(),
    "Sector": lambda enquiry: str(enquiry.sector or ""),
    "Postcode": lambda enquiry: enquiry.postcode,
    "Person": lambda enquiry: enquiry.name,
    "Job title": lambda enquiry: enquiry.role,
    "E-mail": lambda enquiry: enquiry.email,
    "Phone": lambda enquiry: enquiry.phone,
    "What they wrote": lambda enquiry: enquiry.message,
    "About": _each("topic"),
    "State of each": _each("get_state_display"),
    "Partners": _each("partner"),
    "Outcomes": _each("get_outcome_display"),
    "People placed or helped": lambda enquiry: sum(
        interest.outcome_count or 0 for interest in enquiry.interests.all()
    ),
    "Reply by": lambda enquiry: None if enquiry.was_spoken_to else enquiry.reply_due_on,
    "First reply": lambda enquiry: enquiry.first_reply_at,
    "Next by": lambda enquiry: enquiry.due_on,
}


def csv_safe(value: str) -> str:
    """Text that no spreadsheet program takes for a formula: an apostrophe stands before it."""
    text = clean_text(value, multiline=True)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def xlsx_safe(value: str) -> str:
    """The same text; a cell holds at most 32,767 characters."""
    return clean_text(value, multiline=True)[:32_767]


def in_london(moment: datetime) -> datetime:
    """To the minute, without an offset: a spreadsheet program takes it for a time."""
    return localtime(moment, LONDON).replace(second=0, microsecond=0, tzinfo=None)


class SafeExport(SpreadsheetExportMixin):
    """Wagtail's export, of which no cell does anything; its fields are the headings."""

    custom_value_preprocess = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        datetime: {"csv": lambda moment: f"{in_london(moment):%Y-%m-%d %H:%M}", "xlsx": in_london},
        str: {"csv": csv_safe, "xlsx": xlsx_safe},
    }

    def get_heading(self, queryset: Iterable[object], field: str) -> str:
        return field

    def stream_csv(self, queryset: Iterable[object]) -> Iterator[bytes]:
        """With the mark by which spreadsheet programs know UTF-8."""
        yield BOM_UTF8
        yield from super().stream_csv(queryset)

    def write_xlsx_response(self, queryset: Iterable[object]) -> FileResponse:
        """By way of a file, so that it may be of any length; it is gone once it was sent."""
        file = TemporaryFile()  # noqa: SIM115 - the response closes it
        self.write_xlsx(queryset, file)
        file.seek(0)
        name = f"{self.get_filename()}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


class EnquiryExport(SafeExport):
    """Enquiries with our columns, a few rows at a time."""

    list_export = list(COLUMNS)

    def get_filename(self) -> str:
        """With the day in London: the figures of another day are others."""
        return f"enquiries-{today()}"

    def to_row_dict(self, item: Enquiry) -> dict[str, object]:
        return {heading: column(item) for heading, column in COLUMNS.items()}

    def stream_csv(self, queryset: QuerySet) -> Iterator[bytes]:
        return super().stream_csv(queryset.iterator(CHUNK))

    def write_xlsx(self, queryset: QuerySet, output) -> None:
        super().write_xlsx(queryset.iterator(CHUNK), output)
