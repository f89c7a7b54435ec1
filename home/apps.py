from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home"

    def ready(self) -> None:
        from casestudies.models import CaseStudyIndexPage
        from offers.models import OfferIndexPage
        from search import sources

        from . import checks  # noqa: F401 - checks register themselves
        from .models import AccessibilityStatementPage, CookiesPage, HomePage, PlainPage

        sources.register(
            sources.PAGES,
            HomePage.objects.published,
            PlainPage.objects.published,
            AccessibilityStatementPage.objects.published,
            CookiesPage.objects.published,
            OfferIndexPage.objects.published,
            CaseStudyIndexPage.objects.published,
        )
        # The app of the figures stands beside the search and may not know it.
        sources.register_place(
            title="Our impact",
            url_name="impact",
            text="Published figures and statistics, each with its period and its source.",
        )
