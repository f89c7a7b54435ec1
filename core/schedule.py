"""
What the worker does by the clock.

Each app registers its tasks in `AppConfig.ready()`; the worker asks for what is due. When a task
last ran is kept in `core.Heartbeat`, so that a second worker does not run it again and a task
that stopped can be seen.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Task:
    """One thing to do every so often; `run` gets the moment at which it was started."""

    name: str
    run: Callable[[datetime], object]
    every: timedelta


_tasks: dict[str, Task] = {}


class AlreadyRegistered(ValueError):
    """Two tasks want the same name."""


def register(name: str, run: Callable[[datetime], object], *, every: timedelta) -> None:
    """
    Have the worker call `run(now)` about every `every`.

    :raises AlreadyRegistered: if the name is taken by another task.
    """
    if name in _tasks:
        raise AlreadyRegistered(name)
    _tasks[name] = Task(name, run, every)


def run_due(now: datetime) -> list[str]:
    """
    Run every task that is due, one after another; return the names of those that ran.

    A task that fails is logged and tried again when it is next due: it stops no other.
    """
    return [task.name for task in _tasks.values() if _run_if_due(task, now)]


def _run_if_due(task: Task, now: datetime) -> bool:
    from .models import Heartbeat  # models cannot be imported before the apps are ready

    with transaction.atomic():
        if not Heartbeat.objects.claim(task.name, now=now, every=task.every):
            return False
    try:
        task.run(now)
    except Exception:
        logger.exception("The task %s failed", task.name)
        return False
    return True
