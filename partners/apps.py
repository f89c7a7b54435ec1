from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        from search import sources

        from .models import Partner

        sources.register("Partner", Partner.objects.published, "search/partner_result.html")
