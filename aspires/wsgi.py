"""The WSGI callable that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aspires.settings.dev")

application = get_wsgi_application()

from core.http import TextRequest  # noqa: E402 - once the settings are there

application.request_class = TextRequest
