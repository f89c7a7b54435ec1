from django.apps import AppConfig


class CaseStudiesConfig(AppConfig):
    name = "casestudies"
    verbose_name = "Case studies"

    def ready(self) -> None:
        from search import sources

        from .models import CaseStudyPage

        kind = sources.Kind(order=2, key="case-studies", label="Case study", plural="Case studies")
        sources.register(kind, CaseStudyPage.objects.published)
