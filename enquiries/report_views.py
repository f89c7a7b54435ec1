"""The report of the desk: a period is chosen, tables are shown or downloaded one by one."""

from datetime import date, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput
from wagtail.permission_policies import ModelPermissionPolicy

from core.working_days import today

from .exports import SafeExport
from .models import DeskSettings, Enquiry
from .report import Period, Table, tables

LONGEST = timedelta(days=10 * 366)
SENSIBLE = [
    MinValueValidator(date(2000, 1, 1), "Choose a day from the year 2000 on"),
    MaxValueValidator(date(2099, 12, 31), "Choose a day before the year 2100"),
]


class PeriodForm(forms.Form):
    """From which day to which; without any, the last twelve months."""

    first = forms.DateField(label="From", widget=AdminDateInput, validators=SENSIBLE)
    last = forms.DateField(label="To", widget=AdminDateInput, validators=SENSIBLE)

    def clean(self) -> dict:
        days = super().clean()
        first, last = days.get("first"), days.get("last")
        if first and last and first > last:
            self.add_error("last", "Choose a last day that is not before the first")
        elif first and last and last - first > LONGEST:
            self.add_error("first", "Choose ten years or less")
        return days

    @property
    def period(self) -> Period:
        """What was chosen; the form must be valid."""
        return Period(**self.cleaned_data)


def last_twelve_months(today: date) -> Period:
    """From the first day of the month eleven months ago until today."""
    month = (today.year * 12 + today.month - 1) - 11
    return Period(today.replace(year=month // 12, month=month % 12 + 1, day=1), today)


class ReportView(
    SafeExport,
    WagtailAdminTemplateMixin,
    PermissionCheckedMixin,
    TemplateView,
):
    """Every table for a period; with `?table=` and `?export=`, one of them as a file."""

    permission_policy = ModelPermissionPolicy(Enquiry)
    any_permission_required = ["view"]
    template_name = "enquiries_admin/report.html"
    page_title = "Enquiries: report"
    header_icon = "table"
    _show_breadcrumbs = True

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        asked = {name: request.GET[name] for name in ("first", "last") if name in request.GET}
        form = PeriodForm(asked or vars(last_twelve_months(today())))
        found = (
            tables(form.period, DeskSettings.for_request(request), now()) if form.is_valid() else []
        )
        chosen = {table.code: table for table in found}.get(request.GET.get("table"))
        if self.is_export and chosen:
            return self._file(chosen, form.period)
        context = self.get_context_data(form=form, tables=found)
        return self.render_to_response(context, status=422 if form.errors else 200)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("enquiries:index"), "label": "Enquiries"},
            {"url": "", "label": "Report"},
        ]

    def _file(self, table: Table, period: Period) -> HttpResponse:
        self.list_export = table.headings
        self.export_filename = f"enquiries-{table.code}-{period.first}-{period.last}"
        return self.as_spreadsheet(table.rows, self.request.GET["export"])

    def to_row_dict(self, item: list) -> dict[str, object]:
        return dict(zip(self.list_export, item, strict=True))
