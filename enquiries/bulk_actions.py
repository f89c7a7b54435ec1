"""What the desk does with several enquiries at once: each by its own service, none half done."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from . import action_forms as forms
from . import services
from .action_views import people_at_the_desk
from .exports import EnquiryExport
from .models import Enquiry, TimelineEntry

MOST = 200  # enquiries at once: more than a page of the list shows
DIGITS = 19  # of the longest number a database takes


class DeskBulkAction(BulkAction):
    models = [Enquiry]
    template_name = "enquiries_admin/bulk.html"
    header_icon = "mail"
    form_class = forms.ActionForm

    @property
    def aria_label(self) -> str:
        return f"{self.display_name} the selected enquiries"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm("enquiries.change_enquiry"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @classmethod
    def get_queryset(cls, model: type[Enquiry], object_ids: Iterable[str]) -> list[Enquiry]:
        """Those that were ticked: ‘all’ would ignore the filters, so it is not offered."""
        numbers = [pk for pk in object_ids if str(pk).isdecimal() and len(str(pk)) < DIGITS]
        found = model.objects.filter(pk__in=numbers[:MOST]).for_export().newest_first()
        if not found:
            raise Http404
        return list(found)

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> list[str]:
        return []

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        form = super().get_form(form_class)
        form.initial["seen"] = TimelineEntry.objects.newest()
        return form

    def refuse_unseen(self, enquiry: Enquiry, form: Form) -> None:
        seen, by = form.cleaned_data["seen"], self.request.user
        if seen is not None:
            services.refuse_unseen(enquiry=enquiry, seen=seen, by=by)

    def form_valid(self, form: Form) -> HttpResponse:
        done, idle, refused = 0, 0, []
        for enquiry in self.get_actionable_objects()[0]:
            try:
                with transaction.atomic():
                    self.refuse_unseen(enquiry, form)
                    was_done = self.run(enquiry, form)
                done, idle = done + was_done, idle + (not was_done)
            except services.Refused as reason:
                refused.append(f"{enquiry.reference}: {reason}")
        if done:
            messages.success(self.request, f"{self.display_name}: {done} done.")
        if idle:
            messages.warning(self.request, f"{idle} had nothing open.")
        for line in refused:
            messages.error(self.request, f"Not done. {line}.")
        return redirect(self.next_url)

    @property
    def by_at(self) -> dict:
        return {"by": self.request.user, "now": timezone.now()}

    def run(self, enquiry: Enquiry, form: Form) -> bool:
        """Call the service for one of them; False if there was nothing open."""
        raise NotImplementedError

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(label=self.display_name, **kwargs)


class AssignSeveral(DeskBulkAction):
    display_name = "Assign"
    action_type = "assign"
    form_class = forms.AssignForm
    action_priority = 10

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "people": people_at_the_desk()}

    def run(self, enquiry: Enquiry, form: Form) -> bool:
        services.assign(enquiry=enquiry, to=form.cleaned_data["owner"], **self.by_at)
        return True


class CloseSeveral(DeskBulkAction):
    """Quietly: words for one employer are not words for all."""

    display_name = "Close"
    action_type = "close"
    form_class = forms.CloseSeveralForm
    action_priority = 20

    def run(self, enquiry: Enquiry, form: Form) -> bool:
        fields = {name: form.cleaned_data[name] for name in ("outcome", "text")}
        still_open = list(enquiry.interests.open().in_order())
        for interest in still_open:
            services.close(interest=interest, **fields, **self.by_at)
        return bool(still_open)


class QuarantineSeveral(DeskBulkAction):
    display_name = "Mark as spam"
    action_type = "quarantine"
    form_class = forms.QuarantineForm
    action_priority = 30

    def run(self, enquiry: Enquiry, form: Form) -> bool:
        reason = form.cleaned_data["reason"]
        services.quarantine(enquiry=enquiry, reason=reason, **self.by_at)
        return True


class ExportSeveral(DeskBulkAction):
    display_name = "Export"
    action_type = "export"
    action_priority = 40

    def form_valid(self, form: Form) -> HttpResponse:
        pks = [enquiry.pk for enquiry in self.get_actionable_objects()[0]]
        chosen = Enquiry.objects.filter(pk__in=pks).for_export().newest_first()
        return EnquiryExport().as_spreadsheet(chosen, EnquiryExport.FORMAT_XLSX)


BULK_ACTIONS = [AssignSeveral, CloseSeveral, QuarantineSeveral, ExportSeveral]
