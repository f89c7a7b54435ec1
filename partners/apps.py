from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        from search import sources

        from .models import Partner

        kind = sources.Kind(order=3, key="partners", label="Partner", plural="Partners")
        sources.register(kind, Partner.objects.published)
        sources.register_place(
            title="Partners",
            url_name="partners",
            text="The organisations that you can work with, and what each of them does.",
        )
