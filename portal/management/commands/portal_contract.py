import json

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.api import api

PLACE = settings.BASE_DIR / "docs" / "portal" / "openapi.json"


class Command(BaseCommand):
    help = "Writes the contract of the Business Portal as an OpenAPI document under docs/portal/."

    def handle(self, *args, **options) -> None:
        PLACE.parent.mkdir(exist_ok=True)
        document = json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False)
        PLACE.write_text(f"{document}\n")
        self.stdout.write(f"Written: {PLACE.relative_to(settings.BASE_DIR)}")
