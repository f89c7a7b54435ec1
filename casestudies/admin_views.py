from django.utils import timezone
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page

from .models import CaseStudyPage


class CouncillorsReportView(PageReportView):
    """Every page that features a councillor, drafts too: what to look at before an election."""

    page_title = "Pages with a councillor"
    header_icon = "user"
    index_url_name = "pages_with_a_councillor"
    index_results_url_name = "pages_with_a_councillor_results"
    any_permission_required = ["add", "change", "publish"]

    def get_filename(self) -> str:
        return f"pages-with-a-councillor-{timezone.localdate()}"

    def get_queryset(self):
        featured = CaseStudyPage.objects.featuring_a_councillor().values("pk")
        allowed = self.permission_policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        self.queryset = (
            Page.objects.filter(pk__in=featured)
            .filter(pk__in=allowed.values("pk"))
            .select_related("content_type", "latest_revision")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .order_by("title", "pk")
        )
        return super().get_queryset()
