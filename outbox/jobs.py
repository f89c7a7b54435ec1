"""
What the worker does over and over, each in a thread of its own: one that hangs holds up no other.

For what waits for something outside the site. Each app registers its jobs in
`AppConfig.ready()`; what goes by the clock is a task of `core.schedule`.
"""

from collections.abc import Callable

Job = Callable[[], bool]  # does a little; True if there is more

_jobs: dict[str, Job] = {}


def register(name: str, job: Job) -> None:
    """Have the worker call the job again and again, at once as long as it says there is more."""
    _jobs[name] = job


def registered() -> list[Job]:
    """All jobs, in the order in which they were registered."""
    return [*_jobs.values()]
