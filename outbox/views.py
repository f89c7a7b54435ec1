from datetime import timedelta

from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.figures import work_out
from core.models import Heartbeat

from .management.commands.work import HEARTBEAT
from .models import Message

WORKER_SILENT_AFTER = timedelta(minutes=2)


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """
    Whether this process can do its work: JSON, 200 or 503.

    `checks` decide: database, migrations, worker. `figures` inform: age of the oldest waiting
    mail in seconds, mails given up, whether the cache answers, and what other apps add.
    """
    now = timezone.now()
    checks = {"database": True, "migrations": False, "worker": False}
    figures: dict[str, object] = {"cache": _cache_answers()}
    try:
        executor = MigrationExecutor(connection)
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        beat = Heartbeat.objects.filter(name=HEARTBEAT).values_list("at", flat=True).first()
        checks["worker"] = beat is not None and abs(now - beat) < WORKER_SILENT_AFTER
        oldest = Message.objects.mails().waiting().order_by("created_at", "pk").first()
        figures["oldest_waiting_seconds"] = (
            round((now - oldest.created_at).total_seconds()) if oldest else 0
        )
        figures["given_up"] = Message.objects.mails().dead().count()
        figures.update(work_out(now))
    except Error:
        checks["database"] = False
    ready = all(checks.values())
    return JsonResponse(
        {"ready": ready, "checks": checks, "figures": figures}, status=200 if ready else 503
    )


def _cache_answers() -> bool:
    try:
        cache.get("readyz")
    except Exception:  # noqa: BLE001 - any failure of any cache is the answer "no"
        return False
    return True
