from django.utils import timezone
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page

from core.working_days import today

from .models import CaseStudyPage, CaseStudyQuerySet
from .panels import DUE_WITHIN


class CaseStudyReportView(PageReportView):
    """The frame of a report on case studies that the person may change."""

    any_permission_required = ["add", "change", "publish"]
    file = ""
    in_order = ("title", "pk")

    def get_filename(self) -> str:
        return f"{self.file}-{timezone.localdate()}"

    def case_studies(self) -> CaseStudyQuerySet:
        raise NotImplementedError

    def get_queryset(self):
        allowed = self.permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        self.queryset = (
            Page.objects.filter(pk__in=self.case_studies().order_by().values("pk"))
            .filter(pk__in=allowed.values("pk"))
            .select_related("content_type", "latest_revision")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .order_by(*self.in_order)
        )
        return super().get_queryset()


class CouncillorsReportView(CaseStudyReportView):
    """Every page that features a councillor, drafts too: what to look at before an election."""

    page_title = "Pages with a councillor"
    header_icon = "user"
    index_url_name = "pages_with_a_councillor"
    index_results_url_name = "pages_with_a_councillor_results"
    file = "pages-with-a-councillor"

    def case_studies(self) -> CaseStudyQuerySet:
        return CaseStudyPage.objects.featuring_a_councillor()


class ReviewReportView(CaseStudyReportView):
    """Published case studies to be checked within 30 days, the most urgent first."""

    page_title = "Pages due for review"
    header_icon = "time"
    index_url_name = "pages_due_for_review"
    index_results_url_name = "pages_due_for_review_results"
    file = "pages-due-for-review"
    in_order = ("casestudypage__review_on", "pk")
    list_export = [*PageReportView.list_export, "casestudypage.review_on"]
    export_headings = {
        **PageReportView.export_headings,
        "casestudypage.review_on": "Due for review",
    }

    def case_studies(self) -> CaseStudyQuerySet:
        return CaseStudyPage.objects.due_for_review(today() + DUE_WITHIN)
